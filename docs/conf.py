"""The documentation site: ``sphinx-build -W -n --keep-going docs build/site``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils.nodes import inline
from pygments.lexers.special import TextLexer
from sphinx.addnodes import pending_xref

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

project = "timeline"
html_title = "timeline"
extensions = ["myst_parser", "timeline.sphinx"]
exclude_patterns = ["examples"]
templates_path = ["templates"]
myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]  # examples of what is wrong are not valid YAML
nitpicky = True

html_theme = "furo"
html_theme_options = {
    "light_css_variables": {
        "font-stack": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
        "color-brand-primary": "#1d63b8",
        "color-brand-content": "#1d63b8",
    },
    "dark_css_variables": {"color-brand-primary": "#7db4ff", "color-brand-content": "#7db4ff"},
}
html_static_path = ["pictures/hero.svg", "pictures/hero-narrow.svg", "site.css"]
html_css_files = ["site.css"]
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False

_PAGES_OF_THE_ROOT = {"README": "index", "CHANGELOG": "changelog"}


def _link_within_the_site(app: Sphinx, doctree: document) -> None:
    """Lead links to documents of the root folder to pages here, and take out other links.

    The pages are also read in the repository, where they link to folders and to documents that the
    site does not have.
    """
    for reference in list(doctree.findall(pending_xref)):
        if reference["reftype"] != "myst":
            continue
        target = reference["reftarget"]
        if reference["refdomain"] == "doc" and target not in app.env.found_docs:
            page = _PAGES_OF_THE_ROOT.get(target.rpartition("/")[2])
        elif (app.srcdir / target).is_dir():
            page = None
        else:
            continue
        if page is None:
            reference.replace_self(inline("", "", *reference.children[0].children))
        else:
            reference["reftarget"], reference["reftargetid"] = page, None


def setup(app: Sphinx) -> None:
    """Register what the pages need beside the extensions."""
    app.add_lexer("mermaid", TextLexer)  # shown as text: drawing it needs a script of another host
    app.connect("doctree-read", _link_within_the_site)
