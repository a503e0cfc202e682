"""Parse colours: the names of CSS3."""

from __future__ import annotations

from functools import lru_cache

from timeline.diagnostics import Refusal, cited, nearest, rules


@lru_cache(maxsize=256)
def color(value: str) -> str:
    """Parse a CSS3 colour name (RFC 7986 5.9)."""
    import webcolors  # noqa: PLC0415 - most files have no colour

    known = webcolors.names("css3")
    if value in known:
        return value
    near = _nearest_color(value) if value[:1] == "#" else nearest(value.replace(" ", ""), known)
    raise Refusal(
        rules.UNKNOWN_COLOR,
        f"{cited(value)} is not the name of a colour",
        f"did you mean `{near}`?" if near else "write a CSS3 name such as `darkorange`",
    )


def _nearest_color(value: str) -> str | None:
    import webcolors  # noqa: PLC0415 - as above

    try:
        wanted = webcolors.hex_to_rgb(value)
    except ValueError:
        return None

    def distance(name: str) -> int:
        return sum((a - b) ** 2 for a, b in zip(wanted, webcolors.name_to_rgb(name), strict=True))

    return str(min(sorted(webcolors.names("css3")), key=distance))
