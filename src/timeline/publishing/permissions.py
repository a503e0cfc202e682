"""Give a file that replaces another its permissions: mode, owner, group and access list."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import BinaryIO

_ACCESS_LIST = "system.posix_acl_access"
"""The attribute in which Linux has the access control list of a file (acl(5))."""


def keep_permissions(old: BinaryIO, new: BinaryIO) -> None:
    """Give a new file the permissions of the old one, and its owner and group if permitted.

    Bits that set the user or group are not kept: an output is not a program. What the group may do
    was for that group, or limited an access list. Without it, the group may do what all may.
    """
    if not hasattr(os, "fchown"):  # Windows
        return
    was = os.fstat(old.fileno())
    mode = stat.S_IMODE(was.st_mode) & 0o777
    is_kept = _keep_group(new.fileno(), was) and _keep_access_list(old.fileno(), new.fileno())
    os.fchmod(new.fileno(), mode if is_kept else mode & (0o707 | (mode & 0o007) << 3))


def _keep_group(new: int, was: os.stat_result) -> bool:
    """Give a file the owner and group of another if permitted; return whether it has the group."""
    for owner in (was.st_uid, -1):  # only root may change the owner, and members the group
        with suppress(OSError):
            os.fchown(new, owner, was.st_gid)
            break
    return os.fstat(new).st_gid == was.st_gid


def _keep_access_list(old: int, new: int) -> bool:
    """Give a file the access list of another, or none as there; return whether it has that."""
    if not hasattr(os, "getxattr"):  # not Linux
        return True
    try:
        access = os.getxattr(old, _ACCESS_LIST)
    except OSError:  # it has none: the folder may have given one to the new file
        with suppress(OSError):
            os.removexattr(new, _ACCESS_LIST)
        return True
    try:
        os.setxattr(new, _ACCESS_LIST, access)
    except OSError:
        return False
    return True
