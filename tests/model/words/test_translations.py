"""Dates and rules within the phrases of other languages: articles, order of words, last days."""

# ruff: noqa: RUF001 - the apostrophe of French

from __future__ import annotations

import pytest

from support import dated
from support.recurrences import start
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.model.words.language import language_of
from timeline.model.words.rules import rule_words
from timeline.model.words.spans import when_words
from timeline.model.words.wording import Wording

DATES = [
    # A day has an article within a phrase, where a year or a month has none.
    ("fr", "2027-01-03 | ..", "depuis le 3 janvier 2027"),
    ("fr", "2027-03 | ..", "depuis mars 2027"),
    ("fr", "2027-01-03 | TBC", "à partir du 3 janvier 2027, fin à confirmer"),
    ("fr", "2027-04 | TBC", "dès avril 2027, fin à confirmer"),
    ("fr", "2027-03 | 2029-01-17", "mars 2027 jusqu’au 17 janvier 2029"),
    ("fr", "2027-01-03~", "vers le 3 janvier 2027"),
    ("fr", "not before 2027-06-03", "pas avant le 3 juin 2027"),
    ("fr", "not before 2027-06", "pas avant juin 2027"),
    ("fr", "between 2027-01-03 and 2027-01-17", "un jour entre le 3 et le 17 janvier 2027"),
    ("fr", "between 2027-01 and 2027-03", "entre janvier et mars 2027"),
    ("fr", "2027-01-XX | ..", "depuis janvier 2027, jour à préciser"),
    ("es", "2027-03 | 2029-01-17T18:00Z", "marzo de 2027 hasta el 17 de enero de 2029, 18:00 UTC"),
    ("es", "not after 2027-06-03", "no después del 3 de junio de 2027"),
    ("de", "not before 2027-06-03", "nicht vor dem 3. Juni 2027"),
    ("de", "2027-01-15~ | 2027-01-17", "um den 15. Januar bis 17. Januar 2027"),
    # The year is first in Japanese.
    ("ja", "2027-01-15~ | 2027-01-17", "2027年1月15日頃から1月17日まで"),
]

RULES = [
    ("de", "FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", "jeden Monat: letzter Tag"),
    ("de", "FREQ=MONTHLY;BYMONTHDAY=1,-1", "2027-01-01", "jeden Monat: Tag 1 und letzter Tag"),
    ("ja", "FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", "毎月末日"),
    ("ja", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2027-01-01", "毎月1日、15日"),
    ("es", "FREQ=MONTHLY;BYDAY=1TU,3TU", "2027-01-05", "cada mes: primer y tercer martes"),
    ("es", "FREQ=WEEKLY;BYDAY=MO,WE", "2027-01-04", "cada lunes y miércoles"),
    # The weekdays are feminine and masculine in Portuguese, and an occurrence is feminine.
    ("pt-BR", "FREQ=MONTHLY;BYDAY=1SA", "2027-01-02", "todo mês: sábado (1ª ocorrência)"),
    ("ar", "FREQ=MONTHLY;BYDAY=-1FR", "2027-01-29", "كل شهر: يوم الجمعة الأخير"),
]


@pytest.mark.parametrize(("tag", "dates", "words"), DATES)
def test_a_date_within_a_phrase(tag: str, dates: str, words: str) -> None:
    wording = Wording(language_of(tag))
    assert when_words(dated.when(*dates.split(" | ")), wording) == words


@pytest.mark.parametrize(("tag", "rule", "begin", "words"), RULES)
def test_a_rule(tag: str, rule: str, begin: str, words: str) -> None:
    assert rule_words(parse_rrule(rule), start(begin), Wording(language_of(tag))) == words
