"""Merge the categories of included files, and check what the schema does not see of such a file.

The schema sees the merged data: what the main file may not have, or has too, is lost there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.diagnostics import VERY_SIMILAR, Diagnostic, Note, On, nearest, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.source.source_file import SourceFile

INCLUDED_KEYS = ("events", "include", "categories", "defaults")
"""The keys of an included file, besides those that begin with ``x-``."""

_SHAPES = (
    ("events", list, "a list", "begin every event with `- `"),
    ("categories", dict, "keys and values", "write a key for each category, such as `rally: {}`"),
)


def check_included(file: SourceFile, root: str) -> Iterator[Diagnostic]:
    """Yield what is wrong at the top of an included file, and make empty what cannot be merged.

    ``root`` is the name of the main file.
    """
    for key in file.data:
        if key not in INCLUDED_KEYS and not key.startswith("x-"):
            listed = ", ".join(f"`{known}`" for known in INCLUDED_KEYS)
            near = nearest(key, INCLUDED_KEYS, VERY_SIMILAR)
            yield Diagnostic(
                rules.INCLUDED_KEY,
                f"an included file can have {listed} and `x-…` only, not `{key}`",
                file.locate((key,), On.KEY, None),
                help=f"did you mean `{near}`?" if near else f"move it to `{root}`",
            )
    for key, kind, what, help_ in _SHAPES:
        value = file.data.get(key, kind())
        if isinstance(value, kind):
            continue
        file.data[key] = kind()
        if value is not None:  # an empty value has been reported
            at = file.locate((key,), On.KEY, None)
            yield Diagnostic(rules.INCLUDE_SHAPE, f"`{key}` is not {what}", at, help=help_)


def merge_categories(
    files: Sequence[SourceFile],
) -> tuple[dict[str, Any], dict[str, SourceFile], list[Diagnostic]]:
    """Return the categories of all files, the files of those that are not the root's, and errors.

    The files are the root and those that it includes. Where the root's categories are not keys and
    values, which the schema reports, there are none.
    """
    root, *included = files
    owners: dict[str, SourceFile] = {}
    diagnostics: list[Diagnostic] = []
    merged = root.data.get("categories", {})
    if not isinstance(merged, dict):
        return {}, owners, diagnostics
    merged = dict(merged)
    for file in included:
        for name, category in file.data.get("categories", {}).items():
            if name not in merged:
                merged[name], owners[name] = category, file
                continue
            first = owners.get(name, root).locate(("categories", name), On.KEY, None)
            diagnostics.append(
                Diagnostic(
                    rules.DUPLICATE_KEY,
                    f"another file has the category `{name}`, too",
                    file.locate(("categories", name), On.KEY, None),
                    help="keep one of them: a category applies to the events of all files",
                    notes=(Note("first used here", first),),
                )
            )
    return merged, owners, diagnostics
