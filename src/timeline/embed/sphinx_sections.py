"""Arrange the nodes of a timeline in a page of Sphinx, in boxes and sections."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from timeline.embed.inline_page import PAGE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats import InlineList

LEVEL = "heading-level"
"""The attribute of a heading that is not that of a section."""

_YEAR = "timeline-year"


class TimelineBox(nodes.container):
    """A timeline, or a part of it, in its own language; all but HTML see a container."""


def visit_box(writer: Any, node: TimelineBox) -> None:
    """Open the element of a box."""
    attributes = {"lang": node["lang"], "dir": node["dir"]}
    writer.body.append(writer.starttag(node, "div", CLASS="timeline", **attributes))


def depart_box(writer: Any, _: TimelineBox) -> None:
    """Close the element of a box."""
    writer.body.append("</div>\n")


class PageList(nodes.container):
    """The events of a year as the HTML of the page; all but HTML see a container with a list."""


def visit_page_list(writer: Any, node: PageList) -> None:
    """Write the HTML of a list in place of its nodes."""
    attributes = {name: node[name] for name in ("lang", "dir") if name in node}
    writer.body += [
        writer.starttag(node, "div", CLASS=PAGE_CLASSES, **attributes),
        node["html"],
        "</div>\n",
    ]
    raise nodes.SkipNode


def page_lists(
    made: list[nodes.Node], listed: InlineList, attributes: dict[str, str]
) -> Iterator[nodes.Node]:
    """Put the nodes of each year into a list of the page; the last one has what is below it."""
    parts = [list(some) for _, some in groupby(made, lambda node: isinstance(node, nodes.rubric))]
    texts = [section.html for section in listed.sections] or [""]
    texts[-1] += listed.end
    html = iter(texts)
    for part in parts:
        if isinstance(part[0], nodes.rubric):
            yield from part
        else:
            yield PageList("", *part, html=next(html), **attributes)


def boxed(made: list[nodes.Node], attributes: dict[str, str]) -> Iterator[nodes.Node]:
    """Put the nodes between headings into boxes with the attributes, if there are any."""
    if not attributes:
        yield from made
        return
    for is_heading, some in groupby(made, lambda node: isinstance(node, nodes.rubric)):
        if is_heading:
            yield from some
        else:
            yield TimelineBox("", *some, **attributes)


def year_sections(made: list[nodes.Node], document: nodes.document) -> Iterator[nodes.Node]:
    """Put the nodes below each heading into a section."""
    section = None
    for node in made:
        if isinstance(node, nodes.rubric):
            section = nodes.section("", nodes.title("", "", *node.children), classes=[_YEAR])
            name = nodes.make_id(f"timeline {node.astext()}")
            if name not in document.ids:
                section["ids"].append(name)
            document.set_id(section)  # keeps the one it has
            yield section
        elif section is None:
            yield node
        else:
            section += node


class HeadingsBeforeText(SphinxTransform):
    """Replaces the sections of years by headings where text follows them in their section.

    A section has no end that a reader sees, so the text would belong to the last year. The
    headings are not in any table of contents.
    """

    default_priority = 500  # the page is complete, and its table of contents not yet collected

    def apply(self, **_: Any) -> None:
        """Replace the sections of every timeline that text follows."""
        years = [node for node in self.document.findall(nodes.section) if _YEAR in node["classes"]]
        for parent in dict.fromkeys(year.parent for year in years):
            visible = [node for node in parent.children if _is_text(node)]
            waiting: list[nodes.section] = []
            for node in visible:
                if isinstance(node, nodes.section):
                    is_year = _YEAR in node["classes"]
                    waiting = [*waiting, node] if is_year else []
                    continue
                for year in waiting:
                    self._replace(year)
                waiting = []

    def _replace(self, year: nodes.section) -> None:
        title, *content = year.children
        assert isinstance(title, nodes.title)  # noqa: S101 - `year_sections` makes it
        heading = nodes.rubric("", "", *title.children, ids=year["ids"], classes=year["classes"])
        heading[LEVEL] = 1 + section_depth(year)
        for name in heading["ids"]:
            self.document.ids[name] = heading
        year.parent.replace(year, [heading, *content])


def _is_text(node: nodes.Node) -> bool:
    """Return whether readers take a node for a part of its section, as no table of contents."""
    is_toctree = isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]
    return not isinstance(node, nodes.Invisible) and not is_toctree


def section_depth(node: nodes.Node) -> int:
    """Return the number of sections that a node is in."""
    depth, above = 0, node.parent
    while above is not None:
        depth += isinstance(above, nodes.section)
        above = above.parent
    return depth
