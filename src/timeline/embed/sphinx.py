"""Define the directive `timeline` for Sphinx, in reStructuredText and in MyST.

The Markdown is parsed by a separate CommonMark parser and converted into nodes. So pages in
reStructuredText work without a Markdown parser, and extensions of MyST's syntax do not apply to
the text of events. A diagram is passed to the directive `mermaid`, if there is one.

A domain stores the labels of events and the diagnostics of each page, because Sphinx keeps the
data of a domain between builds and merges it from parallel processes.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from timeline.compiler import cached_loader
from timeline.diagnostics import Span, format_location, locate_all
from timeline.embed.budget import EmbeddingBudget
from timeline.embed.engines import (
    STYLESHEET,
    EventAnchors,
    EventClasses,
    day_of_build,
    language_attributes,
    language_warning,
    warning_text,
)
from timeline.embed.inline_diagram import html_block
from timeline.embed.options import WrittenOption
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
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from timeline.compiler import Loaded
    from timeline.diagnostics import Diagnostic
    from timeline.embed.view import Excerpt, Load
    from timeline.model import Event

_LOG = getLogger("timeline")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive, for ``extensions = ["timeline.sphinx"]``."""
    app.add_node(TimelineBox, html=(visit_box, depart_box))
    app.add_node(PageList, html=(visit_page_list, None))
    app.add_directive("timeline", TimelineDirective)
    app.add_domain(_Pages)
    app.add_transform(HeadingsBeforeText)
    app.add_transform(_Diagrams)
    app.add_post_transform(_OwnFirst)
    app.add_css_file(STYLESHEET.name)
    app.connect("builder-inited", _add_stylesheet)
    app.connect("env-updated", _conclude)
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
            svg = html_block(_anchors(self.env).draw(place["excerpt"]))
            place.replace_self(nodes.raw("", svg, format="html"))


def _anchors(env: BuildEnvironment) -> EventAnchors:
    """Return the anchors of the page that is read."""
    of_page: Any = env.temp_data
    anchors: EventAnchors = of_page.setdefault("timeline-anchors", EventAnchors())
    return anchors


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
            _record(self.env, diagnostic, f"{path}:{line}")
        if excerpt is None:
            return [nodes.literal_block(self.block_text, self.block_text)]
        if warning := language_warning(excerpt.calendar):
            # Without a place, so that a build reports it once.
            _pages(self.env).diagnostics.setdefault(self.env.docname, []).append(
                ("", "language", warning)
            )
        if excerpt.is_diagram:
            return [DiagramPlace("", excerpt=excerpt)]
        can_have_sections = isinstance(self.state_machine.node, nodes.document | nodes.section)
        has_sections = can_have_sections and LEVEL not in self.options
        builder = _Nodes(self, excerpt)
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
            "timeline", cached_loader(partial(_record_file, self.env), load_events_file)
        )
        return load(path)


class _Pages(Domain):
    """The events of all pages, as anchors with titles, and their diagnostics, by page name.

    A diagnostic is a place, a code and a text.
    """

    name = "timeline"
    label = "Timeline"
    initial_data: ClassVar[dict[str, Any]] = {"events": {}, "diagnostics": {}}

    @property
    def events(self) -> dict[str, dict[str, str]]:
        """The anchors and titles of the events, by page."""
        events: dict[str, dict[str, str]] = self.data["events"]
        return events

    @property
    def diagnostics(self) -> dict[str, list[tuple[str, str, str]]]:
        """The diagnostics of each page, which every build reports."""
        diagnostics: dict[str, list[tuple[str, str, str]]] = self.data["diagnostics"]
        return diagnostics

    def clear_doc(self, docname: str) -> None:
        self.events.pop(docname, None)
        self.diagnostics.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        for kind in self.initial_data:
            of_pages = otherdata[kind]
            self.data[kind].update({name: of_pages[name] for name in docnames & of_pages.keys()})

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        return []  # events have labels, which are the standard domain's


def _pages(env: BuildEnvironment) -> _Pages:
    return cast("_Pages", env.get_domain(_Pages.name))


def _conclude(_: Sphinx, env: BuildEnvironment) -> None:
    """Label the events and report the diagnostics, once all pages are read or known from before.

    A label leads to the first page by name, whichever was read first. A label that an author has
    set is left alone. A build that failed must fail again, though no file changed.
    """
    pages, labels = _pages(env), env.domains.standard_domain
    first: dict[str, tuple[str, str]] = {}
    for page, events in sorted(pages.events.items()):
        for name, title in events.items():
            first.setdefault(name, (page, title))
    for name, (page, title) in first.items():
        known, place_of_it = labels.anonlabels.get(name, (page, name))
        if place_of_it == name and name in pages.events.get(known, ()):
            labels.note_hyperlink_target(name, page, name, title)
    distinct = dict.fromkeys(
        diagnostic for _, of_page in sorted(pages.diagnostics.items()) for diagnostic in of_page
    )
    for where, code, message in distinct:
        _LOG.warning("%s", message, location=where or None, type="timeline", subtype=code)


class _OwnFirst(SphinxPostTransform):
    """Keeps a link to an event within its page, if that shows the event."""

    default_priority = 8  # before MyST's 9 and Sphinx's 10 look up the label

    def run(self, **_: Any) -> None:
        labels = self.env.domains.standard_domain
        for node in list(self.document.findall(pending_xref)):
            page, name = node.get("refdoc", self.env.docname), node["reftarget"]
            title = _pages(self.env).events.get(page, {}).get(name)
            known, _place = labels.anonlabels.get(name, ("", ""))
            is_ours = name in _pages(self.env).events.get(known, ())
            if title is None or not is_ours or node["reftype"] not in ("ref", "any", "myst"):
                continue
            link = labels.build_reference_node(page, self.app.builder, page, name, title, "ref")
            if node["refexplicit"]:
                words = cast("nodes.Element", link[0])
                words.clear()
                words += cast("nodes.Element", node[0]).deepcopy().children
            node.replace_self(link)


def _record(env: BuildEnvironment, diagnostic: Diagnostic, where: str) -> None:
    of_page = _pages(env).diagnostics.setdefault(env.docname, [])
    of_page.append((where, diagnostic.code, warning_text(diagnostic)))


def _record_file(env: BuildEnvironment, loaded: Loaded) -> None:
    for name in loaded.document.names:
        env.note_dependency(name)
    for diagnostic, span, _ in locate_all(loaded.diagnostics, loaded.document):
        _record(env, diagnostic, format_location(span))


class _Nodes:
    """Builds the nodes of a timeline from its Markdown, which has only the syntax handled here."""

    def __init__(self, directive: TimelineDirective, excerpt: Excerpt) -> None:
        self.directive = directive
        self.calendar = excerpt.calendar
        self.classes = EventClasses(excerpt.calendar, excerpt.options.as_of)
        self.text = "\n".join(excerpt.lines())
        self.events = iter(excerpt.events())
        self.names: dict[str, str] = {}

    def build(self) -> list[nodes.Node]:
        """Return the nodes of the top level, headings as rubrics."""
        tokens = MarkdownIt("commonmark").enable("table").parse(self.text)
        return self._children(SyntaxTreeNode(tokens))

    def _children(self, tree: SyntaxTreeNode) -> list[nodes.Node]:
        return [node for child in tree.children for node in self._of(child)]

    def _of(self, tree: SyntaxTreeNode) -> list[nodes.Node]:
        kind = tree.type
        if kind == "inline":
            return self._children(tree)
        if kind == "text":
            return [nodes.Text(tree.content)] if tree.content else []
        if kind == "softbreak":
            return [nodes.Text("\n")]
        if kind == "fence":
            return self._diagram(tree.content.splitlines())
        event = self._event(tree)
        target = None if event is None else self._target(event)
        made, innermost = _element(tree)
        if event is not None:
            made["classes"] += self.classes.of(event)
        innermost.extend(self._children(tree))
        if target is not None and (first := made.next_node(nodes.paragraph)) is not None:
            first.insert(0, target)
        return [made]

    def _event(self, tree: SyntaxTreeNode) -> Event | None:
        """Return the event of an item or a row, ``None`` for anything else."""
        parent = tree.parent.type if tree.parent is not None else ""
        # An item of a numbered list is a note.
        if (parent, tree.type) not in (("bullet_list", "list_item"), ("tbody", "tr")):
            return None
        return next(self.events)

    def _target(self, event: Event) -> nodes.target | None:
        """Make the anchor of an event, of which a page has one."""
        document, env = self.directive.state.document, self.directive.env
        name = _anchors(env).take(event, self.calendar)
        if name is None or name in document.ids:
            return None
        target = nodes.target("", "", ids=[name])
        document.set_id(target)
        self.names[event.id] = name
        _pages(env).events.setdefault(env.docname, {})[name] = event.summary
        return target

    def _diagram(self, lines: list[str]) -> list[nodes.Node]:
        """Let the directive `mermaid` draw a diagram, or show its text if the project has none."""
        directive = self.directive
        language: Any = directive.state_machine.language
        mermaid, _ = directives.directive("mermaid", language, directive.state.document)
        if mermaid is None:
            _LOG.warning(
                "there is no directive `mermaid`; add `sphinxcontrib.mermaid` to the extensions",
                location=directive.get_location(),
                type="timeline",
                subtype="mermaid",
            )
            text = "\n".join(lines)
            return [nodes.literal_block(text, text, language="text")]
        content = StringList(lines, directive.get_source_info()[0])
        drawn = mermaid(
            "mermaid",
            [],
            {},
            content,
            directive.lineno,
            directive.content_offset,
            directive.block_text,
            directive.state,
            directive.state_machine,
        ).run()
        return list(drawn)


_ELEMENTS: dict[str, type[nodes.Element]] = {
    "bullet_list": nodes.bullet_list,
    "em": nodes.emphasis,
    "list_item": nodes.list_item,
    "ordered_list": nodes.enumerated_list,
    "paragraph": nodes.paragraph,
    "strong": nodes.strong,
    "tbody": nodes.tbody,
    "thead": nodes.thead,
    "tr": nodes.row,
}


def _element(tree: SyntaxTreeNode) -> tuple[nodes.Element, nodes.Element]:
    """Return an element, and the one for its children: mostly the same."""
    kind = tree.type
    if kind == "table":
        columns = tree.children[0].children[0].children
        group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in columns), cols=len(columns))
        return nodes.table("", group, classes=["colwidths-auto"]), group
    if kind in ("th", "td"):
        paragraph = nodes.paragraph()
        return nodes.entry("", paragraph), paragraph
    if kind == "heading":
        made: nodes.Element = nodes.rubric()
        made[LEVEL] = int(tree.tag[1:])
    elif kind == "link":
        made = nodes.reference(refuri=tree.attrs["href"], internal=False)
    else:
        made = _ELEMENTS[kind]()
    return made, made
