"""The pixels of a PNG, by the standard library (PNG, third edition): 8 bits a channel, RGBA."""

from __future__ import annotations

import zlib
from collections import Counter

START = b"\x89PNG\r\n\x1a\n"

Pixel = tuple[int, int, int, int]


def chunks(image: bytes) -> list[tuple[bytes, bytes]]:
    """Return the kinds and the data of the chunks, of which every checksum is right."""
    assert image.startswith(START)
    parts, at = [], len(START)
    while at < len(image):
        length = int.from_bytes(image[at : at + 4], "big")
        kind, data = image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        check = image[at + 8 + length : at + 12 + length]
        assert int.from_bytes(check, "big") == zlib.crc32(kind + data)
        parts.append((kind, data))
        at += 12 + length
    return parts


def header_of(image: bytes) -> tuple[int, int]:
    """Return the width and the height that the header states (11.2.1)."""
    (header,) = [data for kind, data in chunks(image) if kind == b"IHDR"]
    assert header[8:] == bytes([8, 6, 0, 0, 0])  # RGBA, not interlaced
    return int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")


class Pixels:
    """The pixels of an image, which has a width and a height."""

    def __init__(self, image: bytes) -> None:
        parts = chunks(image)
        self.width, self.height = header_of(image)
        packed = zlib.decompress(b"".join(data for kind, data in parts if kind == b"IDAT"))
        self._rows: list[bytearray] = []
        row = bytearray(4 * self.width)
        for number in range(self.height):
            at = number * (4 * self.width + 1)
            row = _unfiltered(packed[at], packed[at + 1 : at + 1 + 4 * self.width], row)
            self._rows.append(row)

    def at(self, x: int, y: int) -> Pixel:
        row = self._rows[y]
        return (row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3])

    def colors(self) -> Counter[Pixel]:
        """Return how many pixels have each colour."""
        counts: Counter[Pixel] = Counter()
        for row in self._rows:
            counts.update(zip(*(row[part::4] for part in range(4)), strict=True))  # type: ignore[arg-type]
        return counts


def _unfiltered(kind: int, data: bytes, above: bytearray) -> bytearray:
    """Return the bytes of a row from what is written (9.2); ``above`` is the row before it."""
    row = bytearray(data)
    for at, octet in enumerate(data):
        left = row[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        match kind:
            case 0:
                return row
            case 1:
                predicted = left
            case 2:
                predicted = above[at]
            case 3:
                predicted = (left + above[at]) // 2
            case _:
                predicted = _paeth(left, above[at], corner)
        row[at] = (octet + predicted) % 256
    return row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
