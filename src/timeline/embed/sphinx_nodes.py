"""Convert the Markdown of a timeline into nodes of docutils, with the anchors of its events.

It is parsed by a separate CommonMark parser. So pages in reStructuredText work without a Markdown
parser, and extensions of MyST's syntax do not apply to the text of events. A diagram is passed to
the directive `mermaid`, if there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from timeline.embed.engines import EventClasses
from timeline.embed.sphinx_pages import LOG, anchors_of, pages_of
from timeline.embed.sphinx_sections import LEVEL

if TYPE_CHECKING:
    from sphinx.util.docutils import SphinxDirective

    from timeline.embed.view import Excerpt
    from timeline.model import Event

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


class NodeBuilder:
    """Builds the nodes of a timeline from its Markdown, which has only the syntax handled here."""

    def __init__(self, directive: SphinxDirective, excerpt: Excerpt) -> None:
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
        name = anchors_of(env).take(event, self.calendar)
        if name is None or name in document.ids:
            return None
        target = nodes.target("", "", ids=[name])
        document.set_id(target)
        self.names[event.id] = name
        pages_of(env).events.setdefault(env.docname, {})[name] = event.summary
        return target

    def _diagram(self, lines: list[str]) -> list[nodes.Node]:
        """Let the directive `mermaid` draw a diagram, or show its text if the project has none."""
        directive = self.directive
        language: Any = directive.state_machine.language
        mermaid, _ = directives.directive("mermaid", language, directive.state.document)
        if mermaid is None:
            LOG.warning(
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
