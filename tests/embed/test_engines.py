"""Timelines in documentation engines: real, strict builds of the projects that the docs show."""

# ruff: noqa: RUF001 - pages have the dashes that they have

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import markdown
import pytest
from hypothesis import HealthCheck, example, given, settings

from support.markdown import AUTHORS, EXTENSIONS, NASTY, SIGNS, plain
from support.paths import ROOT
from support.rendered import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = ROOT / "docs" / "examples"
FORKS = ["mkdocs", "properdocs"]


def run(project: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an engine in a project; what it says of its own future is left out."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The example for MkDocs, to be changed."""
    return Path(shutil.copytree(EXAMPLES / "mkdocs", tmp_path / "site"))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The example for Sphinx, to be changed."""
    return Path(shutil.copytree(EXAMPLES / "sphinx", tmp_path / "docs"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


# MkDocs and its forks.


def built(site: Path, engine: str) -> str:
    done = run(site, engine, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return (site / "site" / "index.html").read_text(encoding="utf-8")


def refused(site: Path, engine: str = "mkdocs") -> str:
    done = run(site, engine, "build", "--strict")
    assert done.returncode == 1, done.stderr
    assert re.search(r"^Aborted with [0-9]+ warnings? in strict mode!", done.stdout, re.MULTILINE)
    return done.stderr


@pytest.mark.parametrize("engine", FORKS)
def test_a_page_of_mkdocs_has_the_timeline(site: Path, engine: str) -> None:
    page = built(site, engine)
    assert (
        """
<div class="timeline">
<h2 id="2027">2027</h2>
<ul>
<li id="event-rally"><strong>3–17 January 2027</strong> — \
<a href="https://example.org/rally">The rally</a><ul>
<li id="event-prologue"><strong>3 January 2027</strong> — The prologue</li>
<li id="event-podium"><strong>17 January 2027, 16:00 (Asia/Riyadh)</strong> — \
The winners, on the podium</li>
</ul>
</li>
</ul>
<h2 id="date-to-be-confirmed">Date to be confirmed</h2>
<ul>
<li id="event-car">
<p>The new car is shown</p>
<p>Previously December 2026</p>
</li>
</ul>
</div>
"""
        in page
    )
    assert '<h3 id="2027_1">2027</h3>\n<table' in page
    assert "<td>↳ The prologue</td>" in page
    assert '<pre class="mermaid"><code>timeline\n    section 2027\n' in page
    assert "17 January 2027, 16#58;00 (Asia/Riyadh) : ↳ The winners" in page
    assert "```" not in page


@pytest.mark.parametrize("engine", FORKS)
def test_a_mistake_fails_a_strict_build_of_mkdocs_with_its_place(site: Path, engine: str) -> None:
    change(site / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    told = refused(site, engine)
    assert told.count("WARNING -  events.yaml:9:10: error[no-such-date]: `2027-01-32`") == 1


def test_a_warning_of_the_file_fails_only_a_strict_build(site: Path) -> None:
    change(site / "events.yaml", "https://example.org/rally", "gopher://example.org/rally")
    assert "WARNING -  events.yaml:10:10: warning[url-scheme]" in refused(site)
    assert run(site, "mkdocs", "build").returncode == 0


def test_a_mistake_in_an_option_has_its_place_in_the_page(site: Path) -> None:
    add(
        site / "docs" / "index.md",
        "\n```timeline feed=x\nstile: table\ncategory: race\nwords\n```\n",
    )
    front = "---\ntitle: Front matter\n---\n"
    page = site / "docs" / "index.md"
    page.write_text(front + page.read_text(encoding="utf-8"), encoding="utf-8")
    told = [line for line in refused(site).splitlines() if line.startswith("WARNING")]
    assert [re.sub("; .*", "", line).split("-  ")[1] for line in told] == [
        "docs/index.md:27:18: error[unknown-feed]: no feed is called `x`",
        "docs/index.md:28:1: error[unknown-option]: no option is called `stile`",
        "docs/index.md:29:11: error[unknown-category]: there is no category `race`",
        "docs/index.md:30:1: error[marker-syntax]: `words` is no option",
    ]


def test_a_file_that_is_not_there_is_told_with_where_to_write_it(site: Path) -> None:
    add(site / "docs" / "index.md", "\n```timeline\nfile: docs/events.yaml\n```\n")
    told = refused(site)
    assert "docs/index.md:25:7: error[embedded-file]: cannot read `docs/events.yaml`" in told
    assert "from the folder of `mkdocs.yml`" in told


def test_paths_are_those_of_the_site_wherever_it_is_built_from(site: Path) -> None:
    done = run(site.parent, "mkdocs", "build", "--strict", "-f", str(site / "mkdocs.yml"))
    assert done.returncode == 0, done.stderr
    change(site / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    done = run(site.parent, "mkdocs", "build", "--strict", "-f", str(site / "mkdocs.yml"))
    assert "site/events.yaml:9:10: error[no-such-date]" in done.stderr


@pytest.mark.skipif(find_spec("zensical") is None, reason="zensical is not installed")
def test_zensical_takes_the_same_site_and_builds_it_anew(site: Path) -> None:
    assert run(site, "zensical", "build").returncode == 0
    page = site / "site" / "index.html"
    assert '<li id="event-prologue"><strong>3 January 2027' in page.read_text(encoding="utf-8")
    change(site / "events.yaml", "start: 2027-01-03", "start: 2027-01-02")
    add(site / "docs" / "index.md", "\n```timeline\nstile: list\n```\n")
    done = run(site, "zensical", "build")
    assert '<li id="event-prologue"><strong>2 January 2027' in page.read_text(encoding="utf-8")
    assert "docs/index.md:25:1: error[unknown-option]" in done.stderr


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address at which `mkdocs serve` shows the site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--strict", "-a", address],
        cwd=site,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            yield f"http://{address}/"
        finally:
            server.terminate()


def wait_for(text: str, address: str) -> None:
    """Look until a page has a text."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address) as page:
                if text in page.read().decode():
                    return
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.1)
    pytest.fail(f"{address} never had {text}")


def test_a_change_of_the_file_rebuilds_the_page_while_it_is_served(site: Path, served: str) -> None:
    wait_for("3–17 January 2027", served)
    change(site / "events.yaml", "2027-01-17\n", "2027-01-19\n")
    wait_for("3–19 January 2027", served)


# Python-Markdown by itself.

FILE = """\
calendar: {id: x.org, name: X}
events:
  - {id: a, summary: A <b>, start: 2027}
  - {id: b, summary: B, start: 2028, categories: [c]}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an events file, the current one."""
    (tmp_path / "events.yaml").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def convert(text: str, *extensions: str) -> str:
    return markdown.markdown(text, extensions=["timeline", *extensions])


FENCE = "```timeline\nto: 2027\n```\n"
SHOWN = """\
<div class="timeline">
<h2>2027</h2>
<ul>
<li id="event-a"><strong>2027</strong> — A &lt;b&gt;</li>
</ul>
</div>"""


def indented(text: str) -> str:
    return re.sub("^(?=.)", "    ", text, flags=re.MULTILINE)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("fence", [FENCE, FENCE.replace("`", "~"), "``` timeline to=2027\n```\n"])
@pytest.mark.parametrize("around", ["{}", "Words\n{}\nWords", "- item\n\n{}\n\n- item"])
def test_a_block_stands_where_other_blocks_may(around: str, fence: str) -> None:
    assert SHOWN in convert(around.format(fence), "fenced_code")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("before", "extension"),
    [
        ("!!! note\n\n", "admonition"),
        ("- item\n\n", "sane_lists"),
        ('=== "Tab"\n\n', "pymdownx.tabbed"),
        ("??? note\n\n", "pymdownx.details"),
    ],
)
def test_a_block_may_be_inside_of_others(before: str, extension: str) -> None:
    assert SHOWN in convert(before + indented(FENCE), extension, "pymdownx.superfences")


@pytest.mark.usefixtures("here")
def test_lists_of_the_page_stay_lists_of_their_own() -> None:
    found = convert(f"- before\n\n{FENCE}\n- after\n")
    assert found == f"<ul>\n<li>before</li>\n</ul>\n{SHOWN}\n<ul>\n<li>after</li>\n</ul>"


@pytest.mark.usefixtures("here")
def test_an_event_has_its_id_once_in_a_page() -> None:
    found = convert(f"{FENCE}\n```timeline\nstyle: table\n```\n")
    assert Page(found).ids == ["event-a", "event-b"]
    assert '<tr id="event-b">' in found


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "shown",
    [
        f"````\n{FENCE}````\n",
        f"~~~~markdown\n{FENCE}~~~~\n",
        f"Like this:\n\n{indented(FENCE)}",
        f"<pre>\n{FENCE}</pre>\n",
        f"<!--\n\n{FENCE}\n-->\n\nWords\n",
        f"Like this:\n\n{indented(FENCE.replace('to:', 'nothing: x, to:'))}",
        f"Like this:\n\n{indented(FENCE + 'style: mermaid')}",
        f"Like this:\n\n{indented(re.sub('^', '> ', FENCE.strip(), flags=re.MULTILINE))}",
    ],
)
@pytest.mark.parametrize("extension", ["fenced_code", "pymdownx.superfences", "tables"])
def test_a_block_that_is_only_shown_is_left_alone(
    shown: str, extension: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = convert(shown, extension)
    assert caplog.messages == []
    assert "timeline" in found
    assert "to: 2027" in found
    assert "<li" not in found
    assert not re.search("[\x02\x03]", found)


@pytest.mark.usefixtures("here")
def test_what_is_wrong_is_left_as_it_is_written(caplog: pytest.LogCaptureFixture) -> None:
    found = convert("```timeline\nfrom: 2027-13\n```\n", "fenced_code")
    assert found == '<pre><code class="language-timeline">from: 2027-13\n</code></pre>'
    assert [(one.name, one.levelname) for one in caplog.records] == [("MARKDOWN", "WARNING")]
    assert caplog.messages[0].startswith("page (block `timeline`):2:7: error[no-such-date]")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "block",
    [
        "> ```timeline\n> to: 2027\n> ```\n",
        ">```timeline\n>to: 2027\n>```\n",
        "Words\n> Words\n> ```timeline to=2027\n> ```\n> Words\n",
    ],
)
def test_a_block_may_stand_in_a_quotation(block: str) -> None:
    assert SHOWN in convert(block, "pymdownx.superfences")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "info", ["{.timeline to=2027}", "{ .timeline to=2027 }", " {.timeline to='2027'}"]
)
def test_a_block_may_be_named_by_an_attribute(info: str) -> None:
    assert SHOWN in convert(f"```{info}\n```\n", "fenced_code")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("```Timeline\n```\n", ":1:1: error[marker-syntax]: `Timeline` is not `timeline`"),
        ("```{timeline}\n```\n", ":1:1: error[marker-syntax]: `{timeline}` is not `timeline`"),
        ("- item\n\n    ```timeline\n", ":1:5: error[marker-syntax]: the block has no end"),
        ("> ```timeline\n\n```\n", ":1:3: error[marker-syntax]: the block has no end"),
    ],
)
@pytest.mark.parametrize("extension", ["fenced_code", "pymdownx.superfences"])
def test_what_is_nearly_a_block_is_told(
    block: str, told: str, extension: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = convert(block, extension)
    assert [told in message for message in caplog.messages] == [True]
    assert "<li id" not in found


def test_places_are_those_of_the_page_as_it_is_written(site: Path) -> None:
    page = site / "docs" / "index.md"
    shown = "\n\n    ```timeline\n    from: 20\n    ```\n\n"
    add(
        page,
        f"{shown}-\titem\n\n\t```timeline\n\tfrom:\t2028-13\n\t```\n> ```timeline\n> x\n> ```\n",
    )
    told = refused(site)
    first = page.read_text(encoding="utf-8").splitlines().index("\tfrom:\t2028-13") + 1
    assert f"docs/index.md:{first}:8: error[no-such-date]" in told
    assert f"docs/index.md:{first + 3}:3: error[marker-syntax]" in told
    assert told.count("WARNING") == 2


def test_a_mistake_is_told_once_a_build_however_many_pages_show_it(site: Path) -> None:
    shutil.copy(site / "docs" / "index.md", site / "docs" / "more.md")
    change(site / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    assert refused(site).count("error[no-such-date]") == 1


@pytest.mark.usefixtures("here")
def test_a_range_that_ends_before_it_begins_is_told(caplog: pytest.LogCaptureFixture) -> None:
    convert("```timeline\nto: 2027\nfrom: 2028\n```\n")
    (told,) = caplog.messages
    assert ":3:7: error[wrong-value]: from `2028` is after to `2027`" in told


def test_a_mistake_is_told_once_a_page(here: Path, caplog: pytest.LogCaptureFixture) -> None:
    (here / "events.yaml").write_text("a: b\n", encoding="utf-8")
    converter = markdown.Markdown(extensions=["timeline"])
    converter.convert(f"{FENCE}\n{FENCE}")
    once = len(caplog.messages)
    assert once == len(set(caplog.messages))
    converter.reset().convert(FENCE)
    assert len(caplog.messages) == 2 * once


def events(authors: dict[str, str]) -> str:
    """Give an events file with an author's texts; JSON is YAML."""
    more = {
        "location": authors["location"],
        "categories": ["c"],
        "sources": [{"title": authors["quote"], "quote": authors["quote"]}],
    }
    return json.dumps(
        {
            "calendar": {"id": "x.org", "name": authors["name"]},
            "categories": {"c": {}},
            "events": [
                {
                    "id": "a",
                    "summary": authors["summary"],
                    "start": "2027",
                    "description": authors["text"],
                    **more,
                    "events": [{"id": "b", "summary": authors["summary"], "start": "2027", **more}],
                },
                {"id": "c", "summary": authors["summary"], "start": "TBC", **more},
            ],
        },
        ensure_ascii=False,
    )


@pytest.mark.parametrize("style", ["list", "table", "mermaid"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AUTHORS)
@example(SIGNS)
def test_no_text_leaves_its_place_in_a_page(
    here: Path, caplog: pytest.LogCaptureFixture, style: str, authors: dict[str, str]
) -> None:
    pages = []
    for texts in (authors, plain(authors)):
        (here / "events.yaml").write_text(events(texts), encoding="utf-8")
        pages.append(Page(convert(f"```timeline\nstyle: {style}\n```\n", *EXTENSIONS)))
    found, expected = pages
    is_refused = any(": error[" in told for told in caplog.messages)
    caplog.clear()
    assert expected.outline[0] in ("div", "pre")
    if is_refused:  # a text that no file may have
        return
    assert found.ids == expected.ids
    assert found.targets == expected.targets
    if style != "mermaid":
        assert [id_ for id_ in found.ids if "event" in id_] == ["event-a", "event-b", "event-c"]
        assert found.outline == expected.outline
    else:
        assert [tag for tag in found.outline if tag != "text"] == [
            tag for tag in expected.outline if tag != "text"
        ]


# Sphinx.


def sphinx(docs: Path) -> subprocess.CompletedProcess[str]:
    return run(docs, "sphinx", "-W", "--keep-going", "-q", ".", "out")


def page_of(docs: Path, name: str) -> str:
    done = sphinx(docs)
    assert (done.returncode, done.stderr) == (0, "")
    return page_as_built(docs, name)


def page_as_built(docs: Path, name: str) -> str:
    return (docs / "out" / f"{name}.html").read_text(encoding="utf-8")


def test_a_page_in_myst_has_the_timeline(docs: Path) -> None:
    page = page_of(docs, "index")
    assert '<section id="timeline-2027">\n<h2>2027<a' in page
    assert (
        """
<ul class="simple">
<li><p><span class="target" id="event-rally"></span><strong>3–17 January 2027</strong> — \
<a class="reference external" href="https://example.org/rally">The rally</a></p>
<ul>
<li><p><span class="target" id="event-prologue"></span><strong>3 January 2027</strong> — \
The prologue</p></li>
"""
        in page
    )
    assert '<a class="reference internal" href="#event-prologue">' in page
    assert '<span class="std std-ref">The winners, on the podium</span>' in page


def test_a_page_in_restructuredtext_has_the_timeline(docs: Path) -> None:
    page = page_of(docs, "more")
    assert '<h2 class="rubric">2027</h2>\n<table' in page
    assert "<td><p>↳ The prologue</p></td>" in page
    assert re.search(r'<pre +class="mermaid">\s*timeline\n    section 2027\n', page)
    assert re.search('<a class="reference internal" href="(index.html)?#event-rally">', page)


def test_headings_may_be_no_sections(docs: Path) -> None:
    add(docs / "more.rst", "\n.. timeline::\n   :heading-level: 4\n   :to: 2027\n")
    assert '<h4 class="rubric">2027</h4>' in page_of(docs, "more")


def test_a_change_of_the_file_rebuilds_the_pages_of_sphinx(docs: Path) -> None:
    assert "3–17 January 2027" in page_of(docs, "index")
    assert "updating environment: 0 added, 0 changed" in run(docs, "sphinx", ".", "out").stdout
    change(docs / "events.yaml", "2027-01-17\n", "2027-01-19\n")
    assert "updating environment: 0 added, 2 changed" in run(docs, "sphinx", ".", "out").stdout
    assert "3–19 January 2027" in page_of(docs, "index")


def test_a_file_in_the_current_folder_is_found_and_heeded(docs: Path) -> None:
    (docs / "events.yaml").rename(docs.parent / "events.yaml")
    built = ("sphinx", "-W", "docs", "out")
    assert run(docs.parent, *built).returncode == 0
    assert "updating environment: 0 added, 0 changed" in run(docs.parent, *built).stdout
    change(docs.parent / "events.yaml", "2027-01-17\n", "2027-01-19\n")
    assert "updating environment: 0 added, 2 changed" in run(docs.parent, *built).stdout


def test_a_change_of_what_the_file_includes_does_too(docs: Path) -> None:
    add(docs / "events.yaml", "include: [more.yaml]\n")
    more = docs / "more.yaml"
    more.write_text("events:\n  - {id: gala, summary: Gala, start: 2028}\n", encoding="utf-8")
    assert "Gala" in page_of(docs, "index")
    change(more, "Gala", "Ball")
    assert "Ball" in page_of(docs, "index")


def test_a_mistake_fails_a_strict_build_of_sphinx_until_it_is_mended(docs: Path) -> None:
    change(docs / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    for _ in range(2):
        done = sphinx(docs)
        assert done.returncode == 1
        assert f"{docs / 'events.yaml'}:9:10: WARNING: `2027-01-32` does not exist" in done.stderr
        assert "[timeline.no-such-date]" in done.stderr
    change(docs / "events.yaml", "2027-01-32\n", "2027-01-17\n")
    page_of(docs, "index")


def test_a_mistake_is_told_once_however_many_pages_show_it_and_are_read_anew(docs: Path) -> None:
    change(docs / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    assert sphinx(docs).stderr.count("[timeline.no-such-date]") == 1
    add(docs / "more.rst", "\nMore words.\n")
    assert sphinx(docs).stderr.count("[timeline.no-such-date]") == 1


def test_a_label_leads_to_the_readers_own_page_or_to_the_first_by_name(docs: Path) -> None:
    add(docs / "index.md", "```{toctree}\nanother\nreader\n```\n")
    (docs / "another.md").write_text("# Another\n\n```{timeline}\n```\n", encoding="utf-8")
    reader = docs / "reader.md"
    reader.write_text("# R\n\n{ref}`event-rally` [x](#event-car)\n", encoding="utf-8")
    for name in "abcdef":  # Sphinx reads no fewer pages than these in parallel
        (docs / f"{name}.rst").write_text(":orphan:\n\nX\n=\n", encoding="utf-8")
    done = run(docs, "sphinx", "-W", "--keep-going", "-q", "-j", "4", ".", "out")
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


def test_a_label_that_an_author_has_set_is_the_authors(docs: Path) -> None:
    add(docs / "index.md", "```{toctree}\nreader\n```\n")
    text = "# R\n\n(event-rally)=\n\n## Own\n\n{ref}`event-rally`\n"
    (docs / "reader.md").write_text(text, encoding="utf-8")
    assert 'href="#event-rally"><span class="std std-ref">Own' in page_of(docs, "reader")


def test_calendars_with_the_same_ids_in_a_page_have_anchors_that_differ(docs: Path) -> None:
    other = (docs / "events.yaml").read_text(encoding="utf-8").replace("example.org", "X.org")
    (docs / "other.yaml").write_text(other.replace("The rally", "Another"), encoding="utf-8")
    add(
        docs / "index.md",
        "\n```{timeline}\n:file: other.yaml\n```\n{ref}`event-x.org-rally`, {ref}`event-rally`\n",
    )
    page = page_of(docs, "index")
    assert 'href="#event-x.org-rally"><span class="std std-ref">Another' in page
    assert 'href="#event-rally"><span class="std std-ref">The rally' in page
    assert len(Page(page).ids) == len(set(Page(page).ids))


def test_a_mistake_in_an_option_has_the_place_of_its_directive(docs: Path) -> None:
    add(docs / "index.md", "\n```{timeline}\n:style: tabel\n:file: none.yaml\n```\n")
    add(docs / "more.rst", "\n.. timeline::\n   :category: race\n")
    told = sphinx(docs).stderr
    assert f"{docs / 'index.md'}:14: WARNING: `tabel` is not one of `list`, `table`" in told
    assert f"{docs / 'index.md'}:14: WARNING: cannot read `{docs / 'none.yaml'}`" in told
    assert f"{docs / 'more.rst'}:17: WARNING: there is no category `race`" in told


def test_without_a_directive_for_it_a_diagram_is_told_and_shown_as_text(docs: Path) -> None:
    change(docs / "conf.py", ', "sphinxcontrib.mermaid"', "")
    done = sphinx(docs)
    assert f"{docs / 'more.rst'}:12: WARNING: there is no directive `mermaid`" in done.stderr
    assert "section 2027" in page_as_built(docs, "more")


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
        (docs / "events.yaml").write_text(events(texts), encoding="utf-8")
        done = run(docs, "sphinx", "-q", ".", "out")
        assert " WARNING: " not in re.sub(
            ".*: WARNING: .*timeline.(long-summary|same-event).*", "", done.stderr
        )
        pages = [Page(page_as_built(docs, name)) for name in ("index", "more")]
        outlines.append([(page.outline, page.ids) for page in pages])
        for page in pages:
            assert "".join(texts["summary"].split()) in page.text
    assert outlines[0] == outlines[1]


def test_the_events_have_signs_to_be_tested_with() -> None:
    assert {"<script>", "{{", "$$", "[x](y)"} <= set(NASTY.split())
