"""Answer an editor about an events file while it is written: the language server."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.editor.server import serve as serve
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(__name__, {"server": "serve"})
