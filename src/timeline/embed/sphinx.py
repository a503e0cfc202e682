"""Define the directive `timeline` for Sphinx, in reStructuredText and in MyST."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from timeline.compiler import cached_loader
from timeline.diagnostics import Span
from timeline.embed.budget import EmbeddingBudget
from timeline.embed.engines import (
    STYLESHEET,
    day_of_build,
    language_attributes,
    language_warning,
)
from timeline.embed.inline_diagram import html_block
from timeline.embed.options import WrittenOption
from timeline.embed.sphinx_nodes import NodeBuilder
from timeline.embed.sphinx_pages import (
    OwnFirst,
    Pages,
    anchors_of,
    conclude,
    pages_of,
    record,
    record_file,
)
from timeline.embed.sphinx_sections import (
    LEVEL,
    HeadingsBeforeText,
    PageList,
    TimelineBox,
    boxed,
    depart_box,
    page_lists,
    section_depth,
    visit_box,
    visit_page_list,
    year_sections,
)
from timeline.embed.view import DocumentContext, load_excerpt
from timeline.embed.view_options import OPTION_PARSERS
from timeline.publishing import load_events_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.application import Sphinx

    from timeline.compiler import Loaded
    from timeline.embed.view import Load


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive, for ``extensions = ["timeline.sphinx"]``."""
    app.add_node(TimelineBox, html=(visit_box, depart_box))
    app.add_node(PageList, html=(visit_page_list, None))
    app.add_directive("timeline", TimelineDirective)
    app.add_domain(Pages)
    app.add_transform(HeadingsBeforeText)
    app.add_transform(_Diagrams)
    app.add_post_transform(OwnFirst)
    app.add_css_file(STYLESHEET.name)
    app.connect("builder-inited", _add_stylesheet)
    app.connect("env-updated", conclude)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_stylesheet(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STYLESHEET.parent))


class DiagramPlace(nodes.General, nodes.Element):
    """The place of a diagram, whose links depend on the rest of the page."""


class _Diagrams(SphinxTransform):
    """Draws the diagrams of a page, which only HTML shows."""

    default_priority = 501  # before a page is stored

    def apply(self, **_: Any) -> None:
        for place in list(self.document.findall(DiagramPlace)):
            svg = html_block(anchors_of(self.env).draw(place["excerpt"]))
            place.replace_self(nodes.raw("", svg, format="html"))


class TimelineDirective(SphinxDirective):
    """A timeline at the place of the directive; its options are those of `view`.

    Years are sections. Where there can be none, in a list or a table, and with the option
    `heading-level`, they are headings that are not in any table of contents.
    """

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = dict.fromkeys(
        OPTION_PARSERS, directives.unchanged_required
    )

    def run(self) -> Sequence[nodes.Node]:
        """Return the nodes of the timeline; after an error, the source of the directive."""
        path, line = self.get_source_info()
        at = Span(path, line, 1, line, 1)  # Sphinx does not know the place of an option in it
        options = [WrittenOption(key, value, at, at) for key, value in self.options.items()]
        folder = str(self.env.srcdir)
        of_page: Any = self.env.temp_data
        budget: EmbeddingBudget = of_page.setdefault("timeline-budget", EmbeddingBudget())
        excerpt, diagnostics = load_excerpt(
            options,
            at,
            self._load,
            budget,
            DocumentContext(folder, f"`{folder}`", day_of_build()),
        )
        for diagnostic in diagnostics:
            record(self.env, diagnostic, f"{path}:{line}")
        if excerpt is None:
            return [nodes.literal_block(self.block_text, self.block_text)]
        if warning := language_warning(excerpt.calendar):
            # Without a place, so that a build reports it once.
            pages_of(self.env).diagnostics.setdefault(self.env.docname, []).append(
                ("", "language", warning)
            )
        if excerpt.is_diagram:
            return [DiagramPlace("", excerpt=excerpt)]
        can_have_sections = isinstance(self.state_machine.node, nodes.document | nodes.section)
        has_sections = can_have_sections and LEVEL not in self.options
        builder = NodeBuilder(self, excerpt)
        built = builder.build()
        attributes = language_attributes(excerpt.calendar)
        if excerpt.is_page:
            level = excerpt.options.heading_level
            node = self.state_machine.node
            if has_sections and node is not None:
                level = section_depth(node) + isinstance(node, nodes.section) + 1
            listed = excerpt.inline_list(builder.names, level + 1)
            made = list(page_lists(built, listed, attributes))
        else:
            made = list(boxed(built, attributes))
        if not has_sections:
            return made
        return list(year_sections(made, self.state.document))

    def _load(self, path: str) -> Loaded:
        """Load a file once a page: its diagnostics are reported once."""
        path = os.path.abspath(path)  # noqa: PTH100 - as text
        self.env.note_dependency(path)
        of_page: Any = self.env.temp_data
        load: Load = of_page.setdefault(
            "timeline", cached_loader(partial(record_file, self.env), load_events_file)
        )
        return load(path)
