"""The catalogue of rules: every kind of diagnostic, with its code, severity and title.

The page of each rule, which ``timeline explain`` prints, is ``<code>.md`` beside this module.
A line ``---`` separates what it means from its examples.
"""

from __future__ import annotations

from timeline.diagnostics.rules.documents import DUPLICATE_OPTION as DUPLICATE_OPTION
from timeline.diagnostics.rules.documents import EMBEDDED_FILE as EMBEDDED_FILE
from timeline.diagnostics.rules.documents import MARKER_SYNTAX as MARKER_SYNTAX
from timeline.diagnostics.rules.documents import UNKNOWN_FEED as UNKNOWN_FEED
from timeline.diagnostics.rules.documents import UNKNOWN_OPTION as UNKNOWN_OPTION
from timeline.diagnostics.rules.documents import UNPAIRED_MARKER as UNPAIRED_MARKER
from timeline.diagnostics.rules.rule import Rule as Rule
from timeline.diagnostics.rules.rule import Severity as Severity

ALARM_SYNTAX = Rule("alarm-syntax", Severity.ERROR, "The value is not a valid reminder")
ALARM_WITHOUT_DAY = Rule(
    "alarm-without-day", Severity.WARNING, "An event has reminders, but its day is not known"
)
ALIAS_BOMB = Rule(
    "alias-bomb",
    Severity.ERROR,
    "Aliases (`*name`) repeat so many values that they would fill the memory",
)
BETWEEN_SIDE = Rule(
    "between-side", Severity.ERROR, "One side of a `between` is a date that is not allowed there"
)
CIRCLE = Rule(
    "circle",
    Severity.ERROR,
    "Dates depend on each other in a circle, so none of them can be resolved",
)
CLOCK_ON_UNKNOWN_DAY = Rule(
    "clock-on-unknown-day",
    Severity.ERROR,
    "A time of day is added to a date that is not one known day",
)
COMPLEX_KEY = Rule("complex-key", Severity.ERROR, "A list, a mapping or an alias is used as a key")
CONTROL_CHARACTER = Rule(
    "control-character",
    Severity.ERROR,
    "The file contains a control character or another invisible character",
)
DATE_SYNTAX = Rule("date-syntax", Severity.ERROR, "The value is not a valid date")
DAY_AND_TIME = Rule("day-and-time", Severity.ERROR, "A day and a time are mixed in one series")
DAY_RANGE = Rule("day-range", Severity.ERROR, "A range of days is not valid")
DIRECTIVE = Rule("directive", Severity.ERROR, "A line that begins with `%` is a YAML directive")
DUPLICATE_ANCHOR = Rule(
    "duplicate-anchor", Severity.ERROR, "Two anchors (`&name`) have the same name"
)
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.ERROR,
    "Two events or two feeds have the same id, or an event has an earlier id of another event",
)
DUPLICATE_INCLUDE = Rule(
    "duplicate-include", Severity.ERROR, "A file is included twice, or includes itself"
)
DUPLICATE_INSTANCE = Rule(
    "duplicate-instance", Severity.WARNING, "A date in `rdate` is already an instance of the event"
)
DUPLICATE_ITEM = Rule(
    "duplicate-item", Severity.ERROR, "An item is repeated in a list whose items must be different"
)
DUPLICATE_KEY = Rule("duplicate-key", Severity.ERROR, "A key is given twice in the same place")
DUPLICATE_OUTPUT = Rule("duplicate-output", Severity.ERROR, "An output would replace another file")
DUPLICATE_OVERRIDE = Rule(
    "duplicate-override", Severity.ERROR, "Two items of `overrides` are about the same instance"
)
DUPLICATE_UID = Rule("duplicate-uid", Severity.ERROR, "Two events have the same UID")
DURATION_SYNTAX = Rule("duration-syntax", Severity.ERROR, "The value is not a valid duration")
EMAIL_SYNTAX = Rule("email-syntax", Severity.ERROR, "The value is not a valid email address")
EMPTY_BETWEEN = Rule("empty-between", Severity.ERROR, "A `between A and B` ends before it begins")
EMPTY_DURATION = Rule("empty-duration", Severity.ERROR, "A `duration` is zero")
EMPTY_KEY = Rule("empty-key", Severity.ERROR, "There is no key before a `:`")
EMPTY_VALUE = Rule("empty-value", Severity.ERROR, "A key or an item has no value")
ENCODING = Rule("encoding", Severity.ERROR, "The file is not saved as text in UTF-8")
END_AND_DURATION = Rule(
    "end-and-duration", Severity.ERROR, "An event has both an `end` and a `duration`"
)
END_BEFORE_START = Rule(
    "end-before-start", Severity.ERROR, "An event certainly ends before it starts"
)
END_NOT_SHOWN = Rule(
    "end-not-shown",
    Severity.WARNING,
    "An end is not shown while its date, or the start, has one known bound",
)
ESCAPE = Rule(
    "escape",
    Severity.ERROR,
    "A backslash in double quotes is followed by a character that has no meaning there",
)
EXCLUDED_OVERRIDE = Rule(
    "excluded-override", Severity.WARNING, "An override changes an instance that `exdate` excludes"
)
FAR_DATE = Rule(
    "far-date",
    Severity.WARNING,
    "A date is far from those of all other events, and its year resembles one of theirs",
)
FIRST_MIDNIGHT = Rule(
    "first-midnight", Severity.WARNING, "An event ends at 00:00 of the day on which it starts"
)
HOURS_ON_A_DAY = Rule(
    "hours-on-a-day", Severity.ERROR, "Hours or minutes are used with a date that has no time"
)
ID_SYNTAX = Rule("id-syntax", Severity.ERROR, "The value is not a valid id")
INCLUDE_FILE = Rule("include-file", Severity.ERROR, "An included file cannot be read")
INCLUDE_PATH = Rule("include-path", Severity.ERROR, "A file cannot be included from this path")
INCLUDE_SHAPE = Rule(
    "include-shape",
    Severity.ERROR,
    "`include` is not a list of paths, or a part of an included file has the wrong shape",
)
INCLUDED_KEY = Rule(
    "included-key", Severity.ERROR, "An included file has a key that only the main file may have"
)
INDENTATION = Rule(
    "indentation", Severity.ERROR, "The indentation of a line does not match the lines above it"
)
INTERVAL = Rule("interval", Severity.ERROR, "One key contains two dates")
LANGUAGE_SYNTAX = Rule("language-syntax", Severity.ERROR, "The value is not a valid language tag")
LITERAL_DATE = Rule(
    "literal-date",
    Severity.ERROR,
    "A date or a time is expected, not a relative date and not `TBC`",
)
LONG_SUMMARY = Rule("long-summary", Severity.WARNING, "A title is longer than apps can show")
LOST_COMMENT = Rule(
    "lost-comment",
    Severity.WARNING,
    "A `#` begins a comment, and the rest of the line is not part of the text",
)
MERGE_CONFLICT = Rule(
    "merge-conflict", Severity.ERROR, "The file contains an unresolved merge conflict of Git"
)
MERGE_KEY = Rule(
    "merge-key",
    Severity.ERROR,
    "`<<` is a merge key, which would merge another mapping into this one",
)
MISSING_COLON = Rule(
    "missing-colon", Severity.ERROR, "A line has no `: ` and is not part of a text above it"
)
MISSING_KEY = Rule("missing-key", Severity.ERROR, "A required key is missing")
MISSING_LANGUAGE = Rule(
    "missing-language",
    Severity.ERROR,
    "A text is given by language, but not in the language of the calendar",
)
MISSING_SOURCE = Rule(
    "missing-source",
    Severity.WARNING,
    "An event has no source, although the calendar requires one or most others have one",
)
MISSING_SPACE = Rule(
    "missing-space",
    Severity.ERROR,
    "There is no space after the colon of a key or the `-` of an item",
)
MISSING_WORKING_DAYS = Rule(
    "missing-working-days",
    Severity.ERROR,
    "A date counts working days, and the calendar does not have them",
)
MISSING_ZONE = Rule("missing-zone", Severity.ERROR, "A time has no time zone")
MOVED_TIME = Rule(
    "moved-time",
    Severity.WARNING,
    "A calculated time is in an hour that is skipped or repeated when clocks change",
)
NO_INSTANCE = Rule("no-instance", Severity.ERROR, "All instances of a recurring event are excluded")
NO_PARENT = Rule(
    "no-parent",
    Severity.ERROR,
    "`within-parent` is given for an event that no other event contains",
)
NO_RECURRENCE = Rule(
    "no-recurrence",
    Severity.ERROR,
    "`exdate` or `overrides` are given for an event that does not recur",
)
NO_SUCH_DATE = Rule("no-such-date", Severity.ERROR, "The date does not exist")
NO_SUCH_INSTANCE = Rule(
    "no-such-instance",
    Severity.ERROR,
    "`exdate` or `recurrence-id` names an instance that does not exist",
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
    "offset-or-end", Severity.WARNING, "What looks like an end time is read as an offset from UTC"
)
ONE_BOUND = Rule(
    "one-bound", Severity.ERROR, "`not before` or `not after` is used where it is not possible"
)
OPEN_ANCHOR = Rule(
    "open-anchor", Severity.ERROR, "A date is relative to the end of an event that has no end"
)
OPEN_START = Rule("open-start", Severity.ERROR, "A `start` cannot be `..`")
OUTPUT_FILE = Rule("output-file", Severity.ERROR, "A file that an output needs cannot be used")
OUTPUT_PATH = Rule("output-path", Severity.ERROR, "No output may be written to this path")
OUTSIDE_PARENT = Rule(
    "outside-parent",
    Severity.ERROR,
    "An event cannot lie within the dates of the event that contains it",
)
OVERLAP = Rule("overlap", Severity.WARNING, "Two events of a category with `no-overlap` overlap")
PROPERTY_NAME = Rule(
    "property-name", Severity.ERROR, "The iCalendar property cannot be set with `properties`"
)
QUALIFIED_TIME = Rule(
    "qualified-time", Severity.ERROR, "A time with `?`, `~` or `%` where it must be certain"
)
RECURSIVE_ALIAS = Rule(
    "recursive-alias", Severity.ERROR, "An alias repeats a value that contains the alias"
)
REFRESH_RANGE = Rule(
    "refresh-range",
    Severity.ERROR,
    "The interval in `refresh` is too short or too long, or in another unit",
)
RELATION_CIRCLE = Rule(
    "relation-circle", Severity.ERROR, "According to `related-to`, an event is part of itself"
)
RELATIVE_SYNTAX = Rule("relative-syntax", Severity.ERROR, "The value is not a valid relative date")
REPEATED_TIME = Rule(
    "repeated-time", Severity.WARNING, "Clocks show the time twice, and the first one is used"
)
RULE_BUDGET = Rule(
    "rule-budget", Severity.ERROR, "The instances of a recurrence rule take too long to find"
)
RULE_ENDLESS = Rule(
    "rule-endless", Severity.ERROR, "An event would recur every minute or every second without end"
)
RULE_NEEDS_ZONE = Rule(
    "rule-needs-zone",
    Severity.ERROR,
    "A recurring event starts at an offset from UTC instead of in a time zone",
)
RULE_PART = Rule(
    "rule-part",
    Severity.ERROR,
    "A part of a recurrence rule is unknown, missing, or not allowed with the others",
)
RULE_START = Rule(
    "rule-start",
    Severity.ERROR,
    "The start of a recurring event is not known, or does not match its rule",
)
RULE_SYNTAX = Rule("rule-syntax", Severity.ERROR, "The value is not a valid recurrence rule")
RULE_UNTIL = Rule(
    "rule-until",
    Severity.ERROR,
    "The `UNTIL` of a recurrence rule is not a day or a time, or is before the start",
)
SAME_EVENT = Rule(
    "same-event", Severity.WARNING, "Two events have the same title, dates, place and status"
)
SEASON_HEMISPHERE = Rule(
    "season-hemisphere", Severity.WARNING, "A season does not state its hemisphere"
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
SEVERAL_LINES = Rule(
    "several-lines", Severity.ERROR, "A text that must be on one line has several lines"
)
SHOWN_AS_INVITATION = Rule(
    "shown-as-invitation",
    Severity.WARNING,
    "An event has an organizer, and Outlook shows it as an invitation",
)
SKIPPED_TIME = Rule(
    "skipped-time",
    Severity.ERROR,
    "The time does not exist, because clocks are set forward over it",
)
TAB_INDENTATION = Rule("tab-indentation", Severity.ERROR, "A line is indented with a tab")
TAG = Rule("tag", Severity.ERROR, "A word that begins with `!` is a YAML tag, not part of the text")
TEXT_AFTER_VALUE = Rule(
    "text-after-value", Severity.ERROR, "Text follows a closing quote or bracket"
)
TEXT_DIRECTION = Rule(
    "text-direction",
    Severity.ERROR,
    "An invisible character changes the direction of the rest of the line",
)
TOO_DEEP = Rule(
    "too-deep", Severity.ERROR, "Lists and mappings are nested more than 100 levels deep"
)
TOO_LARGE = Rule(
    "too-large", Severity.ERROR, "The events file, or what would be written, is above a limit"
)
TOO_LONG = Rule("too-long", Severity.ERROR, "A value is longer than one of its kind may be")
TOO_MANY = Rule("too-many", Severity.ERROR, "There are more than 1,000 errors, or 1,000 warnings")
TOO_MANY_INSTANCES = Rule(
    "too-many-instances",
    Severity.WARNING,
    "The children of recurring events have more than 20,000 instances",
)
UNCLOSED_BRACKET = Rule("unclosed-bracket", Severity.ERROR, "A `[` or `{` is not closed")
UNCLOSED_QUOTE = Rule("unclosed-quote", Severity.ERROR, "A quote is not closed")
UNDEFINED_ALIAS = Rule(
    "undefined-alias", Severity.ERROR, "There is no anchor with this name above the alias"
)
UNEVEN_RULE = Rule(
    "uneven-rule", Severity.WARNING, "Calendar apps interpret the recurrence rule differently"
)
UNKNOWN_CATEGORY = Rule(
    "unknown-category",
    Severity.ERROR,
    "An event has an undeclared category, or a feed has a category that no event has",
)
UNKNOWN_COLOR = Rule("unknown-color", Severity.ERROR, "The value is not the name of a colour")
UNKNOWN_EVENT = Rule("unknown-event", Severity.ERROR, "No event has this id")
UNKNOWN_FORMAT = Rule(
    "unknown-format",
    Severity.ERROR,
    "The file has a format that this version of timeline does not read",
)
UNKNOWN_KEY = Rule("unknown-key", Severity.ERROR, "The key does not exist in this place")
UNKNOWN_ZONE = Rule("unknown-zone", Severity.ERROR, "There is no time zone with this name")
UNQUOTED_TEXT = Rule(
    "unquoted-text",
    Severity.ERROR,
    "A text needs quotes, because YAML would read it as something else",
)
UNTRANSLATED = Rule(
    "untranslated",
    Severity.WARNING,
    "A text by language is not in the language of a feed",
    on_by_default=False,
)
UNUSED_ANCHOR = Rule(
    "unused-anchor", Severity.ERROR, "A word that begins with `&` is an anchor that nothing uses"
)
UNUSED_IGNORE = Rule(
    "unused-ignore",
    Severity.WARNING,
    "A comment ignores a warning that is not reported on its line",
)
UNUSED_IN_FEED = Rule("unused-in-feed", Severity.WARNING, "An id in a feed has no effect")
UNUSED_WITHIN_PARENT = Rule(
    "unused-within-parent",
    Severity.WARNING,
    "An event with `within-parent: false` lies within the event that contains it",
)
URL_PASSWORD = Rule("url-password", Severity.WARNING, "An address contains a password")
URL_SCHEME = Rule("url-scheme", Severity.WARNING, "An address is not a web address")
URL_SYNTAX = Rule("url-syntax", Severity.ERROR, "The value is not a valid address")
WORKING_DAYS_UNCOVERED = Rule(
    "working-days-uncovered",
    Severity.WARNING,
    "A date counts working days where no days off are listed yet",
)
WRONG_TYPE = Rule(
    "wrong-type",
    Severity.ERROR,
    "A list, a mapping or a text is used where something else is expected",
)
WRONG_VALUE = Rule("wrong-value", Severity.ERROR, "The value is not one that the key allows")
YAML_SYNTAX = Rule("yaml-syntax", Severity.ERROR, "From this place on, the file is not valid YAML")
YEAR_RANGE = Rule("year-range", Severity.ERROR, "A year is not between 0002 and 9998")
ZONE_WITHOUT_SUMMER_TIME = Rule(
    "zone-without-summer-time",
    Severity.WARNING,
    "The name of a time zone is an abbreviation that has no summer time",
)
