"""The catalogue of rules: every kind of diagnostic, with its code, severity and title.

The page of each rule, which ``timeline explain`` prints, is ``<code>.md`` beside this module.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """The severity of a rule: an error stops an export, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rule(NamedTuple):
    """A kind of diagnostic; ``code`` is a kebab-case noun, stable once released.

    ``title`` is one sentence without its full stop.
    """

    code: str
    severity: Severity
    title: str


ALARM_SYNTAX = Rule(
    "alarm-syntax", Severity.ERROR, "What stands there is not a reminder as this file writes them"
)
ALARM_WITHOUT_DAY = Rule(
    "alarm-without-day", Severity.WARNING, "An event has reminders, and its day is not known"
)
ALIAS_BOMB = Rule(
    "alias-bomb",
    Severity.ERROR,
    "Aliases (`*name`) repeat so much that the file would fill the memory",
)
BETWEEN_SIDE = Rule(
    "between-side", Severity.ERROR, "One side of a `between` is a date that cannot stand there"
)
CIRCLE = Rule(
    "circle",
    Severity.ERROR,
    "Dates follow from each other in a circle, so none of them can be known",
)
CLOCK_ON_UNKNOWN_DAY = Rule(
    "clock-on-unknown-day",
    Severity.ERROR,
    "A time of day is asked of a date that is not one known day",
)
COMPLEX_KEY = Rule(
    "complex-key", Severity.ERROR, "A list, a mapping or an alias stands where a key should"
)
CONTROL_CHARACTER = Rule(
    "control-character", Severity.ERROR, "The file holds a character that is not text"
)
DATE_SYNTAX = Rule(
    "date-syntax", Severity.ERROR, "What stands there is not a date as this file writes dates"
)
DAY_AND_TIME = Rule(
    "day-and-time", Severity.ERROR, "One side of an event is a day and the other a time"
)
DIRECTIVE = Rule(
    "directive", Severity.ERROR, "A line that begins with `%` is an instruction to a YAML reader"
)
DUPLICATE_ANCHOR = Rule(
    "duplicate-anchor", Severity.ERROR, "Two anchors (`&name`) have the same name"
)
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.ERROR,
    "Two events or two feeds have the same id, or an event has one that another had before",
)
DUPLICATE_INCLUDE = Rule(
    "duplicate-include", Severity.ERROR, "A file is included twice, or includes itself"
)
DUPLICATE_ITEM = Rule(
    "duplicate-item", Severity.ERROR, "Something stands twice in a list in which each counts once"
)
DUPLICATE_KEY = Rule("duplicate-key", Severity.ERROR, "A key is given twice in the same place")
DUPLICATE_OPTION = Rule(
    "duplicate-option", Severity.ERROR, "A marker of a Markdown document gives an option twice"
)
DUPLICATE_OVERRIDE = Rule(
    "duplicate-override", Severity.ERROR, "Two items of `overrides` are about the same instance"
)
DUPLICATE_UID = Rule("duplicate-uid", Severity.ERROR, "Two events have the same UID")
DURATION_SYNTAX = Rule(
    "duration-syntax",
    Severity.ERROR,
    "What stands there is not a length of time as this file writes it",
)
EMAIL_SYNTAX = Rule("email-syntax", Severity.ERROR, "What stands there is not an email address")
EMBEDDED_FILE = Rule(
    "embedded-file", Severity.ERROR, "The events file that a document asks for cannot be read"
)
EMPTY_BETWEEN = Rule("empty-between", Severity.ERROR, "A `between A and B` ends before it begins")
EMPTY_DURATION = Rule("empty-duration", Severity.ERROR, "A `duration` of no time at all")
EMPTY_KEY = Rule("empty-key", Severity.ERROR, "Nothing stands before a `:`")
EMPTY_VALUE = Rule("empty-value", Severity.ERROR, "A key or an item has no value")
ENCODING = Rule("encoding", Severity.ERROR, "The file is not saved as UTF-8")
END_AND_DURATION = Rule(
    "end-and-duration", Severity.ERROR, "An event has both an `end` and a `duration`"
)
END_BEFORE_START = Rule(
    "end-before-start", Severity.ERROR, "An event certainly ends before it starts"
)
ESCAPE = Rule(
    "escape",
    Severity.ERROR,
    "A backslash in double quotes is followed by something it cannot stand with",
)
FAR_DATE = Rule(
    "far-date",
    Severity.WARNING,
    "A date is far from those of all other events, and its year is nearly one of theirs",
)
HOURS_ON_A_DAY = Rule(
    "hours-on-a-day", Severity.ERROR, "A day is moved or measured in hours or minutes"
)
ID_SYNTAX = Rule("id-syntax", Severity.ERROR, "What stands there cannot be an id")
INCLUDE_FILE = Rule("include-file", Severity.ERROR, "A file that is to be included cannot be read")
INCLUDE_PATH = Rule("include-path", Severity.ERROR, "A file may not be included from there")
INCLUDE_SHAPE = Rule(
    "include-shape",
    Severity.ERROR,
    "`include` is not a list of paths, or the `events` of an included file are not a list",
)
INCLUDED_KEY = Rule(
    "included-key", Severity.ERROR, "An included file has a key that only the main file may have"
)
INDENTATION = Rule(
    "indentation", Severity.ERROR, "A line begins in a column where it belongs to nothing"
)
INTERVAL = Rule("interval", Severity.ERROR, "Two dates stand in one key")
LANGUAGE_SYNTAX = Rule("language-syntax", Severity.ERROR, "What stands there is not a language tag")
LITERAL_DATE = Rule(
    "literal-date",
    Severity.ERROR,
    "A date that stands for itself is expected, not a relative one and not `TBC`",
)
LONG_SUMMARY = Rule("long-summary", Severity.WARNING, "A title is longer than apps show")
LOST_COMMENT = Rule(
    "lost-comment",
    Severity.WARNING,
    "A `#` begins a comment, and the rest of the line is not part of the text",
)
MARKER_SYNTAX = Rule(
    "marker-syntax",
    Severity.ERROR,
    "A comment is almost a marker of `timeline embed`, or a line in a block `timeline` no option",
)
MERGE_CONFLICT = Rule(
    "merge-conflict",
    Severity.ERROR,
    "Git could not merge two changes of the same lines, and has written both of them into the file",
)
MERGE_KEY = Rule("merge-key", Severity.ERROR, "`<<` would merge another mapping into this one")
MISSING_COLON = Rule(
    "missing-colon", Severity.ERROR, "A line has no `: ` and is not part of a text above it"
)
MISSING_KEY = Rule("missing-key", Severity.ERROR, "A key that must be there is not")
MISSING_LANGUAGE = Rule(
    "missing-language",
    Severity.ERROR,
    "A text is given by language, but not in the language of the calendar",
)
MISSING_SOURCE = Rule(
    "missing-source",
    Severity.WARNING,
    "An event has no source, though the calendar asks for one or most others have one",
)
MISSING_SPACE = Rule("missing-space", Severity.ERROR, "No blank follows the colon of a key")
MISSING_ZONE = Rule("missing-zone", Severity.ERROR, "A time does not say in which time zone it is")
MOVED_TIME = Rule(
    "moved-time",
    Severity.WARNING,
    "A calculated time falls into the hour that clocks skip in spring, or show twice in autumn",
)
NO_INSTANCE = Rule(
    "no-instance", Severity.ERROR, "Every instance of an event that happens again is excepted"
)
NO_RECURRENCE = Rule(
    "no-recurrence",
    Severity.ERROR,
    "`exdate` or `overrides` are given for an event that happens once",
)
NO_SUCH_DATE = Rule("no-such-date", Severity.ERROR, "The date does not exist in the calendar")
NO_SUCH_INSTANCE = Rule(
    "no-such-instance",
    Severity.ERROR,
    "The event does not happen at the time that an exception is about",
)
NO_SUCH_TIME = Rule(
    "no-such-time", Severity.ERROR, "The time of day, or the offset from UTC, does not exist"
)
NOT_A_MAPPING = Rule(
    "not-a-mapping", Severity.ERROR, "The file is empty, or does not begin with a key"
)
OFFSET_MISMATCH = Rule(
    "offset-mismatch",
    Severity.ERROR,
    "The offset from UTC is not that of the named zone at that time",
)
OFFSET_OR_END = Rule(
    "offset-or-end",
    Severity.WARNING,
    "What looks like the end of a time is read as its offset from UTC",
)
OPEN_ANCHOR = Rule(
    "open-anchor", Severity.ERROR, "A date follows from the end of an event that has no end"
)
OPEN_START = Rule("open-start", Severity.ERROR, "A `start` cannot be `..`")
OUTSIDE_PARENT = Rule(
    "outside-parent", Severity.ERROR, "An event cannot lie within the event it is nested in"
)
OVERLAP = Rule(
    "overlap",
    Severity.WARNING,
    "Two events of a category that says `no-overlap` fall on the same day",
)
PROPERTY_NAME = Rule(
    "property-name", Severity.ERROR, "An iCalendar property that cannot be set by hand"
)
QUALIFIED_TIME = Rule(
    "qualified-time", Severity.ERROR, "A relative date with `?`, `~` or `%` turns out to be a time"
)
RECURSIVE_ALIAS = Rule(
    "recursive-alias", Severity.ERROR, "An alias repeats the value that it is itself a part of"
)
REFRESH_RANGE = Rule(
    "refresh-range",
    Severity.ERROR,
    "`refresh` is not a time that a subscriber could wait between two looks",
)
RELATION_CIRCLE = Rule(
    "relation-circle", Severity.ERROR, "By what `related-to` says, an event is a part of itself"
)
RELATIVE_SYNTAX = Rule("relative-syntax", Severity.ERROR, "A relative date is not written as one")
REPEATED_TIME = Rule(
    "repeated-time", Severity.WARNING, "Clocks show this time twice, and the first is taken"
)
RULE_ENDLESS = Rule(
    "rule-endless", Severity.ERROR, "An event would happen every minute or every second, for ever"
)
RULE_NEEDS_ZONE = Rule(
    "rule-needs-zone",
    Severity.ERROR,
    "An event that happens again starts at an offset from UTC, not in a zone",
)
RULE_PART = Rule(
    "rule-part",
    Severity.ERROR,
    "A part of a rule is unknown, is missing, or does not go with the others",
)
RULE_START = Rule(
    "rule-start",
    Severity.ERROR,
    "The start of an event that happens again is not known, or is not in its rule",
)
RULE_SYNTAX = Rule(
    "rule-syntax", Severity.ERROR, "What stands there is not a rule by which an event happens again"
)
RULE_UNTIL = Rule(
    "rule-until",
    Severity.ERROR,
    "The `UNTIL` of a rule is not a day or a time, or is before the start",
)
SAME_EVENT = Rule(
    "same-event", Severity.WARNING, "Two events have the same title, dates, place and status"
)
SEASON_HEMISPHERE = Rule(
    "season-hemisphere", Severity.WARNING, "A season does not say of which half of the Earth it is"
)
SEASON_OR_SPAN = Rule(
    "season-or-span",
    Severity.WARNING,
    "The start or the end of an event is a season that looks like two years",
)
SECOND_DOCUMENT = Rule(
    "second-document", Severity.ERROR, "A second YAML document begins in the file"
)
SELF_RELATION = Rule("self-relation", Severity.ERROR, "An event names itself in `related-to`")
SEVERAL_LINES = Rule("several-lines", Severity.ERROR, "A text that must be one line has several")
SKIPPED_TIME = Rule(
    "skipped-time", Severity.ERROR, "Clocks do not show this time: they go forward over it"
)
TAB_INDENTATION = Rule("tab-indentation", Severity.ERROR, "A line is indented with a tab")
TAG = Rule(
    "tag", Severity.ERROR, "A word that begins with `!` is a tag to YAML, and not part of the text"
)
TEXT_AFTER_VALUE = Rule(
    "text-after-value", Severity.ERROR, "Text follows a closing quote or bracket"
)
TEXT_DIRECTION = Rule(
    "text-direction",
    Severity.ERROR,
    "A character that nobody sees turns round the writing behind it, up to the end of the line",
)
TOO_DEEP = Rule("too-deep", Severity.ERROR, "Lists and mappings are nested more than 100 deep")
TOO_LARGE = Rule(
    "too-large", Severity.ERROR, "The events file and what it includes are larger than 48 MiB"
)
TOO_MANY = Rule("too-many", Severity.ERROR, "There are more than 1,000 mistakes, or 1,000 warnings")
UNCLOSED_BRACKET = Rule("unclosed-bracket", Severity.ERROR, "A `[` or `{` has no other half")
UNCLOSED_QUOTE = Rule("unclosed-quote", Severity.ERROR, "A quote has no other half")
UNDEFINED_ALIAS = Rule(
    "undefined-alias", Severity.ERROR, "No anchor of that name stands above the alias"
)
UNEVEN_RULE = Rule("uneven-rule", Severity.WARNING, "Calendar apps read the rule in different ways")
UNKNOWN_CATEGORY = Rule(
    "unknown-category",
    Severity.ERROR,
    "An event is in a category that the file does not declare, or a feed asks for one of no event",
)
UNKNOWN_COLOR = Rule(
    "unknown-color", Severity.ERROR, "What stands there is not the name of a colour"
)
UNKNOWN_EVENT = Rule("unknown-event", Severity.ERROR, "No event has the id that is named here")
UNKNOWN_FEED = Rule(
    "unknown-feed",
    Severity.ERROR,
    "A marker of a Markdown document asks for a feed that the events file does not have",
)
UNKNOWN_FORMAT = Rule(
    "unknown-format",
    Severity.ERROR,
    "The file is of another format than this version of timeline reads",
)
UNKNOWN_KEY = Rule("unknown-key", Severity.ERROR, "There is no such key in this place")
UNKNOWN_OPTION = Rule(
    "unknown-option",
    Severity.ERROR,
    "A marker, or a block `timeline`, of a Markdown document has an option that does not exist",
)
UNKNOWN_ZONE = Rule("unknown-zone", Severity.ERROR, "There is no time zone of that name")
UNPAIRED_MARKER = Rule(
    "unpaired-marker",
    Severity.ERROR,
    "A timeline in a Markdown document begins and does not end, or the other way round",
)
UNQUOTED_TEXT = Rule(
    "unquoted-text",
    Severity.ERROR,
    "A text needs quotes, because YAML would read it as something else",
)
UNUSED_ANCHOR = Rule(
    "unused-anchor", Severity.ERROR, "A word that begins with `&` is an anchor, and nothing uses it"
)
UNUSED_IGNORE = Rule(
    "unused-ignore", Severity.WARNING, "A comment ignores a warning that is not given on its line"
)
UNUSED_IN_FEED = Rule("unused-in-feed", Severity.WARNING, "An id in a feed changes nothing")
URL_SCHEME = Rule("url-scheme", Severity.WARNING, "An address is not on the web")
URL_SYNTAX = Rule("url-syntax", Severity.ERROR, "What stands there is not an address")
WRONG_TYPE = Rule(
    "wrong-type",
    Severity.ERROR,
    "A list, a mapping or a text stands where something else was expected",
)
WRONG_VALUE = Rule(
    "wrong-value", Severity.ERROR, "The key takes only certain values, and this is none of them"
)
YAML_SYNTAX = Rule("yaml-syntax", Severity.ERROR, "From here on the file is not YAML")
YEAR_RANGE = Rule("year-range", Severity.ERROR, "A year is not within 0002 to 9998")
