"""Validate the text of a published feed: one whole calendar in content lines (RFC 5545 3.1).

A damaged copy is rejected: one that is cut off or not text, a web page in its place, or a merge
with conflict markers.
"""

from __future__ import annotations

from timeline._lazy import regex
from timeline.diagnostics import UserError, terminal_safe

_RESTORE = (
    "restore the last good copy from version control, or start a new history with `--no-previous`"
)
_MAX_LINES = 7_000_000
"""More lines than timeline writes into 128 MiB, where 19 bytes are a short line."""
_BOM = b"\xef\xbb\xbf"
_PIECE = 2**20
_MERGE = regex(rb"(?:\A|\n)((?:<{7}|={7}|>{7}|\|{7})(?![<=>|])[^\r\n]*)")
_NOT_A_LINE = regex(rb"\n(?![A-Za-z0-9-]+(?:[;:]|\r\n[ \t])|[ \t]|\r\n|\Z)([^\r\n]*)")


class UnusableFeed(UserError):  # noqa: N818 - the name states what is wrong
    """The previous feed cannot be continued."""


class DamagedFeed(UnusableFeed):
    """The previous feed is not one whole calendar, so no stamp in it can be trusted."""

    def __init__(self, message: str, help_: str = _RESTORE) -> None:
        super().__init__(message, help_)


def normalize_feed(feed: bytes, source: str) -> bytes:
    """Return the feed with CRLF line ends.

    Raises: ``DamagedFeed`` if it is not content lines from BEGIN:VCALENDAR to END:VCALENDAR.
    """
    feed = feed.removeprefix(_BOM)
    if not feed or feed.isspace():
        raise DamagedFeed(f"`{source}` is empty, expected a calendar")
    if feed.count(b"\n") > _MAX_LINES:
        raise DamagedFeed(f"`{source}` has more than {_MAX_LINES:,} lines, expected a feed")
    _check_text(feed, source)
    if feed.count(b"\n") != feed.count(b"\r\n"):
        feed = feed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if not feed.endswith(b"\r\n"):
        feed += b"\r\n"
    malformed = _NOT_A_LINE.search(feed)
    if malformed or feed[:1] in b"<=>|":
        _check_merged(feed, source)
    _check_frame(feed, source)
    if malformed:
        number = line_number(feed, malformed.start(1))
        raise DamagedFeed(
            f"`{source}` has `{excerpt(malformed[1])}` in line {number}, expected a content line"
        )
    return feed


def _check_text(feed: bytes, source: str) -> None:
    # After a power cut, a file system that stored the length but not the data returns NULs.
    if (nul := feed.find(b"\0")) >= 0:
        raise DamagedFeed(
            f"`{source}` has a NUL byte in line {line_number(feed, nul)}, expected text"
        )
    start = 0
    while start < len(feed):
        # In pieces of whole lines: the text of all takes twice the memory of its bytes.
        end = feed.find(b"\n", start + _PIECE) + 1 or len(feed)
        try:
            feed[start:end].decode()
        except UnicodeDecodeError as error:
            number = line_number(feed, start + error.start)
            raise DamagedFeed(f"`{source}` is not UTF-8 in line {number}") from None
        start = end


def _check_merged(feed: bytes, source: str) -> None:
    """Reject the conflict markers of git; folded text begins with a space and cannot match."""
    if (marker := _MERGE.search(feed)) is not None:
        raise DamagedFeed(
            f"`{source}` has conflict markers: `{excerpt(marker[1])}` in line "
            f"{line_number(feed, marker.start(1))}",
            "keep one side, preferably the published one, and export again",
        )


def _check_frame(feed: bytes, source: str) -> None:
    if feed[:200].lstrip().startswith(b"<"):
        raise DamagedFeed(
            f"`{source}` is a web page, expected a calendar",
            "use an address that needs no login; " + _RESTORE,
        )
    first = feed[: feed.find(b"\r\n")].rstrip()
    last = feed[-200:].rstrip().rpartition(b"\n")[2]
    if first.upper() != b"BEGIN:VCALENDAR":
        raise DamagedFeed(f"`{source}` begins with `{excerpt(first)}`, expected `BEGIN:VCALENDAR`")
    if last.upper() != b"END:VCALENDAR":
        raise DamagedFeed(
            f"`{source}` is cut off: it ends with `{excerpt(last)}`, expected `END:VCALENDAR`"
        )


def line_number(feed: bytes, position: int) -> int:
    """Return the number of the line that contains a position, from 1."""
    return feed.count(b"\n", 0, position) + 1


def excerpt(text: bytes, width: int = 40) -> str:
    """Return a piece of a feed for a message: short and terminal-safe."""
    line = terminal_safe(text.decode("utf-8", "replace"))
    return line if len(line) <= width else line[: width - 1] + "…"
