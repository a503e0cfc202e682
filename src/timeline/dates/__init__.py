"""Read and compute dates: EDTF, times, time zones, relative dates and their joint grammar."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.dates.alarms import AlarmBefore as AlarmBefore
    from timeline.dates.alarms import WrittenAlarm as WrittenAlarm
    from timeline.dates.alarms import parse_alarm as parse_alarm
    from timeline.dates.arithmetic import shift_date as shift_date
    from timeline.dates.arithmetic import shift_wall_time as shift_wall_time
    from timeline.dates.calendar_units import Date as Date
    from timeline.dates.calendar_units import OneSidedDate as OneSidedDate
    from timeline.dates.calendar_units import Precision as Precision
    from timeline.dates.calendar_units import Qualification as Qualification
    from timeline.dates.calendar_units import make_day as make_day
    from timeline.dates.clock_times import ClockTime as ClockTime
    from timeline.dates.clock_times import format_wall_time as format_wall_time
    from timeline.dates.clock_times import is_time_of_day as is_time_of_day
    from timeline.dates.corrections.abbreviations import WITHOUT_SUMMER_TIME as WITHOUT_SUMMER_TIME
    from timeline.dates.corrections.abbreviations import (
        explain_without_summer_time as explain_without_summer_time,
    )
    from timeline.dates.corrections.readings import only_reading as only_reading
    from timeline.dates.corrections.readings import read_duration as read_duration
    from timeline.dates.corrections.readings import read_time_of_day as read_time_of_day
    from timeline.dates.corrections.readings import read_working_days as read_working_days
    from timeline.dates.day_ranges import DayRange as DayRange
    from timeline.dates.durations import Duration as Duration
    from timeline.dates.durations import parse_duration as parse_duration
    from timeline.dates.edtf import between_sides as between_sides
    from timeline.dates.edtf import format_edtf as format_edtf
    from timeline.dates.edtf import format_edtf_interval as format_edtf_interval
    from timeline.dates.edtf import known_bound as known_bound
    from timeline.dates.edtf import looks_like_two_years as looks_like_two_years
    from timeline.dates.edtf import make_between as make_between
    from timeline.dates.fields import parse_day as parse_day
    from timeline.dates.fields import parse_days as parse_days
    from timeline.dates.fields import parse_earlier_start as parse_earlier_start
    from timeline.dates.fields import parse_end as parse_end
    from timeline.dates.fields import parse_excluded as parse_excluded
    from timeline.dates.fields import parse_instance as parse_instance
    from timeline.dates.fields import parse_literal_date as parse_literal_date
    from timeline.dates.fields import parse_literal_day as parse_literal_day
    from timeline.dates.fields import parse_series_date as parse_series_date
    from timeline.dates.fields import parse_start as parse_start
    from timeline.dates.grammar import OPEN as OPEN
    from timeline.dates.grammar import REFUSED as REFUSED
    from timeline.dates.grammar import TBC as TBC
    from timeline.dates.grammar import Between as Between
    from timeline.dates.grammar import BetweenSide as BetweenSide
    from timeline.dates.grammar import DateExpression as DateExpression
    from timeline.dates.grammar import NoDate as NoDate
    from timeline.dates.grammar import RelativeOneSided as RelativeOneSided
    from timeline.dates.instants import Instant as Instant
    from timeline.dates.instants import date_of as date_of
    from timeline.dates.instants import days_in_zones as days_in_zones
    from timeline.dates.instants import is_fixed_zone as is_fixed_zone
    from timeline.dates.instants import local_day as local_day
    from timeline.dates.instants import looks_like_end_time as looks_like_end_time
    from timeline.dates.instants import move_instant as move_instant
    from timeline.dates.instants import move_instant_within as move_instant_within
    from timeline.dates.instants import resolve_clock_time as resolve_clock_time
    from timeline.dates.instants import resolve_moved_wall_time as resolve_moved_wall_time
    from timeline.dates.instants import to_zone as to_zone
    from timeline.dates.moves import FIRST_DAY as FIRST_DAY
    from timeline.dates.moves import FIRST_YEAR as FIRST_YEAR
    from timeline.dates.moves import LAST_DAY as LAST_DAY
    from timeline.dates.moves import LAST_YEAR as LAST_YEAR
    from timeline.dates.moves import check_range as check_range
    from timeline.dates.moves import day_after as day_after
    from timeline.dates.moves import day_before as day_before
    from timeline.dates.moves import move_day as move_day
    from timeline.dates.moves import move_day_within as move_day_within
    from timeline.dates.moves import move_moment as move_moment
    from timeline.dates.names import MONTH_NAMES as MONTH_NAMES
    from timeline.dates.names import WEEKDAY_NAMES as WEEKDAY_NAMES
    from timeline.dates.one_sided import join_sides as join_sides
    from timeline.dates.one_sided import one_bound as one_bound
    from timeline.dates.posix_tz import MONTH_LENGTHS as MONTH_LENGTHS
    from timeline.dates.posix_tz import DayPattern as DayPattern
    from timeline.dates.posix_tz import PosixRule as PosixRule
    from timeline.dates.posix_tz import parse_posix_tz as parse_posix_tz
    from timeline.dates.recurrence.budget import RuleBudget as RuleBudget
    from timeline.dates.recurrence.budget import RuleBudgetRefusal as RuleBudgetRefusal
    from timeline.dates.recurrence.budget import bounded_walks as bounded_walks
    from timeline.dates.recurrence.budget import limit_walks as limit_walks
    from timeline.dates.recurrence.constraints import parse_rrule as parse_rrule
    from timeline.dates.recurrence.ends import resolve_rule_end as resolve_rule_end
    from timeline.dates.recurrence.expansion import Recurrence as Recurrence
    from timeline.dates.recurrence.expansion import instance_key as instance_key
    from timeline.dates.recurrence.parts import Weekday as Weekday
    from timeline.dates.recurrence.rule import RecurrenceRule as RecurrenceRule
    from timeline.dates.recurrence.rule import RecurrenceStart as RecurrenceStart
    from timeline.dates.recurrence.starts import validate_rrule_start as validate_rrule_start
    from timeline.dates.relative import EVENT_ID_PATTERN as EVENT_ID_PATTERN
    from timeline.dates.relative import RelativeDate as RelativeDate
    from timeline.dates.working_days import WorkCalendar as WorkCalendar
    from timeline.dates.working_days import WorkingDays as WorkingDays
    from timeline.dates.working_days import shift_by_working_days as shift_by_working_days
    from timeline.dates.zones import AOE_CLOCK as AOE_CLOCK
    from timeline.dates.zones import AOE_NAME as AOE_NAME
    from timeline.dates.zones import AOE_OFFSET as AOE_OFFSET
    from timeline.dates.zones import BEGINNING_OF_TIME as BEGINNING_OF_TIME
    from timeline.dates.zones import UTC_NAME as UTC_NAME
    from timeline.dates.zones import Onset as Onset
    from timeline.dates.zones import TimesShown as TimesShown
    from timeline.dates.zones import check_zone as check_zone
    from timeline.dates.zones import get_zone as get_zone
    from timeline.dates.zones import is_utc_zone as is_utc_zone
    from timeline.dates.zones import listed_zone_names as listed_zone_names
    from timeline.dates.zones import posix_tz_string as posix_tz_string
    from timeline.dates.zones import times_shown as times_shown
    from timeline.dates.zones import zone_onsets as zone_onsets
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "alarms": "AlarmBefore WrittenAlarm parse_alarm",
            "arithmetic": "shift_date shift_wall_time",
            "calendar_units": "Date OneSidedDate Precision Qualification make_day",
            "clock_times": "ClockTime format_wall_time is_time_of_day",
            "corrections.abbreviations": "WITHOUT_SUMMER_TIME explain_without_summer_time",
            "corrections.readings": (
                "only_reading read_duration read_time_of_day read_working_days"
            ),
            "day_ranges": "DayRange",
            "durations": "Duration parse_duration",
            "edtf": (
                "between_sides format_edtf format_edtf_interval known_bound looks_like_two_years "
                "make_between"
            ),
            "fields": (
                "parse_day parse_days parse_earlier_start parse_end parse_excluded parse_instance "
                "parse_literal_date parse_literal_day parse_series_date parse_start"
            ),
            "grammar": (
                "Between BetweenSide DateExpression NoDate OPEN REFUSED RelativeOneSided TBC"
            ),
            "instants": (
                "Instant date_of days_in_zones is_fixed_zone local_day looks_like_end_time "
                "move_instant move_instant_within resolve_clock_time resolve_moved_wall_time "
                "to_zone"
            ),
            "moves": (
                "FIRST_DAY FIRST_YEAR LAST_DAY LAST_YEAR check_range day_after day_before move_day "
                "move_day_within move_moment"
            ),
            "names": "MONTH_NAMES WEEKDAY_NAMES",
            "one_sided": "join_sides one_bound",
            "posix_tz": "DayPattern MONTH_LENGTHS PosixRule parse_posix_tz",
            "recurrence.constraints": "parse_rrule",
            "recurrence.budget": "RuleBudget RuleBudgetRefusal bounded_walks limit_walks",
            "recurrence.ends": "resolve_rule_end",
            "recurrence.expansion": "Recurrence instance_key",
            "recurrence.parts": "Weekday",
            "recurrence.rule": "RecurrenceRule RecurrenceStart",
            "recurrence.starts": "validate_rrule_start",
            "relative": "EVENT_ID_PATTERN RelativeDate",
            "working_days": "WorkCalendar WorkingDays shift_by_working_days",
            "zones": (
                "AOE_CLOCK AOE_NAME AOE_OFFSET BEGINNING_OF_TIME Onset TimesShown UTC_NAME "
                "check_zone get_zone is_utc_zone listed_zone_names posix_tz_string times_shown "
                "zone_onsets"
            ),
        },
    )
