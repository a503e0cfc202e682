"""Keep what Sphinx knows of the timelines of each page: the events to link to, and diagnostics.

A domain stores both, because Sphinx keeps the data of a domain between builds and merges it from
parallel processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.addnodes import pending_xref
from sphinx.domains import Domain
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.logging import getLogger

from timeline.diagnostics import format_location, locate_all
from timeline.embed.engines import EventAnchors, warning_text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from timeline.compiler import Loaded
    from timeline.diagnostics import Diagnostic

LOG = getLogger("timeline")


def anchors_of(env: BuildEnvironment) -> EventAnchors:
    """Return the anchors of the page that is read."""
    of_page: Any = env.temp_data
    anchors: EventAnchors = of_page.setdefault("timeline-anchors", EventAnchors())
    return anchors


class Pages(Domain):
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
        """Forget a page, which is read again."""
        self.events.pop(docname, None)
        self.diagnostics.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        for kind in self.initial_data:
            of_pages = otherdata[kind]
            self.data[kind].update({name: of_pages[name] for name in docnames & of_pages.keys()})

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        """Return nothing: a reference of any role finds the labels."""
        return []  # events have labels, which are the standard domain's


def pages_of(env: BuildEnvironment) -> Pages:
    """Return the events and the diagnostics of all pages."""
    return cast("Pages", env.get_domain(Pages.name))


def conclude(_: Sphinx, env: BuildEnvironment) -> None:
    """Label the events and report the diagnostics, once all pages are read or known from before.

    A label leads to the first page by name, whichever was read first. A label that an author has
    set is left alone. A build that failed must fail again, though no file changed.
    """
    pages, labels = pages_of(env), env.domains.standard_domain
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
        LOG.warning("%s", message, location=where or None, type="timeline", subtype=code)


class OwnFirst(SphinxPostTransform):
    """Keeps a link to an event within its page, if that shows the event."""

    default_priority = 8  # before MyST's 9 and Sphinx's 10 look up the label

    def run(self, **_: Any) -> None:
        """Resolve the links to events that their own page shows."""
        labels = self.env.domains.standard_domain
        for node in list(self.document.findall(pending_xref)):
            page, name = node.get("refdoc", self.env.docname), node["reftarget"]
            title = pages_of(self.env).events.get(page, {}).get(name)
            known, _place = labels.anonlabels.get(name, ("", ""))
            is_ours = name in pages_of(self.env).events.get(known, ())
            if title is None or not is_ours or node["reftype"] not in ("ref", "any", "myst"):
                continue
            link = labels.build_reference_node(page, self.app.builder, page, name, title, "ref")
            if node["refexplicit"]:
                words = cast("nodes.Element", link[0])
                words.clear()
                words += cast("nodes.Element", node[0]).deepcopy().children
            node.replace_self(link)


def record(env: BuildEnvironment, diagnostic: Diagnostic, where: str) -> None:
    """Keep a diagnostic of the page that is read; ``where`` is its place."""
    of_page = pages_of(env).diagnostics.setdefault(env.docname, [])
    of_page.append((where, diagnostic.code, warning_text(diagnostic)))


def record_file(env: BuildEnvironment, loaded: Loaded) -> None:
    """Keep the diagnostics of an events file for the page that is read, which depends on it."""
    for name in loaded.document.names:
        env.note_dependency(name)
    for diagnostic, span, _ in locate_all(loaded.diagnostics, loaded.document):
        record(env, diagnostic, format_location(span))
