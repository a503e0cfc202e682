from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date

from timeline.dates.corrections import cldr_words
from timeline.dates.corrections.readings import certain_reading, possible_readings, read_interval
from timeline.dates.corrections.translations import in_english
from tools.cldr_words import LANGUAGES, MODULE, module_text

OURS = ("ar", "de", "es", "fr", "ja", "pt_BR")


def test_the_words_are_those_of_cldr() -> None:
    assert MODULE.read_text(encoding="utf-8") == module_text(), "run python -m tools.cldr_words"
    assert len(cldr_words.MONTHS) == 12
    assert len(cldr_words.WEEKDAYS) == 7


@pytest.mark.parametrize("language", OURS)
@pytest.mark.parametrize("month", range(1, 13))
def test_the_long_date_of_each_language_of_the_outputs_is_read(language: str, month: int) -> None:
    day = date(2027, month, 3)
    written = format_date(day, "long", locale=language)
    assert possible_readings(written) == [day.isoformat()]
    assert certain_reading(written) == day.isoformat()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("5. Maerz 2027", "2027-03-05"),
        ("5 Jaenner 2027", "2027-01-05"),
        ("Donnerstag, 4. Maerz 2027", "2027-03-04"),
        ("loerdag 6 februari 2027", "2027-02-06"),
    ],
)
def test_a_letter_that_a_keyboard_lacks_may_be_two(written: str, day: str) -> None:
    assert certain_reading(written) == day


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt_BR"])
@pytest.mark.parametrize("month", range(1, 13))
def test_the_date_with_its_weekday_is_read(language: str, month: int) -> None:
    day = date(2027, month, 3)
    assert certain_reading(format_date(day, "full", locale=language)) == day.isoformat()


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag not in ("ar", "he")])
def test_a_day_before_the_name_of_the_month_is_read_in_every_language(language: str) -> None:
    names = Locale.parse(language).months["format"]["wide"]
    for month in range(1, 13):
        written = f"3 {names[month]} 2027"
        readings = possible_readings(written)
        assert f"2027-{month:02}-03" in readings, written


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("2. Januar 2027", "2027-01-02"),
        ("2 janvier 2027", "2027-01-02"),
        ("1er janvier 2027", "2027-01-01"),
        ("3 DE ENERO DE 2027", "2027-01-03"),
        ("2 fevrier 2027", "2027-02-02"),
        ("15 d\N{RIGHT SINGLE QUOTATION MARK}abril de 2027", "2027-04-15"),
        ("15. Jänner 2027", "2027-01-15"),
        ("2027. gada 3. janvāris", "2027-01-03"),
        ("2027. január 3.", "2027-01-03"),
        ("10 мая 2027 года", "2027-05-10"),
        ("3 يناير 2027", "2027-01-03"),
        ("٣ يناير ٢٠٢٧", "2027-01-03"),
        ("mar. 2 mars 2027", "2027-03-02"),
        ("Januar 2027", "2027-01"),
        ("etwa März 2027", "2027-03~"),
        ("1. Quartal 2027", "2027-Q1"),
        ("2027年1月3日", "2027-01-03"),
        ("２０２７年１月３日", "2027-01-03"),
        ("2027年1月3日(日)", "2027-01-03"),
        ("2027年1月", "2027-01"),
        ("2027년 1월 3일", "2027-01-03"),
        ("令和9年1月3日", "2027-01-03"),
        ("2. Januar 2027, 18 Uhr", "2027-01-02T18:00"),
        ("2 janvier 2027 à 18h30", "2027-01-02T18:30"),
        ("3 de janeiro de 2027 às 18:00", "2027-01-03T18:00"),
        ("2027年1月3日 午後6時", "2027-01-03T18:00"),
        ("2. Januar 2027 (TBC)", "2027-01-02?"),
        ("à confirmer", "TBC"),
        ("未定", "TBC"),
    ],
)
def test_what_means_one_date_is_certain(written: str, reading: str) -> None:
    assert certain_reading(written) == reading


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("3 listopada 2027", ["2027-10-03", "2027-11-03"]),  # Croatian and Polish
        ("Montag, 3. Januar 2027", ["2027-01-03", "2027-01-04", "2028-01-03"]),  # it is a Sunday
        ("2027年1月3日(月)", ["2027-01-03", "2027-01-04", "2028-01-03"]),
        ("Frühling 2027", ["2027-25", "2027-29"]),  # north and south
        ("3. 1. 2027 um 18 Uhr", ["2027-01-03T18:00", "2027-03-01T18:00"]),
    ],
)
def test_what_may_mean_several_things_is_not_certain(written: str, readings: list[str]) -> None:
    assert possible_readings(written) == readings
    assert certain_reading(written) is None


@pytest.mark.parametrize(
    "written",
    ["Januar", "3. Januar", "2027", "mars", "mai.end", "rally.end + 2d", "a week", "half a year"],
)
def test_a_text_without_a_foreign_date_has_no_reading_in_another_language(written: str) -> None:
    english = [reading for text in in_english(written) for reading in possible_readings(text)]
    assert english in ([], possible_readings(written))


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("3. bis 17. Januar 2027", ("2027-01-03", "2027-01-17")),
        ("du 3 au 5 janvier 2027", ("2027-01-03", "2027-01-05")),
        ("3 a 5 de enero de 2027", ("2027-01-03", "2027-01-05")),
        ("3. Januar bis 5. Februar 2027", ("2027-01-03", "2027-02-05")),
        ("2027年1月3日〜5日", ("2027-01-03", "2027-01-05")),
        ("2027年1月3日から2月5日まで", ("2027-01-03", "2027-02-05")),
    ],
)
def test_two_dates_are_read(written: str, days: tuple[str, str]) -> None:
    assert read_interval(written) == days
