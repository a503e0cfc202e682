"""Languages without words, and Babel that is not installed: English, and one line that says so."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import markdown
import pytest

from support.command import Done
from support.loading import load_text
from timeline.model.words import language as languages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDS_BABEL = (
    "dates and labels in `{}` need Babel, so they are in English: "
    "`pip install 'timeline-as-code[languages]'`"
)
UNKNOWN = "there are no words in `{}`, so dates and labels are in English"
NEAREST = "dates and labels in `{}` have the words of `{}`"


@pytest.fixture
def without_babel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(sys.modules):
        if name.partition(".")[0] == "babel":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "babel", None)
    for name in ("catalogues", "cldr"):
        monkeypatch.delitem(sys.modules, f"timeline.model.words.{name}", raising=False)
    languages.choose_language.cache_clear()
    yield
    languages.choose_language.cache_clear()


def written(folder: Path, language: str, feeds: str = "") -> Path:
    path = folder / "events.yaml"
    path.write_text(
        f"calendar: {{id: x.org, name: X, timezone: Europe/Berlin, language: {language}}}\n{feeds}"
        "events: [{id: a, summary: A, start: 2027-03, end: 2029, url: 'https://x.org'}]\n",
        encoding="utf-8",
    )
    return path


def exported(path: Path, *options: str) -> tuple[Done, dict[str, str]]:
    dist = path.parent / "dist"
    done = Done("export", str(path), "--output-dir", str(dist), *options)
    assert done.code == 0, done.err
    return done, {file.name: file.read_text(encoding="utf-8") for file in sorted(dist.iterdir())}


ALL_FORMATS = ("--ics", "--csv", "--md", "--svg")


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize("language", ["de", "ja", "ar", "pt-BR", "de-AT", "DE"])
def test_without_babel_an_export_is_in_english_and_names_the_extra_once(
    tmp_path: Path, language: str
) -> None:
    done, files = exported(written(tmp_path, language), *ALL_FORMATS)
    assert done.err.count("pip install") == 1
    assert f"{NEEDS_BABEL.format(language)}\n" in done.err
    assert "SUMMARY:TBC March 2027: A (until 2029)" in files["events.ics"]
    assert "March 2027 until 2029" in files["events.md"]


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us", "en-XA", "en-x-team"])
@pytest.mark.parametrize("command", [["export", "--stdout", "--md"], ["show"]])
def test_without_babel_english_says_nothing(
    tmp_path: Path, command: list[str], language: str
) -> None:
    done = Done(command[0], str(written(tmp_path, language)), *command[1:])
    assert (done.code, done.err) == (0, "")


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize("language", ["bg", "zh", "x-klingon"])
def test_without_babel_a_language_without_words_does_not_ask_for_it(
    tmp_path: Path, language: str
) -> None:
    done, _ = exported(written(tmp_path, language), "--md")
    assert UNKNOWN.format(language) in done.err
    assert "pip install" not in done.err


@pytest.mark.usefixtures("without_babel")
def test_without_babel_each_language_of_several_feeds_is_named_once(tmp_path: Path) -> None:
    feeds = "feeds: [{id: f, language: fr}, {id: g, language: fr}, {id: h, language: en}]\n"
    done, files = exported(written(tmp_path, "de", feeds), "--ics")
    lines = [line for line in done.err.splitlines() if "Babel" in line]
    assert lines == [NEEDS_BABEL.format(tag) for tag in ("de", "fr")]
    assert sorted(files) == ["events.ics", "f.ics", "g.ics", "h.ics"]


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize(
    ("command", "code"),
    [(["show"], 0), (["show", "--next", "1"], 0), (["show", "--language", "fr"], 0)],
)
def test_without_babel_the_page_is_in_english(
    tmp_path: Path, command: list[str], code: int
) -> None:
    done = Done(command[0], str(written(tmp_path, "de")), *command[1:])
    assert done.code == code
    assert "March 2027 until 2029" in " ".join(done.out.split())
    assert done.err.count("pip install") == 1


@pytest.mark.usefixtures("without_babel")
def test_without_babel_there_are_no_words_to_review() -> None:
    done = Done("words", "--language", "de")
    assert done.code == 2
    assert "`pip install 'timeline-as-code[languages]'`" in done.err
    assert Done("words", "--language", "en").code == 0


@pytest.mark.usefixtures("without_babel")
def test_without_babel_a_document_is_in_english(tmp_path: Path) -> None:
    written(tmp_path, "de")
    page = tmp_path / "page.md"
    marker = "<!-- timeline:start -->\n<!-- timeline:end -->\n"
    page.write_text(marker * 2, encoding="utf-8")
    done = Done("embed", str(page))
    assert done.code == 0
    assert done.err.count(NEEDS_BABEL.format("de")) == 1
    assert page.read_text(encoding="utf-8").count("March 2027 until 2029") == 2


@pytest.mark.usefixtures("without_babel")
def test_without_babel_a_site_is_in_english_and_has_one_warning_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    written(tmp_path, "de")
    monkeypatch.chdir(tmp_path)
    block = "```timeline\n```\n\n"
    with caplog.at_level(logging.WARNING):
        page = markdown.markdown(block * 2, extensions=["timeline", "fenced_code"])
    assert page.count("March 2027 until 2029") == 2
    assert caplog.messages == [NEEDS_BABEL.format("de")]


REFUSED = "words in `de` need Babel; `pip install 'timeline-as-code[languages]'`"


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize("outputs", ["", "outputs: {html: {language: de}}\n"])
def test_without_babel_a_page_in_a_language_that_it_asks_for_is_refused(
    tmp_path: Path, outputs: str
) -> None:
    path = written(tmp_path, "en", outputs)
    done = Done("export", str(path), *([] if outputs else ["--html", "--language", "de"]))
    assert done.code == 2
    assert REFUSED in " ".join(done.err.split())
    assert not (tmp_path / "dist").exists()


@pytest.mark.usefixtures("without_babel")
def test_without_babel_no_hreflang_names_the_page_of_the_calendar(tmp_path: Path) -> None:
    pages = (
        "outputs:\n  html:\n    - {path: dist/index.html, url: 'https://x.org/'}\n"
        "    - {path: dist/en.html, language: en, url: 'https://x.org/en.html'}\n"
    )
    done, files = exported(written(tmp_path, "de", pages))
    assert NEEDS_BABEL.format("de") in done.err
    assert all('hreflang="de"' not in files[name] for name in ("index.html", "en.html"))
    assert '<html lang="en"' in files["index.html"]


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("de", "error[wrong-value]: words in `de` need Babel"),
        ("zz", "error[wrong-value]: there are no words in `zz`, and no text of an event is in it"),
    ],
)
def test_without_babel_a_timeline_in_a_language_that_it_asks_for_is_an_error(
    tmp_path: Path, tag: str, message: str
) -> None:
    written(tmp_path, "en")
    page = tmp_path / "page.md"
    marker = f"<!-- timeline:start language={tag} -->\n<!-- timeline:end -->\n"
    page.write_text(marker, encoding="utf-8")
    done = Done("embed", str(page))
    assert done.code == 1
    assert message in done.err
    assert page.read_text(encoding="utf-8") == marker


@pytest.mark.parametrize("language", ["de", "bg", "pt-PT", "en"])
def test_with_babel_a_site_has_no_warning(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    written(tmp_path, language)
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.WARNING):
        markdown.markdown("```timeline\n```\n", extensions=["timeline", "fenced_code"])
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("x-klingon", UNKNOWN.format("x-klingon")),
        ("i-klingon", UNKNOWN.format("i-klingon")),
        ("zh", UNKNOWN.format("zh")),  # no catalogue; of two scripts, CLDR has the likely one
        ("qaa", UNKNOWN.format("qaa")),
        ("ja-Latn", UNKNOWN.format("ja-Latn")),
        ("pt-PT", NEAREST.format("pt-PT", "pt-BR")),
        ("pt", NEAREST.format("pt", "pt-BR")),
        ("deu", NEAREST.format("deu", "de")),
        ("arb", NEAREST.format("arb", "ar")),
        ("de-AT-1996", None),
        ("es-419", None),
        ("ja-u-ca-japanese", None),
        ("en-GB-oed", None),
    ],
)
def test_another_language_than_that_of_the_tag_is_reported(
    tmp_path: Path, language: str, notice: str | None
) -> None:
    path = written(tmp_path, language)
    assert load_text(path.read_text(encoding="utf-8")).diagnostics == []
    for done in (
        exported(path, "--md")[0],
        Done("show", str(path)),
        Done("show", str(written(tmp_path, "en")), "--language", language),
    ):
        notices = [line for line in done.err.splitlines() if "dates and labels" in line]
        assert notices == ([notice] if notice else [])


def test_a_document_reports_its_languages_once(tmp_path: Path) -> None:
    written(tmp_path, "pt-PT", "feeds: [{id: f, language: bg}]\n")
    page = tmp_path / "page.md"
    page.write_text(
        "".join(
            f"<!-- timeline:start{option} -->\n<!-- timeline:end -->\n"
            for option in ("", "", " feed=f", " feed=f")
        ),
        encoding="utf-8",
    )
    done = Done("embed", str(page))
    assert done.code == 0
    notices = [line for line in done.err.splitlines() if "dates and labels" in line]
    assert notices == [
        NEAREST.format("pt-PT", "pt-BR"),
        UNKNOWN.format("bg"),
    ]


@pytest.mark.parametrize("command", [["show", "events.yaml"], ["words"]])
@pytest.mark.parametrize(
    ("tag", "help_"),
    [
        ("de_DE", "write `de-DE`"),
        ("de_DE.UTF-8", "write `de-DE`"),
        ("german", "write a tag such as"),
        ("../de", "write a tag such as"),
        ("x-", "write a tag such as"),
        ("-", "write a tag such as"),
    ],
)
def test_a_language_that_is_no_tag_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], tag: str, help_: str
) -> None:
    written(tmp_path, "en")
    monkeypatch.chdir(tmp_path)
    done = Done(*command, f"--language={tag}")
    assert done.code == 2
    assert f"--language: `{tag}` is not a language tag; {help_}" in " ".join(done.err.split())
