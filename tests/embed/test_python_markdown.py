"""Timelines in MkDocs and its forks: strict builds of the project that the docs show."""

# ruff: noqa: RUF001 - pages have the dashes that they have

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import markdown
import pytest
from hypothesis import HealthCheck, example, given, settings

from support.engines import EXAMPLES, add, change, events_file, run_engine
from support.markdown import AUTHORS, EXTENSIONS, NASTY, SIGNS, plain
from support.rendered import Page
from timeline.embed import python_markdown
from timeline.embed.markdown_page import Positions

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines

FORKS = ["mkdocs", "properdocs"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The example for MkDocs, to be changed."""
    return Path(shutil.copytree(EXAMPLES / "mkdocs", tmp_path / "site"))


# MkDocs and its forks.


def built(site: Path, engine: str) -> str:
    done = run_engine(site, engine, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return (site / "site" / "index.html").read_text(encoding="utf-8")


def refused(site: Path, engine: str = "mkdocs") -> str:
    done = run_engine(site, engine, "build", "--strict")
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
<li class="timeline-event" id="event-rally"><strong>3–17 January 2027</strong> — \
<a href="https://example.org/rally">The rally</a><ul>
<li class="timeline-event" id="event-prologue"><strong>3 January 2027</strong> — The prologue</li>
<li class="timeline-event" id="event-podium"><strong>17 January 2027, 16:00</strong> — \
The winners, on the podium</li>
</ul>
</li>
</ul>
<h2 id="date-to-be-confirmed">Date to be confirmed</h2>
<ul>
<li class="timeline-event timeline-undated" id="event-car">
<p>The new car is shown</p>
<p>Previously December 2026</p>
</li>
</ul>
<p>Times are in Asia/Riyadh.</p>
</div>
"""
        in page
    )
    assert '<h3 id="2027_1">2027</h3>\n<table' in page
    assert "<td>↳ The prologue</td>" in page
    assert '<pre class="mermaid"><code>timeline\n    section 2027\n' in page
    assert "17 January 2027, 16#58;00 : ↳ The winners" in page
    assert "```" not in page


@pytest.mark.parametrize("engine", FORKS)
def test_a_mistake_fails_a_strict_build_of_mkdocs_with_its_place(site: Path, engine: str) -> None:
    change(site / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    warnings = refused(site, engine)
    assert warnings.count("WARNING -  events.yaml:9:10: error[no-such-date]: `2027-01-32`") == 1


def test_the_events_file_of_a_site_may_be_above_it_and_have_outputs(site: Path) -> None:
    page = built(site, "mkdocs")
    (site.parent / ".git").mkdir()
    (site / "events.yaml").rename(site.parent / "rally.timeline.yaml")
    change(site / "mkdocs.yml", "events.yaml", "../rally.timeline.yaml")
    add(site.parent / "rally.timeline.yaml", "\noutputs: {directory: public, md: {style: table}}\n")
    timelines = re.compile('(?s)<div class="timeline">.*</div>')
    assert timelines.findall(built(site, "mkdocs")) == timelines.findall(page)
    (site.parent / ".git").rmdir()
    assert "error[embedded-file]" in refused(site)  # outside of a repository nothing is above


def test_a_warning_of_the_file_fails_only_a_strict_build(site: Path) -> None:
    change(site / "events.yaml", "https://example.org/rally", "gopher://example.org/rally")
    assert "WARNING -  events.yaml:10:10: warning[url-scheme]" in refused(site)
    assert run_engine(site, "mkdocs", "build").returncode == 0


def test_a_mistake_in_an_option_has_its_place_in_the_page(site: Path) -> None:
    add(
        site / "docs" / "index.md",
        "\n```timeline feed=x\nstile: table\ncategory: race\nwords\n```\n",
    )
    front = "---\ntitle: Front matter\n---\n"
    page = site / "docs" / "index.md"
    page.write_text(front + page.read_text(encoding="utf-8"), encoding="utf-8")
    warnings = [line for line in refused(site).splitlines() if line.startswith("WARNING")]
    assert [re.sub("; .*", "", line).split("-  ")[1] for line in warnings] == [
        "docs/index.md:27:18: error[unknown-feed]: no feed is called `x`",
        "docs/index.md:28:1: error[unknown-option]: no option is called `stile`",
        "docs/index.md:29:11: error[unknown-category]: there is no category `race`",
        "docs/index.md:30:1: error[marker-syntax]: `words` is not an option",
    ]


def test_a_file_that_is_not_there_is_reported_with_where_to_write_it(site: Path) -> None:
    add(site / "docs" / "index.md", "\n```timeline\nfile: docs/events.yaml\n```\n")
    warnings = refused(site)
    assert "docs/index.md:25:7: error[embedded-file]: cannot read `docs/events.yaml`" in warnings
    assert "relative to the folder of `mkdocs.yml`" in warnings


def test_paths_are_those_of_the_site_wherever_it_is_built_from(site: Path) -> None:
    done = run_engine(site.parent, "mkdocs", "build", "--strict", "-f", str(site / "mkdocs.yml"))
    assert done.returncode == 0, done.stderr
    change(site / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    done = run_engine(site.parent, "mkdocs", "build", "--strict", "-f", str(site / "mkdocs.yml"))
    assert "site/events.yaml:9:10: error[no-such-date]" in done.stderr


@pytest.mark.skipif(find_spec("zensical") is None, reason="needs Zensical: pip install zensical")
def test_zensical_takes_the_same_site_and_builds_it_anew(site: Path) -> None:
    assert run_engine(site, "zensical", "build").returncode == 0
    page = site / "site" / "index.html"
    assert (
        '<li class="timeline-event" id="event-prologue"><strong>3 January 2027'
        in page.read_text(encoding="utf-8")
    )
    change(site / "events.yaml", "start: 2027-01-03", "start: 2027-01-02")
    add(site / "docs" / "index.md", "\n```timeline\nstile: list\n```\n")
    done = run_engine(site, "zensical", "build")
    assert (
        '<li class="timeline-event" id="event-prologue"><strong>2 January 2027'
        in page.read_text(encoding="utf-8")
    )
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
<li class="timeline-event" id="event-a"><strong>2027</strong> — A &lt;b&gt;</li>
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
    html = convert(f"- before\n\n{FENCE}\n- after\n")
    assert html == f"<ul>\n<li>before</li>\n</ul>\n{SHOWN}\n<ul>\n<li>after</li>\n</ul>"


@pytest.mark.usefixtures("here")
def test_an_event_has_its_id_once_in_a_page() -> None:
    html = convert(f"{FENCE}\n```timeline\nstyle: table\n```\n")
    assert Page(html).ids == ["event-a", "event-b"]
    assert '<tr class="timeline-event timeline-c1" id="event-b">' in html


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
    html = convert(shown, extension)
    assert caplog.messages == []
    assert "timeline" in html
    assert "to: 2027" in html
    assert "<li" not in html
    assert not re.search("[\x02\x03]", html)


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("", ""),
        ("en", ' dir="ltr" lang="en"'),
        ("de-AT", ' dir="ltr" lang="de-AT"'),
        ("ar", ' dir="rtl" lang="ar"'),
        ("he", ' dir="ltr" lang="he"'),  # English words, because there is no catalogue
    ],
)
def test_a_timeline_has_its_own_language_and_direction(
    here: Path, tag: str, attributes: str
) -> None:
    language = f", language: {tag}" if tag else ""
    (here / "events.yaml").write_text(
        f"calendar: {{id: x.org, name: X{language}}}\n"
        "events: [{id: a, summary: رالي, start: 2027}]\n",
        encoding="utf-8",
    )
    html = convert("```timeline\n```\n")
    assert html.startswith(f'<div class="timeline"{attributes}>\n<h2>2027</h2>')
    assert (
        '<li class="timeline-event" id="event-a"><strong>2027</strong> — \u2068رالي\u2069</li>'
        in html
    )


@pytest.mark.usefixtures("here")
def test_fences_without_an_end_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    prefix = python_markdown._PREFIX
    spy = SimpleNamespace(match=lambda line: searched.append(line) or prefix.match(line))
    monkeypatch.setattr(python_markdown, "_PREFIX", spy)
    lines = ["```timeline", ""] * 500
    processor = markdown.Markdown(extensions=["timeline"]).preprocessors["timeline"]
    assert sum("timeline:" in line for line in processor.run(lines)) == 500
    assert len(searched) < 2 * len(lines)


@pytest.mark.usefixtures("here")
def test_the_lines_of_a_page_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    find = Positions.__init__
    monkeypatch.setattr(
        Positions, "__init__", lambda self, lines: sizes.append(len(lines)) or find(self, lines)
    )
    block = "```timeline\nfrom: 2024\n```\n\n"
    page = markdown.markdown(block * 50, extensions=["timeline"])
    assert page.count('class="timeline"') == 50
    assert len(sizes) == 1


@pytest.mark.usefixtures("here")
def test_what_is_wrong_is_left_as_it_is_written(caplog: pytest.LogCaptureFixture) -> None:
    html = convert("```timeline\nfrom: 2027-13\n```\n", "fenced_code")
    assert html == '<pre><code class="language-timeline">from: 2027-13\n</code></pre>'
    assert [(record.name, record.levelname) for record in caplog.records] == [
        ("MARKDOWN", "WARNING")
    ]
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
    ("block", "warning"),
    [
        ("```Timeline\n```\n", ":1:1: error[marker-syntax]: `Timeline` is not `timeline`"),
        ("```{timeline}\n```\n", ":1:1: error[marker-syntax]: `{timeline}` is not `timeline`"),
        ("- item\n\n    ```timeline\n", ":1:5: error[marker-syntax]: the block has no end"),
        ("> ```timeline\n\n```\n", ":1:3: error[marker-syntax]: the block has no end"),
    ],
)
@pytest.mark.parametrize("extension", ["fenced_code", "pymdownx.superfences"])
def test_what_is_nearly_a_block_is_reported(
    block: str, warning: str, extension: str, caplog: pytest.LogCaptureFixture
) -> None:
    html = convert(block, extension)
    assert [warning in message for message in caplog.messages] == [True]
    assert "<li id" not in html


def test_places_are_those_of_the_page_as_it_is_written(site: Path) -> None:
    page = site / "docs" / "index.md"
    shown = "\n\n    ```timeline\n    from: 20\n    ```\n\n"
    add(
        page,
        f"{shown}-\titem\n\n\t```timeline\n\tfrom:\t2028-13\n\t```\n> ```timeline\n> x\n> ```\n",
    )
    warnings = refused(site)
    first = page.read_text(encoding="utf-8").splitlines().index("\tfrom:\t2028-13") + 1
    assert f"docs/index.md:{first}:8: error[no-such-date]" in warnings
    assert f"docs/index.md:{first + 3}:3: error[marker-syntax]" in warnings
    assert warnings.count("WARNING") == 2


def test_an_error_is_reported_once_a_build_however_many_pages_show_it(site: Path) -> None:
    shutil.copy(site / "docs" / "index.md", site / "docs" / "more.md")
    change(site / "events.yaml", "2027-01-17\n", "2027-01-32\n")
    assert refused(site).count("error[no-such-date]") == 1


@pytest.mark.usefixtures("here")
def test_a_range_that_ends_before_it_begins_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    convert("```timeline\nto: 2027\nfrom: 2028\n```\n")
    (warning,) = caplog.messages
    assert ":3:7: error[wrong-value]: `from` (`2028`) is after `to` (`2027`)" in warning


def test_an_error_is_reported_once_a_page(here: Path, caplog: pytest.LogCaptureFixture) -> None:
    (here / "events.yaml").write_text("a: b\n", encoding="utf-8")
    converter = markdown.Markdown(extensions=["timeline"])
    converter.convert(f"{FENCE}\n{FENCE}")
    once = len(caplog.messages)
    assert once == len(set(caplog.messages))
    converter.reset().convert(FENCE)
    assert len(caplog.messages) == 2 * once


@pytest.mark.parametrize("style", ["list", "table", "mermaid"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AUTHORS)
@example(SIGNS)
def test_no_text_leaves_its_place_in_a_page(
    here: Path, caplog: pytest.LogCaptureFixture, style: str, authors: dict[str, str]
) -> None:
    pages = []
    for texts in (authors, plain(authors)):
        (here / "events.yaml").write_text(events_file(texts), encoding="utf-8")
        html = convert(f"```timeline\nstyle: {style}\n```\n", *EXTENSIONS)
        pages.append(Page(html, authors["text"]))
    page, expected = pages
    is_refused = any(": error[" in message for message in caplog.messages)
    caplog.clear()
    assert expected.outline[0] in ("div", "pre")
    if is_refused:  # a text that no file may have
        return
    assert page.ids == expected.ids
    assert page.targets == expected.targets
    if style != "mermaid":
        assert [id_ for id_ in page.ids if "event" in id_] == ["event-a", "event-b", "event-c"]
        assert page.outline == expected.outline
    else:
        assert [tag for tag in page.outline if tag != "text"] == [
            tag for tag in expected.outline if tag != "text"
        ]


def test_the_events_have_signs_to_be_tested_with() -> None:
    assert {"<script>", "{{", "$$", "[x](y)"} <= set(NASTY.split())


# Files outside of the project.


@pytest.mark.parametrize("file", ["/proc/self/environ", "../secret.yaml", "link.yaml", ".env"])
def test_a_page_names_only_files_of_its_project(site: Path, file: str) -> None:
    for path in (site.parent / "secret.yaml", site / ".env"):
        path.write_text("password: 1234\n", encoding="utf-8")
    (site / "link.yaml").symlink_to("../secret.yaml")
    add(site / "docs" / "index.md", f"\n```timeline\nfile: {file}\n```\n")
    warnings = refused(site)
    assert warnings.count("docs/index.md:25:7: error[embedded-file]: ") == 1
    assert "1234" not in warnings
    assert "PATH=" not in warnings
