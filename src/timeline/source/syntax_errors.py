"""What YAML's grammar does not take, in words that say what to type.

libyaml says "mapping values are not allowed in this context" of ``summary: Rally: the finale``.
`_RULES` maps what it says to what the author most likely did. A message of libyaml's own is
never shown: what the table does not know is "YAML cannot be read from here".
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from yaml import MarkedYAMLError

from timeline._lazy import regex
from timeline._records import dataclass
from timeline.diagnostics import rules
from timeline.diagnostics.model import Diagnostic, Note, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import YAMLError
    from yaml.events import ScalarEvent

    from timeline.source.text import Text

# The start of a line up to a plain key's value: indentation, dashes, `key: `.
_ENTRY = regex(r"[ ]*(?:-[ ]+)*([^\s#'\"\[\]{}&*!|>%@`?,:-][^:#\r\n]*?)[ ]*:[ ]+(?=[^\s#])")
_DASHES = regex(r"[ ]*(?:-[ ]+)+")
_KEY_WITHOUT_SPACE = regex(r"[ ]*(?:-[ ]+)*([\w.-]+):([^\s:/][^\r\n]*)")
_KNOWN_WITHOUT_COLON = regex(r"([a-z-]+)[ \t]*[ \t=][ \t]*([^\s=].*)", re.ASCII)
_COMMENT = regex(r"[ \t]+#(?:[ \t].*)?$")
_COMMENT_WITH_MORE = regex(r"[ \t]+(#[^\s,\[\]{}]*[,\]}].*)")
_KEY_BEFORE = regex(r"[\w-]+: *\Z")
_DOUBLE_QUOTED = regex(r'"([^"\r\n]*)"')
_QUOTED_ITEMS = regex(r"""(['"])[^'"]*\1(?:, ?\1[^'"]*\1)+""")
_FLOW_QUOTED = regex(r"""(['"]).*?\1(?=[ \t]*(?:[,\]}]|$))""")
_QUOTED = regex(r"""'[^']*'|"[^"]*\"""")
_OPENING = regex(r"[\[{]")
_CLOSING = regex(r"[\]}]")
_ITEM = regex(r"[^,\[\]{}\r\n]*")
_APOSTROPHE = regex(r"'\w+'\w")
_CONFLICT = regex(r"^(<{7}|={7}|>{7})(?:[ \t].*)?$", re.MULTILINE)
_SHOWN = 120
_LOOKED_AT = 10_000
_BULLET = regex(
    "[ ]*([-*+\N{BULLET}\N{MIDDLE DOT}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}])"
    r"(?:(?<!-)[ ]+|(?<=-))([a-z][a-z-]*:[ ][^\r\n]*)"
)
_SPACE = regex(r"([^\S\t\r\n]+)[\w-]")
_LISTS = frozenset({"alarms", "categories", "exdate", "include", "rdate", "renamed-from"})
_AND = regex(r"(?:,|and\b|&)\s*")
_KEYS = frozenset(
    {
        *("calendar", "categories", "color", "description", "duration", "end", "events", "feeds"),
        *("format", "id", "include", "language", "location", "name", "organizer", "sources"),
        *("start", "status", "summary", "timezone", "title", "url", "was"),
    }
)
"""Keys that are offered for a line that begins with the word and has no colon."""

_NEEDED = {
    "calendar": "write its `id` and its `name` below it",
    "end": "write `TBC` if the date is not known yet",
    "events": "write the events below it, each begun with `- id:`",
    "id": "write a short name such as `dakar-2025`",
    "name": "write the name",
    "start": "write `TBC` if the date is not known yet",
    "summary": "write the title",
}

_BACKSLASHED = regex(r"\\(?:[xuU][0-9A-Fa-f]*|[^\s\"]?)")
_WORD = regex(r"[^\s:#]*")


def what_to_write(key: str | int | None) -> str | None:
    """Say what to write where nothing stands for a key that is not to be left out."""
    return _NEEDED.get(key) if isinstance(key, str) else None


def quoted(value: str) -> str:
    """Return a text in YAML quotes; single ones where double ones would need escapes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def in_quotes(text: Text, start: int, *, keep_comment: bool = False, is_flow: bool = False) -> str:
    """Return the line of ``start`` as it is to be typed: the text that begins there in quotes.

    It goes on to the end of the line, within brackets (``is_flow``, or brackets of this line) to
    that of the item. Of a long line the beginning will do: who reads it has the line above it.
    """
    line, line_end = text.line_start(start), text.line_end(start)
    before = text.clean[line:start].lstrip() if start - line < _SHOWN else "… "
    end = line_end
    if is_flow or _in_brackets(text, start):
        end = flow_end(text, start)
    value = text.clean[start : min(end, start + _SHOWN)]
    after = text.clean[end : min(line_end, end + _SHOWN)].rstrip()
    if end - start > _SHOWN:
        value += "…"
    elif not keep_comment:
        value = _COMMENT.sub("", value)
    return before + quoted(value.rstrip()) + after


def flow_end(text: Text, start: int) -> int:
    """Return where a text that begins within brackets ends: at a ``,``, a bracket or the line."""
    end = text.line_end(start)
    found = _FLOW_QUOTED.match(text.clean, start, min(end, start + _LOOKED_AT))
    found = found or _ITEM.match(text.clean, start, end)
    assert found is not None  # noqa: S101 - an empty item matches
    return start + len(found.group().rstrip())


def _in_brackets(text: Text, start: int) -> bool:
    """Say whether a bracket that opens on this line is still open at ``start``."""
    line = text.line_start(start)
    before = text.clean[line : min(start, line + _LOOKED_AT)]
    entry = _ENTRY.match(text.clean, line, line + 2000) or _DASHES.match(text.clean, line)
    begins = before[entry.end() - line :] if entry else before.lstrip()
    if not begins.startswith(("[", "{")):
        return False
    bare = _QUOTED.sub("", begins)
    return len(_OPENING.findall(bare)) > len(_CLOSING.findall(bare))


def _entry(text: Text, line: int) -> re.Match[str] | None:
    # YAML's own bound on a key, 1,024 characters, keeps a line of a million blanks cheap.
    return _ENTRY.match(text.clean, line, line + 2000)


def syntax_error(
    text: Text, problem: YAMLError, last: ScalarEvent | None, opened: int | None
) -> Diagnostic:
    """Turn an error of libyaml into a diagnostic.

    ``last`` is the last scalar that it read, ``opened`` the index of the bracket it is inside of.
    """
    if not isinstance(problem, MarkedYAMLError) or problem.problem_mark is None:
        return _unknown(_Failure(text, 0, 0, None, None))
    at = _index(text, problem.problem_mark)
    start = at if problem.context_mark is None else _index(text, problem.context_mark)
    if (conflict := _conflict(text, at)) is not None:
        return conflict
    failure = _Failure(text, at, start, last, opened)
    for line in (text.line_start(at), _line_above(text, text.line_start(at))):
        if line is not None and (found := _bullet(text, line) or _other_space(text, line)):
            return found
    said = f"{problem.context or ''}: {problem.problem or ''}"
    for pattern, explain in _RULES:
        if re.search(pattern, said):
            return explain(failure)
    return _unknown(failure)


def _bullet(text: Text, line: int) -> Diagnostic | None:
    """Explain ``-id: gala``, ``\u2013 id: gala`` and the like, which begin no item of a list."""
    found = _BULLET.match(text.clean, line, line + 2000)
    if found is None:
        return None
    sign, entry = found.groups()
    help_ = f"write `- {entry.rstrip()}`"
    at = text.span(found.start(1), found.start(2) + len(entry.rstrip()))
    if sign == "-":
        return Diagnostic(rules.MISSING_SPACE, "no space follows this `-`", at, help=help_)
    return Diagnostic(
        rules.WRONG_TYPE, f"`{sign}` does not begin an item of a list", at, help=help_
    )


OTHER_SPACE = "use spaces; this is a no-break space or the like, which a copied text brings along"
"""What to do about the spaces that are no indentation, and look as if they were."""


def _other_space(text: Text, line: int) -> Diagnostic | None:
    found = _SPACE.match(text.clean, line, line + 2000)
    if found is None or not found.group(1).strip(" "):
        return None
    message = "this line begins with another space than that of the keyboard"
    return Diagnostic(rules.INDENTATION, message, text.span(*found.span(1)), help=OTHER_SPACE)


def _conflict(text: Text, at: int) -> Diagnostic | None:
    """Explain what git leaves where two people changed the same lines."""
    lines = list(islice(_CONFLICT.finditer(text.clean), 4))
    if not lines or lines[0].start() > text.line_end(min(at, len(text.clean))):
        return None
    notes = {"=": "the other side begins here", ">": "and ends here"}
    return Diagnostic(
        rules.MERGE_CONFLICT,
        "git could not merge these lines, and has left both sides here",
        text.span(*lines[0].span()),
        help="keep one side, or what is right of both, and delete the lines that begin with "
        "`<<<<<<<`, `=======` and `>>>>>>>`",
        notes=tuple(
            Note(said, text.span(*line.span()))
            for line in lines[1:3]
            if (said := notes.get(line.group(1)[0]))
        ),
    )


@dataclass(frozen=True, slots=True)
class _Failure:
    """Where libyaml gave up (``at``) and where what it was reading began (``start``): indices."""

    text: Text
    at: int
    start: int
    last: ScalarEvent | None
    opened: int | None

    @property
    def character(self) -> str:
        return self.text.clean[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """What stands on the line before ``at``."""
        return self.text.clean[self.text.line_start(self.at) : self.at]

    @property
    def rest_text(self) -> str:
        """What stands on the line from ``at`` on."""
        return self.text.clean[self.at : self.text.line_end(self.at)].strip()

    @property
    def rest(self) -> Span:
        """From ``at`` to the end of its line; at the end of the file, its last character."""
        clean = self.text.clean
        at = self.at if self.at < len(clean) else max(len(clean.rstrip()) - 1, 0)
        end = self.text.line_end(at)
        return self.text.span(at, at + len(clean[at:end].rstrip()))

    def is_flow(self, start: int) -> bool:
        """Whether brackets are open at ``start``."""
        return self.opened is not None or _in_brackets(self.text, start)

    def to_line_end(self, start: int) -> Span:
        end = self.text.line_end(start)
        return self.text.span(start, start + len(self.text.clean[start:end].rstrip()))


def _index(text: Text, mark: Any) -> int:
    # A mark after the last line break has a line that only an editor would count.
    line = min(mark.line, len(text.starts) - 1)
    return int(min(text.starts[line] + mark.column, len(text.clean)))


def _unknown(failure: _Failure) -> Diagnostic:
    return Diagnostic(
        rules.YAML_SYNTAX,
        "from here on this is not YAML",
        failure.rest,
        help="check quotes, brackets and indentation here and on the line above",
    )


def _quotes(failure: _Failure, start: int, message: str) -> Diagnostic:
    text, is_flow = failure.text, failure.is_flow(start)
    end = flow_end(text, start) if is_flow else start
    return Diagnostic(
        rules.UNQUOTED_TEXT,
        message,
        # A bracket may be all that begins there.
        text.span(start, end) if end > start else failure.to_line_end(start),
        help=f"put the text in quotes: `{in_quotes(text, start, is_flow=is_flow)}`",
    )


def _colon(failure: _Failure) -> Diagnostic:
    """Explain a second ``: `` on a line, or a first one where a text was going on."""
    text, at = failure.text, failure.at
    line = text.line_start(at)
    entry = _entry(text, line)
    if entry and entry.end() <= at:
        return _quotes(failure, entry.end(), "a text that holds `: ` needs quotes")
    above = _line_above(text, line)
    if above is None:
        return _unknown(failure)
    here = len(failure.before) - len(failure.before.lstrip())
    if (glued := _glued(failure, above)) is not None:
        return glued
    item = replace(failure, at=line + here)
    if (columns := _dashes_above(item)) is not None:
        notes = (Note("the line above it", failure.to_line_end(above)),)
        return _not_in_line(item, columns, notes)
    if entry := _entry(text, above):
        return Diagnostic(
            rules.INDENTATION,
            f"`{failure.before.strip()}` is further right than the key above it",
            text.span(line + here, at),
            help=f"begin it in column {text.place(entry.start(1))[1]}",
            notes=(Note("the key above it", text.span(*entry.span(1))),),
        )
    return _colon_missing(failure, above)


def _glued(failure: _Failure, line: int) -> Diagnostic | None:
    found = _KEY_WITHOUT_SPACE.match(failure.text.clean, line, line + 2000)
    if found is None:
        return None
    end = found.end() - len(found.group()) + len(found.group().rstrip())
    return _missing_space(failure.text.span(found.start(1), end), *found.groups())


def missing_space(text: Text, start: int, end: int, written: str) -> Diagnostic | None:
    """Say of ``id:gala``, which stands where a key does, that a space was meant to part it."""
    found = _KEY_WITHOUT_SPACE.fullmatch(written)
    if found is None or not written[0].isalpha():
        return None
    return _missing_space(text.span(start, end), *found.groups())


def _missing_space(at: Span, key: str, value: str) -> Diagnostic:
    message = f"no space follows the `:` of `{key}`"
    return Diagnostic(rules.MISSING_SPACE, message, at, help=f"write `{key}: {value.rstrip()}`")


def _line_above(text: Text, index: int) -> int | None:
    """Return where the nearest line above begins that is neither blank nor a comment."""
    number = text.place(index)[0] - 1
    while number > 0:
        start = text.starts[number - 1]
        line = text.clean[start : text.line_end(start)].strip()
        if line and not line.startswith("#"):
            return start
        number -= 1
    return None


def _no_colon(failure: _Failure) -> Diagnostic:
    return _colon_missing(failure, failure.start)


def _colon_missing(failure: _Failure, start: int) -> Diagnostic:
    clean = failure.text.clean
    if (glued := _glued(failure, start)) is not None:
        return glued
    line = clean[start : min(failure.text.line_end(start), start + 2000)]
    start += len(line) - len(line.lstrip())
    line = _COMMENT.sub("", line).strip()
    known = _KNOWN_WITHOUT_COLON.fullmatch(line)
    pair = f"{known[1]}: {known[2]}" if known and known[1] in _KEYS else "key: value"
    return Diagnostic(
        rules.MISSING_COLON,
        f"`{line}` is no key: no `: ` follows",
        failure.to_line_end(start),
        help=f"write `{pair}`, or indent the line if it continues the text above",
    )


def _start_of_text(failure: _Failure) -> Diagnostic:
    """Explain a character that no plain text can begin with."""
    if failure.character == "\t":
        return _tab(failure)
    if failure.character == "`" and failure.rest_text.startswith("```"):
        message = "a line of ``` is of Markdown, not of an events file"
        return Diagnostic(rules.YAML_SYNTAX, message, failure.rest, help="delete it")
    entry = _entry(failure.text, failure.text.line_start(failure.at))
    if entry and entry[1] in ("start", "end") and failure.rest_text == "?":
        message = "a text that begins with `?` needs quotes, and this is no date"
        return Diagnostic(
            rules.UNQUOTED_TEXT, message, failure.rest, help=f"write `{entry[1]}: TBC`"
        )
    return _quotes(
        failure, failure.at, f"a text that begins with `{failure.character}` needs quotes"
    )


def _reference(failure: _Failure) -> Diagnostic:
    sign = failure.text.clean[failure.start]
    return _quotes(failure, failure.start, f"a text that begins with `{sign}` needs quotes")


def _tab(failure: _Failure) -> Diagnostic:
    return tab_indentation(failure.text, failure.at)


def tab_indentation(text: Text, index: int) -> Diagnostic:
    """Say that the character at ``index`` is a tab where YAML wants spaces."""
    return Diagnostic(
        rules.TAB_INDENTATION,
        "a tab is not indentation",
        text.span(index, index + 1),
        help="use spaces; most editors have a setting to type them for the tab key",
    )


def _block_header(failure: _Failure) -> Diagnostic:
    sign = failure.text.clean[failure.start]
    return _quotes(
        failure,
        failure.start,
        f"`{sign}` begins a text on the lines below, so nothing may follow it on its own line",
    )


def _open_quote(failure: _Failure) -> Diagnostic:
    return unclosed_quote(failure.text, failure.start)


def unclosed_quote(text: Text, start: int) -> Diagnostic:
    """Say that the quote at ``start`` has no other half where it should."""
    quote = text.clean[start]
    return Diagnostic(
        rules.UNCLOSED_QUOTE,
        f"the quote `{quote}` that opens here is not closed",
        text.span(start, start + 1),
        help=f"write `{quote}` at the end of the text; inside it, write "
        + ("`''`" if quote == "'" else '`\\"`')
        + " for a quote",
    )


def _escape(failure: _Failure) -> Diagnostic:
    clean = failure.text.clean
    start = clean.rfind("\\", failure.start, failure.at + 1)
    known = _BACKSLASHED.match(clean, start)
    end = known.end() if known else start + 1
    return Diagnostic(
        rules.ESCAPE,
        f"`{clean[start:end]}` stands for no character",
        failure.text.span(start, end),
        help=f"put the text in single quotes{_in_single_quotes(failure)}, or write `\\\\` for a "
        "backslash",
    )


def _in_single_quotes(failure: _Failure) -> str:
    """Give the text of a line with single quotes round it, if it is all there."""
    found = _DOUBLE_QUOTED.match(failure.text.clean, failure.start, failure.start + _SHOWN)
    return f": `'{found[1]}'`" if found and "'" not in found[1] else ""


def _bracket(failure: _Failure) -> Diagnostic:
    """Explain a ``[`` or ``{`` that something else than its other half follows."""
    if (commented := _commented_out(failure)) is not None:
        return commented
    if (unquoted := _unquoted_item(failure)) is not None:
        return unquoted
    clean = failure.text.clean
    sign = clean[failure.start]
    closing = "]" if sign == "[" else "}"
    return Diagnostic(
        rules.UNCLOSED_BRACKET,
        f"the `{sign}` that opens here is not closed",
        failure.text.span(failure.start, failure.start + 1),
        help=f"write `{closing}` at its end, a `,` between its items, and quotes around a text "
        "with any of `[]{},`",
        notes=(Note(f"a `,` or `{closing}` was expected here", failure.rest),),
    )


def _unquoted_item(failure: _Failure) -> Diagnostic | None:
    """Explain ``{summary: Rally: final}`` and ``{summary: "He said "hi" to us"}``."""
    text, last, at = failure.text, failure.last, failure.at
    if last is None or last.style in ("|", ">"):
        return None
    start, end = _marks(text, last)
    is_one_line = text.place(start)[0] == text.place(at)[0]
    if start < failure.start or start == end or not is_one_line or text.clean[end:at].strip():
        return None
    if not last.style and failure.character == ":":
        if text.clean[failure.start] == "[":  # where `a: b` is an item
            start = max(text.clean.rfind(sign, failure.start, start) for sign in "[,") + 1
            start += len(text.clean[start:end]) - len(text.clean[start:end].lstrip())
        return _quotes(failure, start, "a text that holds `: ` needs quotes")
    if not last.style or not failure.character.strip() or failure.character in "{}[],:":
        return None
    stop = flow_end(text, start)
    quote, value = last.style, text.clean[start:stop]
    # "He said "hi" to us" is all in quotes, "Bisha" (Asir) is not.
    value = value[1:-1] if value.endswith(quote) and len(value) > 1 else value
    line = text.clean[text.line_start(start) : start].lstrip()
    rest = text.clean[stop : text.line_end(start)].rstrip()
    return Diagnostic(
        rules.TEXT_AFTER_VALUE,
        f"text follows the closing quote `{quote}`",
        text.span(at, max(stop, at + 1)),
        help=f"put the whole in quotes: `{line}{quoted(value)}{rest}`",
    )


def _commented_out(failure: _Failure) -> Diagnostic | None:
    """Explain ``{summary: Stage #1}``, where the comment takes the bracket with it."""
    text, last = failure.text, failure.last
    if last is None or last.style:
        return None
    start, end = _marks(text, last)
    comment = _COMMENT_WITH_MORE.match(text.clean, end, text.line_end(end))
    whole = _ITEM.match(text.clean, start, text.line_end(end))
    if comment is None or whole is None or start < failure.start:
        return None
    word = comment.group(1).split()[0].rstrip(",]}")
    key = _KEY_BEFORE.search(text.clean, failure.start, start)
    return Diagnostic(
        rules.UNCLOSED_BRACKET,
        f"`{word}` begins a comment, and all behind it on this line is part of that",
        text.span(*comment.span(1)),
        help=f"put the text in quotes: `{key[0] if key else ''}{quoted(whole[0].rstrip())}`",
        notes=(Note("the bracket that is open", text.span(failure.start, failure.start + 1)),),
    )


def _block_mapping(failure: _Failure) -> Diagnostic:
    """Explain what stands where the next key of a mapping was expected."""
    text, last, before = failure.text, failure.last, failure.before.strip()
    # A quote that closes where another was to open: the text spans lines, and more follows it.
    if last is not None and last.style in ("'", '"'):
        start, end = _marks(text, last)
        if text.place(start)[0] < text.place(end)[0] == text.place(failure.at)[0]:
            return unclosed_quote(text, start)
    if before.strip("- "):
        return _after_value(failure)
    if failure.character == ":":
        return _no_key(failure)
    if last is not None and last.style in ("|", ">") and not last.value.strip():
        return Diagnostic(
            rules.INDENTATION,
            "this line is further left than the blank line above it",
            failure.rest,
            help="delete the spaces of the blank line",
        )
    return _misplaced(failure)


def _no_key(failure: _Failure) -> Diagnostic:
    return empty_key(failure.text, failure.at)


def empty_key(text: Text, start: int) -> Diagnostic:
    """Say that the ``:`` at ``start`` is the first on its line, or in its mapping."""
    rest = text.clean[start : text.line_end(start)].rstrip()
    return Diagnostic(
        rules.EMPTY_KEY,
        "no key stands before this `:`",
        text.span(start, start + len(rest)),
        help="write the key before it, such as `location: Bisha`; if it is text, put it in quotes",
    )


def _misplaced(failure: _Failure) -> Diagnostic:
    """Explain a line that begins in no column where one may begin."""
    text = failure.text
    here, outer = text.place(failure.at)[1], text.place(failure.start)[1]
    notes = (Note("the mapping above it", failure.to_line_end(failure.start)),)
    if here == outer:
        return Diagnostic(
            rules.INDENTATION,
            "an item of a list stands among the keys of a mapping",
            failure.rest,
            help="indent it further than the key that the list belongs to",
            notes=notes,
        )
    if (columns := _dashes_above(failure)) is not None:
        return _not_in_line(failure, columns, notes)
    columns = {outer}
    if (above := _line_above(text, text.line_start(failure.at))) is not None:
        line = text.clean[above : text.line_end(above)]
        columns.add(len(line) - len(line.lstrip()) + 1)
        if (entry := _entry(text, above)) is not None:
            columns.add(text.place(entry.start(1))[1])
    return _not_in_line(failure, columns - {here}, notes)


def _dashes_above(failure: _Failure) -> set[int] | None:
    """Give the nearest columns of the lists that an item may belong to; ``None`` if it is none."""
    text = failure.text
    if text.clean[failure.at : failure.at + 2] != "- ":
        return None
    here, columns = text.place(failure.at)[1], set[int]()
    innermost, above = here + _SHOWN, _line_above(text, text.line_start(failure.at))
    for _ in range(_LOOKED_AT):
        if above is None or innermost == 1:
            break
        line = text.clean[above : min(text.line_end(above), above + _SHOWN)]
        column = len(line) - len(line.lstrip()) + 1
        if column < innermost:  # further right is a list that has ended
            innermost = column
            if line.lstrip().startswith("- "):
                columns.add(column)
        above = _line_above(text, above)
    near = min((abs(column - here) for column in columns), default=0)
    return {column for column in columns if abs(column - here) == near} or None


def _not_in_line(failure: _Failure, columns: set[int], notes: tuple[Note, ...]) -> Diagnostic:
    here = failure.text.place(failure.at)[1]
    choice = " or ".join(str(column) for column in sorted(columns, reverse=True))
    return Diagnostic(
        rules.INDENTATION,
        f"this line begins in column {here}, where nothing above it begins",
        failure.rest,
        help=f"begin it in column {choice}",
        notes=notes,
    )


def _marks(text: Text, event: ScalarEvent) -> tuple[int, int]:
    start = _index(text, event.start_mark)
    end = _index(text, event.end_mark)
    # A quoted text that has an anchor starts at the anchor.
    return text.clean.find(event.style or "", start), end


def _after_value(failure: _Failure) -> Diagnostic:
    """Explain text after a closing quote or bracket."""
    text = failure.text
    line = text.line_start(failure.at)
    entry = _entry(text, line) or _DASHES.match(text.clean, line)
    closing = failure.before.rstrip()[-1]
    if entry is None or entry.end() > failure.at or closing not in "'\"]}":
        return _unknown(failure)
    what = "quote" if closing in "'\"" else "bracket"
    value = text.clean[entry.end() : text.line_end(failure.at)].rstrip()
    key = entry[1] if entry.re.groups else ""  # of dashes alone there is none
    if key in _LISTS and what == "bracket" and value[0] == "[":
        if failure.rest == failure.text.span(failure.at, failure.at + 1) and (
            failure.character == closing
        ):
            message = f"a second `{closing}` follows the closing bracket"
            return Diagnostic(
                rules.TEXT_AFTER_VALUE, message, failure.rest, help=f"delete this `{closing}`"
            )
        rest = _AND.sub("", text.clean[failure.at : text.line_end(failure.at)].strip())
        inside = f"{failure.before[entry.end() - line : -1].strip(' []')}, {rest}"
        help_ = f"write all of it in the brackets: `{key}: [{inside}]`"
        message = f"text follows the closing bracket `{closing}`"
        return Diagnostic(rules.TEXT_AFTER_VALUE, message, failure.rest, help=help_)
    if _QUOTED_ITEMS.fullmatch(value):
        # 'Bisha', 'Hail' is one text to its author.
        fixed = text.clean[entry.start() : entry.end()].lstrip() + quoted(
            value.replace(closing, "")
        )
    elif what == "quote" and value[0] == value[-1] == closing and len(value) > 1:
        # 'It's here': the whole was meant.
        value = value[1:-1]
        fixed = text.clean[entry.start() : entry.end()].lstrip() + quoted(value)
    elif _APOSTROPHE.match(value):
        # 'It's here, and the other quote is forgotten.
        fixed = text.clean[entry.start() : entry.end()].lstrip() + quoted(value[1:])
    else:
        fixed = in_quotes(text, entry.end())
    return Diagnostic(
        rules.TEXT_AFTER_VALUE,
        f"text follows the closing {what} `{closing}`",
        failure.rest,
        help=f"put the whole in quotes: `{fixed}`",
    )


def _item(failure: _Failure) -> Diagnostic:
    if failure.before.rstrip()[-1:] in ("]", "}", "'", '"'):
        return _after_value(failure)
    notes = (Note("the list", failure.to_line_end(failure.start)),)
    if (columns := _dashes_above(failure)) is not None:
        return _not_in_line(failure, columns, notes)
    word = _WORD.match(failure.text.clean, failure.at)
    return Diagnostic(
        rules.INDENTATION,
        f"`{word.group() if word else ''}` stands where the next item of a list was expected",
        failure.rest,
        help="begin it with `- ` if it is an item, or indent it if it belongs to the item above",
        notes=notes,
    )


def _dash(failure: _Failure) -> Diagnostic:
    entry = _entry(failure.text, failure.text.line_start(failure.at))
    if entry is None or entry.end() != failure.at:
        return Diagnostic(
            rules.INDENTATION,
            "a list item cannot begin here",
            failure.rest,
            help="begin every item of the list in the same column",
        )
    return Diagnostic(
        rules.INDENTATION,
        "a list cannot begin on the line of its key",
        failure.rest,
        help="begin the list on the next line; "
        f"if it is text, put it in quotes: `{in_quotes(failure.text, failure.at)}`",
    )


def _no_content(failure: _Failure) -> Diagnostic:
    sign = failure.character
    if failure.opened is not None and (not sign or sign in "]}-?"):
        return _bracket(replace(failure, start=failure.opened))
    before = failure.before.rstrip()
    if sign == "," and before.endswith((",", "[", "{")):
        return Diagnostic(
            rules.YAML_SYNTAX, "nothing stands before this `,`", failure.rest, help="delete the `,`"
        )
    if sign == ":":
        return _no_key(failure)
    if sign and sign in "]},":
        return _start_of_text(failure)
    return _unknown(failure)


def _tag(failure: _Failure) -> Diagnostic:
    return _quotes(failure, failure.start, "a text that begins with `!` needs quotes")


def _directive(failure: _Failure) -> Diagnostic:
    start = failure.text.line_start(failure.at)
    return directive(failure.text, start)


def directive(text: Text, start: int) -> Diagnostic:
    """Say that a line that begins with ``%`` is none that is known here."""
    end = text.line_end(start)
    line = text.clean[start:end].rstrip()
    return Diagnostic(
        rules.DIRECTIVE,
        f"`{line}` is no line of an events file",
        text.span(start, start + len(line)),
        help="delete it; the file is read as YAML 1.2",
    )


def _document(failure: _Failure) -> Diagnostic:
    text = failure.text
    above = _line_above(text, min(failure.at, len(text.clean)))
    if above is not None and text.clean[above] == "%":
        return directive(text, above)
    # Documents may begin after `...` only; else the file's first value has ended too early.
    ended = above is not None and text.clean.startswith("...", above)
    before = text.clean[: failure.at].lstrip()
    if ended or before.startswith(("[", "{", '"', "'")) or failure.before.strip():
        return second_document(failure.rest) if ended else _unknown(failure)
    return Diagnostic(
        rules.INDENTATION,
        "this line begins further left than the first line of the file",
        failure.rest,
        help="begin both in the same column, the first",
    )


def second_document(at: Span) -> Diagnostic:
    """Say that the file goes on after ``---`` or ``...``."""
    return Diagnostic(
        rules.SECOND_DOCUMENT,
        "a second YAML document begins here, and a file is read as one",
        at,
        help="delete the line `---` or `...`, or move what follows it to a file that `include` "
        "names",
    )


def _depth(failure: _Failure) -> Diagnostic:
    return Diagnostic(
        rules.TOO_DEEP, "this is nested too deeply", failure.rest, help="nest less deeply"
    )


_RULES: tuple[tuple[str, Callable[[_Failure], Diagnostic]], ...] = (
    (r"mapping values are not allowed", _colon),
    (r"mapping keys are not allowed", _start_of_text),
    (r"tab character", _tab),
    (r"cannot start any token", _start_of_text),
    (r"scanning an (alias|anchor)", _reference),
    (r"quoted scalar: found unexpected (end of stream|document indicator)", _open_quote),
    (r"quoted scalar: .*(escape|hexdecimal|hexadecimal)", _escape),
    (r"scanning a block scalar", _block_header),
    (r"parsing a flow (sequence|mapping)", _bracket),
    (r"block sequence entries are not allowed", _dash),
    (r"expected '-' indicator", _item),
    (r"parsing a block mapping", _block_mapping),
    (r"expected node content", _no_content),
    (r"could not find expected ':'", _no_colon),
    (r"(scanning|parsing) a tag|tag handle", _tag),
    (r"directive|incompatible YAML document", _directive),
    (r"expected <document start>", _document),
    (r"nest", _depth),
)
