"""The plugin `timeline` of MkDocs, which adds the extension of Markdown and its style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File

from timeline.embed.engines import STYLESHEET

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_EXTENSION = "timeline"
_URI = f"assets/{STYLESHEET.name}"


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin, which has none."""


class TimelinePlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Shows timelines in the pages of a site, in the colours of their categories and states."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension, if it is not there, and the style sheet before the site's own."""
        if _EXTENSION not in config.markdown_extensions:
            config.markdown_extensions.append(_EXTENSION)
        config.extra_css.insert(0, _URI)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the style sheet to the files of the site."""
        files.append(File.generated(config, _URI, abs_src_path=str(STYLESHEET)))
        return files
