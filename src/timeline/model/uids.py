"""The UIDs of the VEVENTs of an event: its own, and those with a suffix."""

from __future__ import annotations

END_SUFFIX = ".end"
"""The UID suffix of the VEVENT for the last day of a long span that is shown by its endpoints."""


def suffixed_uid(uid: str, suffix: str) -> str:
    """Return the UID with a suffix before the ``@``, or at the end where it has none."""
    if not suffix:
        return uid
    name, at, domain = uid.rpartition("@")
    return f"{name}{suffix}{at}{domain}" if at else uid + suffix
