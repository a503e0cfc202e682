"""Declare `outputs` of the events file: the options of each format and its path, and check them.

The keys are made from the one table of formats. Few files have `outputs`, and the table takes as
long to import as a file of ten events to check, so only ``output_settings`` imports this module.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from timeline.compiler import (
    BOOLEAN,
    TRUE,
    Declared,
    Key,
    Value,
    declare,
    language_tag,
    line,
    password_in_address,
    repeatable,
    scalar,
    wrong_type,
)
from timeline.dates import Date, parse_literal_date, parse_literal_day
from timeline.diagnostics import (
    At,
    Diagnostic,
    Note,
    On,
    Refusal,
    cited,
    parse_choice,
    rules,
)
from timeline.formats import FORMATS, web_address
from timeline.publishing.input_files import check_input_files
from timeline.publishing.output_places import check_places
from timeline.publishing.output_settings import given_values, read_settings
from timeline.source import name_error, path_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from timeline.compiler import CheckContext
    from timeline.formats import Format, Option
    from timeline.publishing.output_settings import OutputSettings

# --- values ---------------------------------------------------------------------------------------


def _path(written: str, example: str = "dist", suffix: str = "") -> str:
    """Return a path that is relative to the folder of the events file, on any system."""
    path = line(written)
    error = path_error(path, "the folder of this file", example, suffix) or name_error(path)
    if error:
        raise Refusal(rules.OUTPUT_PATH, *error)
    return path


def _file(suffix: str, written: str) -> str:
    """Return the path of a file with a suffix, relative to the folder of the events file."""
    path = _path(written, f"events{suffix}", suffix)
    folder, slash, name = path.rpartition("/")
    if name.lower().endswith(suffix) and len(name) > len(suffix):
        return path
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", name).strip(".") or "events"
    message = f"{cited(path)} is not the name of a file that ends in `{suffix}`"
    help_ = f"write a path such as `{folder}{slash}{stem}{suffix}`"
    raise Refusal(rules.OUTPUT_PATH, message, help_)


def _web_address(written: str) -> str:
    """Return the address of a page on the web."""
    if web_address(written) != written:
        message = f"{cited(written)} is not the address of a page on the web"
        raise Refusal(rules.WRONG_VALUE, message, "write one such as `https://example.org/`")
    return written


def _number(low: int, high: int, written: str) -> int:
    if written in map(str, range(low, high + 1)):
        return int(written)
    expected = f"a number from {low} to {high}"
    raise Refusal(rules.WRONG_VALUE, f"{cited(written)} is not {expected}", f"write {expected}")


def _date(kind: str, written: str) -> date:
    """Return a day, or the last day of a date that is a period."""
    try:
        is_day = kind == "day"
        read = parse_literal_day if is_day else partial(parse_literal_date, suggest_time=False)
        value = read(written)
    except Refusal as refusal:
        if refusal.rule not in (rules.LITERAL_DATE, rules.INTERVAL):
            raise
        raise refusal.with_help("write a day such as `2025-01-03`") from None
    if not isinstance(value, Date):
        message = f"`{written}` is a time, expected a date"
        raise Refusal(rules.WRONG_VALUE, message, f"write `{value.wall.date()}`")
    if is_day and not value.is_day:
        message = f"`{written}` is not a day"
        raise Refusal(rules.WRONG_VALUE, message, "write one such as `2025-01-03`")
    return value.latest


def _reader(option: Option) -> Value[Any]:
    """Return the reader of the values of an option."""
    if option.choices:
        read: Value[Any] = scalar(
            partial(parse_choice, words=option.choices), enum=list(option.choices)
        )
    elif option.bounds:
        low, high = option.bounds
        # Of a number in quotes, the pattern has the digits only.
        pattern = rf"^[1-9]\d{{{len(str(low)) - 1},{len(str(high)) - 1}}}$"
        if high < 10:
            pattern = f"^[{low}-{high}]$"
        read = scalar(partial(_number, low, high), pattern=pattern, minimum=low, maximum=high)
    elif option.date:
        read = scalar(partial(_date, option.date))
    elif option.text == "url":
        read = scalar(_web_address, pattern="^https?://")
    elif option.text == "language":
        read = scalar(language_tag)
    elif option.text == "file":
        read = scalar(partial(_path, example="style.css"), pattern=r"^(?![/\\]|~/)")
    else:
        read = BOOLEAN
    return read if option.default is None else _with_default(read, option.default)


def _with_default(reader: Value[Any], default: object) -> Value[Any]:
    return Value(reader.read, {**reader.schema, "default": default})


def _read_feed(value: object) -> bool:
    """Refuse everything but `true`: subscribers know a feed by its name."""
    if isinstance(value, dict) and "path" in value:
        message = "a feed has no `path`: subscribers know it by its name, which must not change"
        help_ = "write `true`; `directory` is the folder of the feeds"
        raise Refusal(rules.UNKNOWN_KEY, message, help_, inside=At(("path",), On.KEY))
    if not isinstance(value, str):
        raise wrong_type("`true`", value).with_help("write `true`: a feed has no options here")
    return _TRUE.read(value)


def _true(written: str) -> bool:
    if written not in TRUE:
        help_ = "write `true`, or remove the key: what is not listed is not written"
        raise Refusal(rules.WRONG_VALUE, f"{cited(written)} is not `true`", help_)
    return True


_TRUE = scalar(_true, enum=[True, *TRUE])


# --- the declaration ------------------------------------------------------------------------------


def output_name(name: str) -> str:
    """Return the name in the JSON Schema of an output of a format."""
    return f"{name.capitalize()}Output"


def _entry(name: str, form: Format) -> type[Declared]:
    """Return the declaration of one output of a format: its options and its path."""
    suffix = r"\." + "".join(f"[{letter}{letter.upper()}]" for letter in form.suffix[1:])
    path = scalar(partial(_file, form.suffix), pattern=rf"^(?![/\\]|~/).*[^/]{suffix}$")
    about = f"The file, from the folder of this file, such as `docs/events{form.suffix}`."
    keys = {"path": Key(path, None, "Path", about)}
    for field, option in form.options.declared.items():
        title = field.replace("_", " ").capitalize()
        keys[field] = Key(_reader(option), None, title, option.help)

    def check(self: Declared) -> None:
        if objection := form.options.objection(given_values(self)):
            option, other = objection.option.replace("_", "-"), objection.other.replace("_", "-")
            message = f"`{option}` needs `{other}: {objection.needs}`; {objection.reason}"
            help_ = f"add `{other}: {objection.needs}`, or remove `{option}`"
            raise Refusal(rules.WRONG_VALUE, message, help_, inside=At((option,), On.KEY))

    about = f"The {form.title}: its options, as on the command line, and its `path`."
    return declare(output_name(name), about, keys, check)


@cache
def outputs_entry() -> type[Declared]:
    """Return the declaration of `outputs`."""
    folder = "The folder of all outputs without a `path`, from the folder of this file."
    keys = {
        "directory": Key(
            _with_default(scalar(_path, pattern=r"^[^/\\~]"), "dist"), None, "Directory", folder
        )
    }
    feed: Value[bool] = Value(_read_feed, _TRUE.schema)
    for name, form in FORMATS.items():
        reader = feed if form.is_for_each_feed else repeatable(_entry(name, form))
        keys[name] = Key(reader, None, form.title, f"{form.help} `true`, or its options.")
        if form.is_for_each_feed:
            keys[name].description = f"{form.help} Always `true`."
    about = "What `timeline export` writes if no format is given, and how."
    return declare("Outputs", about, keys)


# --- the checks -----------------------------------------------------------------------------------


def check_outputs(context: CheckContext, names: Sequence[str]) -> Iterable[Diagnostic]:
    """Return what is wrong with the outputs of a file, which is read from the files ``names``."""
    paths = {
        getattr(feed, "id", None): ("feeds", index, "id")
        for index, feed in enumerate(context.timeline.feeds)
    }
    # A feed that an `each` makes has no id of its own in the file.
    feeds = [(paths.get(feed.id, ("feeds",)), feed.id) for feed in context.calendar.feeds]
    settings = read_settings(context.timeline.outputs)
    return [
        *check_places(settings, feeds, names),
        *check_input_files(settings, names[0], context.calendar),
        *_same_addresses(settings),
        *_passwords(settings),
    ]


def _same_addresses(settings: OutputSettings) -> Iterator[Diagnostic]:
    """Yield each address that two outputs of a format have: it is that of one page."""
    for name, written in settings.formats.items():
        declared = FORMATS[name].options.declared
        first: dict[str, At] = {}
        for setting in written:
            for option, value in setting.options.items():
                if declared[option].text != "url":
                    continue
                at = At(("outputs", name, setting.index or 0, option))
                if (other := first.setdefault(value, at)) is not at:
                    message = f"two outputs would be published at {cited(value)}"
                    note = Note("the other one is here", other)
                    help_ = "write the address of this page alone"
                    yield Diagnostic(rules.DUPLICATE_OUTPUT, message, at, help=help_, notes=(note,))


def _passwords(settings: OutputSettings) -> Iterator[Diagnostic]:
    """Yield the warning of each address of an output that contains a password."""
    for name, written in settings.formats.items():
        declared = FORMATS[name].options.declared
        for setting in written:
            for option, value in setting.options.items():
                if declared[option].text == "url":
                    at = At(("outputs", name, setting.index or 0, option))
                    yield from password_in_address(at, value)
