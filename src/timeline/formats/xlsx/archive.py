"""The archive of a workbook: it has the same bytes on every machine, and we recognise it.

The parts are stored without compression, because different versions of zlib compress to different
bytes. Git compresses what is committed, and finds what two versions have in common.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

if TYPE_CHECKING:
    from typing import BinaryIO

CREATOR = "timeline"
"""The author of every workbook."""

_PROPERTIES = "docProps/core.xml"
"""The part with the author; it is the first one, so that it is found without reading others."""

_MODIFIED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can state."""

_UNIX = 3
"""The system that is stated as the archive's, on all systems."""

_SIGNATURE = b"PK\3\4"
_NAME_AT = 30
_HEAD = 2048


def stored(archive: BytesIO) -> bytes:
    """Return an archive whose parts are not compressed, the properties first."""
    content = BytesIO()
    with ZipFile(archive) as source, ZipFile(content, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: name != _PROPERTIES):
            part = ZipInfo(name, _MODIFIED)
            part.create_system = _UNIX
            target.writestr(part, source.read(name))
    return content.getvalue()


def is_ours(file: BinaryIO) -> bool:
    """Return whether the first part of an archive is the properties, with timeline as the author.

    A spreadsheet that saves a workbook compresses this part: what people have edited is theirs.
    """
    file.seek(0)
    head = file.read(_HEAD)
    is_first = head.startswith(_PROPERTIES.encode(), _NAME_AT)
    author = f"<dc:creator>{CREATOR}</dc:creator>".encode()
    return head.startswith(_SIGNATURE) and is_first and author in head
