"""Timelines in Sphinx: strict builds of the project that the docs show."""

# ruff: noqa: RUF001 - pages have the dashes that they have

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.engines import EXAMPLES, add, change, events_file, run_engine
from support.markdown import SIGNS, plain
from support.rendered import Page

if TYPE_CHECKING:
    import subprocess

pytestmark = pytest.mark.engines

EXTRA = {
    "level.rst": ":orphan:\n\nL\n=\n\n.. timeline::\n   :heading-level: 4\n   :to: 2027\n",
    "same.md": """---
orphan: true
---

# Same ids

```{timeline}
```

```{timeline}
:file: other.yaml
```

{ref}`event-x.org-rally`, {ref}`event-rally`
""",
    "zz-languages.md": """---
orphan: true
---

# Two languages

```{timeline}
:file: arabic.yaml
```

```{timeline}
:file: arabic.yaml
:style: table
:heading-level: 4
```

```{timeline}
:file: german.yaml
```
""",
    "own.md": "---\norphan: true\n---\n\n# R\n\n(event-car)=\n\n## Own\n\n{ref}`event-car`\n",
}
"""Additional pages of the project that is built once."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example for Sphinx with additional pages, built once without a warning."""
    docs = Path(shutil.copytree(EXAMPLES / "sphinx", tmp_path_factory.mktemp("shown") / "docs"))
    other = (docs / "events.yaml").read_text(encoding="utf-8").replace("example.org", "X.org")
    (docs / "other.yaml").write_text(other.replace("The rally", "Another"), encoding="utf-8")
    for name, tag in (("arabic", "ar"), ("german", "de")):
        text = other.replace("id: X.org", f"id: {tag}.X.org\n  language: {tag}")
        (docs / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in EXTRA.items():
        (docs / name).write_text(text, encoding="utf-8")
    done = sphinx(docs)
    assert (done.returncode, done.stderr) == (0, "")
    return docs


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The example with errors in options and without a directive for diagrams, and its warnings."""
    docs = Path(shutil.copytree(EXAMPLES / "sphinx", tmp_path_factory.mktemp("faulty") / "docs"))
    change(docs / "conf.py", ', "sphinxcontrib.mermaid"', "")
    add(docs / "index.md", "\n```{timeline}\n:style: tabel\n:file: none.yaml\n```\n")
    add(docs / "more.rst", "\n.. timeline::\n   :category: race\n")
    return docs, sphinx(docs).stderr


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The example for Sphinx, to be changed."""
    return Path(shutil.copytree(EXAMPLES / "sphinx", tmp_path / "docs"))


def sphinx(docs: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_engine(docs, "sphinx", "-W", "--keep-going", "-q", *options, ".", "out")


def page_of(docs: Path, name: str) -> str:
    done = sphinx(docs)
    assert (done.returncode, done.stderr) == (0, "")
    return page_as_built(docs, name)


def page_as_built(docs: Path, name: str) -> str:
    return (docs / "out" / f"{name}.html").read_text(encoding="utf-8")


def test_a_page_in_myst_has_the_timeline(shown: Path) -> None:
    page = page_as_built(shown, "index")
    assert '<section class="timeline-year" id="timeline-2027">\n<h2>2027<a' in page
    assert (
        """
<ul class="simple">
<li class="timeline-event"><p><span class="target" id="event-rally"></span>\
<strong>3–17 January 2027</strong> — \
<a class="reference external" href="https://example.org/rally">The rally</a></p>
<ul>
<li class="timeline-event"><p><span class="target" id="event-prologue"></span>\
<strong>3 January 2027</strong> — \
The prologue</p></li>
"""
        in page
    )
    assert '<a class="reference internal" href="#event-prologue">' in page
    assert '<span class="std std-ref">The winners, on the podium</span>' in page


def test_a_page_in_restructuredtext_has_the_timeline(shown: Path) -> None:
    page = page_as_built(shown, "more")
    assert '<h2 class="rubric">2027</h2>\n<table' in page
    assert "<td><p>↳ The prologue</p></td>" in page
    assert re.search(r'<pre +class="mermaid">\s*timeline\n    section 2027\n', page)
    assert re.search('<a class="reference internal" href="(index.html)?#event-rally">', page)


def test_the_events_file_may_be_above_the_documents_and_have_outputs(
    shown: Path, docs: Path
) -> None:
    (docs.parent / ".git").mkdir()
    (docs / "events.yaml").rename(docs.parent / "rally.timeline.yaml")
    add(docs.parent / "rally.timeline.yaml", "\noutputs: {directory: public, md: {style: table}}\n")
    tables = re.compile("(?s)<table.*?</table>")
    assert tables.findall(page_of(docs, "more")) == tables.findall(page_as_built(shown, "more"))
    (docs.parent / ".git").rmdir()
    assert "index.md:11: WARNING: cannot read `" in sphinx(docs, "-E").stderr


def test_headings_may_be_no_sections(shown: Path) -> None:
    assert '<h4 class="rubric">2027</h4>' in page_as_built(shown, "level")


def test_calendars_with_the_same_ids_in_a_page_have_anchors_that_differ(shown: Path) -> None:
    page = page_as_built(shown, "same")
    assert 'href="#event-x.org-rally"><span class="std std-ref">Another' in page
    assert 'href="#event-rally"><span class="std std-ref">The rally' in page
    assert len(Page(page).ids) == len(set(Page(page).ids))


def test_a_timeline_has_its_own_language_and_direction(shown: Path) -> None:
    page = page_as_built(shown, "zz-languages")
    box = '<div class="timeline" dir="rtl" lang="ar">\n'
    assert page.count(f"{box}<ul") == page.count(f"{box}<table") == 2
    assert page.count('<div class="timeline" dir="ltr" lang="de">\n<ul') == 2
    assert "<strong>3–17 يناير 2027</strong>" in page
    assert "\u2068The prologue\u2069" in page
    assert '<div class="timeline"' not in page_as_built(shown, "index")


def test_a_mistake_in_an_option_has_the_place_of_its_directive(faulty: tuple[Path, str]) -> None:
    docs, warnings = faulty
    assert f"{docs / 'index.md'}:14: WARNING: `tabel` is not one of `list`, `table`" in warnings
    assert f"{docs / 'index.md'}:14: WARNING: cannot read `{docs / 'none.yaml'}`" in warnings
    assert f"{docs / 'more.rst'}:17: WARNING: there is no category `race`" in warnings


def test_without_a_directive_for_it_a_diagram_is_reported_and_shown_as_text(
    faulty: tuple[Path, str],
) -> None:
    docs, warnings = faulty
    assert f"{docs / 'more.rst'}:12: WARNING: there is no directive `mermaid`" in warnings
    assert "section 2027" in page_as_built(docs, "more")


def test_a_change_of_the_file_rebuilds_the_pages_of_sphinx(docs: Path) -> None:
    assert "3–17 January 2027" in page_of(docs, "index")
    built = ("sphinx", "-W", ".", "out")
    assert "updating environment: 0 added, 0 changed" in run_engine(docs, *built).stdout
    change(docs / "events.yaml", "2027-01-17\n", "2027-01-19\n")
    done = run_engine(docs, *built)
    assert (done.returncode, done.stderr) == (0, "")
    assert "updating environment: 0 added, 2 changed" in done.stdout
    assert "3–19 January 2027" in page_as_built(docs, "index")


def test_a_file_in_the_current_folder_is_read(docs: Path) -> None:
    (docs / "events.yaml").rename(docs.parent / "events.yaml")
    built = ("sphinx", "-W", "docs", "out")
    assert run_engine(docs.parent, *built).returncode == 0
    assert "updating environment: 0 added, 0 changed" in run_engine(docs.parent, *built).stdout
    change(docs.parent / "events.yaml", "2027-01-17\n", "2027-01-19\n")
    assert "updating environment: 0 added, 2 changed" in run_engine(docs.parent, *built).stdout


def test_a_change_of_what_the_file_includes_does_too(docs: Path) -> None:
    add(docs / "events.yaml", "include: [more.yaml]\n")
    more = docs / "more.yaml"
    more.write_text("events:\n  - {id: gala, summary: Gala, start: 2028}\n", encoding="utf-8")
    assert "Gala" in page_of(docs, "index")
    change(more, "Gala", "Ball")
    assert "Ball" in page_of(docs, "index")


def test_an_error_fails_strict_builds_until_it_is_fixed_and_is_reported_once(docs: Path) -> None:
    change(docs / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    for page_is_changed in (False, False, True):
        if page_is_changed:
            add(docs / "more.rst", "\nMore words.\n")
        done = sphinx(docs)
        assert done.returncode == 1
        assert f"{docs / 'events.yaml'}:9:10: WARNING: `2027-01-32` does not exist" in done.stderr
        assert done.stderr.count("[timeline.no-such-date]") == 1  # two pages show the event
    change(docs / "events.yaml", "2027-01-32\n", "2027-01-17\n")
    page_of(docs, "index")


def test_the_timelines_of_a_page_are_limited_with_their_events(docs: Path) -> None:
    add(docs / "conf.py", "\nfrom timeline.embed import budget\nbudget.MAX_EMBEDDED = 300\n")
    (docs / "few.rst").write_text(
        ":orphan:\n\nFew\n===\n\n" + ".. timeline::\n   :from: 3000\n\n" * 4, encoding="utf-8"
    )
    done = sphinx(docs)
    errors = re.findall(r"few\.rst:(\d+): WARNING: (\d timelines) of up to", done.stderr)
    assert (done.returncode, errors) == (1, [("12", "3 timelines"), ("15", "4 timelines")])


def test_a_label_leads_to_the_readers_own_page_or_to_the_first_by_name(docs: Path) -> None:
    add(docs / "index.md", "```{toctree}\nanother\nreader\n```\n")
    (docs / "another.md").write_text("# Another\n\n```{timeline}\n```\n", encoding="utf-8")
    reader = docs / "reader.md"
    reader.write_text("# R\n\n{ref}`event-rally` [x](#event-car)\n", encoding="utf-8")
    for name in "abcdef":  # Sphinx reads no fewer pages than these in parallel
        (docs / f"{name}.rst").write_text(":orphan:\n\nX\n=\n", encoding="utf-8")
    done = run_engine(docs, "sphinx", "-W", "--keep-going", "-q", "-j", "4", ".", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r'href="([^"]*#event-.*?)"', page_as_built(docs, "reader")) == [
        "another.html#event-rally",
        "another.html#event-car",
    ]
    for name in ("index", "more"):
        assert 'internal" href="#event-' in page_as_built(docs, name)
        assert "another.html#event-" not in page_as_built(docs, name)
    # The first page gives its events up.
    (docs / "another.md").write_text("# Another\n", encoding="utf-8")
    add(reader, "\nWords.\n")
    assert 'href="index.html#event-rally"' in page_of(docs, "reader")


def test_a_label_that_an_author_has_set_is_the_authors(shown: Path) -> None:
    page = page_as_built(shown, "own")
    assert 'href="#event-car"><span class="std std-ref">Own' in page


def test_no_text_leaves_its_place_in_sphinx(docs: Path) -> None:
    change(
        docs / "conf.py",
        '"sphinxcontrib.mermaid"]',
        '"sphinxcontrib.mermaid"]\nsmartquotes = False',
    )
    add(
        docs / "conf.py",
        'myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", '
        '"dollarmath", "fieldlist", "html_image", "replacements", "strikethrough", '
        '"substitution", "tasklist"]\nmyst_substitutions = {"x": "y"}\n',
    )
    (docs / "more.rst").write_text("X\n=\n\n.. timeline::\n", encoding="utf-8")
    change(
        docs / "index.md",
        "The prologue is {ref}`here <event-prologue>`, and {ref}`event-podium` are there, too.\n",
        "",
    )
    outlines = []
    for texts in (plain(SIGNS), SIGNS):
        (docs / "events.yaml").write_text(events_file(texts), encoding="utf-8")
        done = run_engine(docs, "sphinx", "-q", ".", "out")
        assert " WARNING: " not in re.sub(
            ".*: WARNING: .*timeline.(long-summary|same-event).*", "", done.stderr
        )
        pages = [Page(page_as_built(docs, name), SIGNS["text"]) for name in ("index", "more")]
        outlines.append([(page.outline, page.ids) for page in pages])
        for page in pages:
            assert "".join(texts["summary"].split()) in page.text
    assert outlines[0] == outlines[1]


@pytest.mark.parametrize("file", ["/proc/self/environ", "../secret.yaml", "link.yaml", ".env"])
def test_a_page_names_only_files_of_its_project(docs: Path, file: str) -> None:
    for path in (docs.parent / "secret.yaml", docs / ".env"):
        path.write_text("password: 1234\n", encoding="utf-8")
    (docs / "link.yaml").symlink_to("../secret.yaml")
    add(docs / "more.rst", f"\n.. timeline::\n   :file: {file}\n")
    done = sphinx(docs)
    assert done.returncode == 1
    assert done.stderr.count("[timeline.embedded-file]") == 1
    assert "1234" not in done.stdout + done.stderr
    assert "PATH=" not in done.stdout + done.stderr
