"""From bytes to YAML data in which every value has its place."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.source.document import Document as Document
    from timeline.source.document import document_of_text as document_of_text
    from timeline.source.files import Unreadable as Unreadable
    from timeline.source.files import open_file_or_pipe as open_file_or_pipe
    from timeline.source.files import read_stdin as read_stdin
    from timeline.source.hints import OTHER_SPACE as OTHER_SPACE
    from timeline.source.hints import what_to_write as what_to_write
    from timeline.source.includes import read_document as read_document
    from timeline.source.quoting import quoted as quoted
    from timeline.source.source_file import Scalar as Scalar
    from timeline.source.text import Text as Text
    from timeline.source.text import decode as decode
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "document": "Document document_of_text",
            "files": "Unreadable open_file_or_pipe read_stdin",
            "hints": "OTHER_SPACE what_to_write",
            "includes": "read_document",
            "quoting": "quoted",
            "source_file": "Scalar",
            "text": "Text decode",
        },
    )
