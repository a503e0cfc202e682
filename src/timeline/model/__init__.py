"""The resolved calendar: events, occurrences, selection, feeds, outline, projection and words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.model.anchors import Anchor as Anchor
    from timeline.model.anchors import AnchoredDates as AnchoredDates
    from timeline.model.categories import category_ranks as category_ranks
    from timeline.model.categories import first_category as first_category
    from timeline.model.classes import PRIVATE_CLASSES as PRIVATE_CLASSES
    from timeline.model.classes import private_event_ids as private_event_ids
    from timeline.model.details import DETAIL_PROPERTIES as DETAIL_PROPERTIES
    from timeline.model.details import NO_DETAILS as NO_DETAILS
    from timeline.model.details import DetailProperty as DetailProperty
    from timeline.model.details import Details as Details
    from timeline.model.details import Link as Link
    from timeline.model.details import NextProperty as NextProperty
    from timeline.model.details import Person as Person
    from timeline.model.details import ValueKind as ValueKind
    from timeline.model.events import Alarm as Alarm
    from timeline.model.events import AllDay as AllDay
    from timeline.model.events import Calendar as Calendar
    from timeline.model.events import Category as Category
    from timeline.model.events import Dated as Dated
    from timeline.model.events import Event as Event
    from timeline.model.events import Mixed as Mixed
    from timeline.model.events import Override as Override
    from timeline.model.events import ProjectionOptions as ProjectionOptions
    from timeline.model.events import Source as Source
    from timeline.model.events import TextsInLanguage as TextsInLanguage
    from timeline.model.events import Timed as Timed
    from timeline.model.events import Undated as Undated
    from timeline.model.events import Was as Was
    from timeline.model.events import When as When
    from timeline.model.events import as_edtf as as_edtf
    from timeline.model.events import certainty as certainty
    from timeline.model.events import earliest as earliest
    from timeline.model.events import first_day as first_day
    from timeline.model.events import is_anywhere_on_earth as is_anywhere_on_earth
    from timeline.model.events import is_imprecise as is_imprecise
    from timeline.model.events import is_known_to_the_day as is_known_to_the_day
    from timeline.model.events import is_to_be_confirmed as is_to_be_confirmed
    from timeline.model.events import last_day as last_day
    from timeline.model.events import latest as latest
    from timeline.model.events import make_when as make_when
    from timeline.model.events import recurrence_start as recurrence_start
    from timeline.model.events import shown_day as shown_day
    from timeline.model.feeds import Feed as Feed
    from timeline.model.feeds import calendar_of_feed as calendar_of_feed
    from timeline.model.feeds import events_of_feed as events_of_feed
    from timeline.model.occurrences import current_dates as current_dates
    from timeline.model.occurrences import dates_as_of as dates_as_of
    from timeline.model.occurrences import first_dates as first_dates
    from timeline.model.occurrences import first_instances as first_instances
    from timeline.model.occurrences import instance_dates as instance_dates
    from timeline.model.origins import EventOrigin as EventOrigin
    from timeline.model.outline import EventNode as EventNode
    from timeline.model.outline import Tense as Tense
    from timeline.model.outline import group_by_year as group_by_year
    from timeline.model.outline import next_event_ids as next_event_ids
    from timeline.model.outline import sort_by_time as sort_by_time
    from timeline.model.outline import tense as tense
    from timeline.model.outline import walk_nodes as walk_nodes
    from timeline.model.projection import VEventProjection as VEventProjection
    from timeline.model.projection import omission as omission
    from timeline.model.projection import omission_reason as omission_reason
    from timeline.model.projection import omission_reasons as omission_reasons
    from timeline.model.projection import project_calendar as project_calendar
    from timeline.model.projection import project_event as project_event
    from timeline.model.projection import projected_alarms as projected_alarms
    from timeline.model.projection import vevent_status as vevent_status
    from timeline.model.recurrence_sets import portable_recurrence as portable_recurrence
    from timeline.model.selection import Selection as Selection
    from timeline.model.selection import select_events as select_events
    from timeline.model.selection import unknown_names as unknown_names
    from timeline.model.uids import END_SUFFIX as END_SUFFIX
    from timeline.model.uids import suffixed_uid as suffixed_uid
    from timeline.model.words.capitals import capitalized as capitalized
    from timeline.model.words.capitals import uncapitalized as uncapitalized
    from timeline.model.words.catalogue_files import all_translators as all_translators
    from timeline.model.words.catalogue_files import catalogue_tags as catalogue_tags
    from timeline.model.words.catalogues import phrases_of as phrases_of
    from timeline.model.words.clocks import names_zone as names_zone
    from timeline.model.words.clocks import times_sentence as times_sentence
    from timeline.model.words.clocks import zone_words as zone_words
    from timeline.model.words.clocks import zoned_clock as zoned_clock
    from timeline.model.words.date_formats import DateFormats as DateFormats
    from timeline.model.words.isolates import balanced as balanced
    from timeline.model.words.isolates import isolated as isolated
    from timeline.model.words.isolates import isolated_items as isolated_items
    from timeline.model.words.isolates import isolated_line as isolated_line
    from timeline.model.words.isolates import isolated_lines as isolated_lines
    from timeline.model.words.isolates import marks_around_line as marks_around_line
    from timeline.model.words.language import Language as Language
    from timeline.model.words.language import choose_language as choose_language
    from timeline.model.words.language import language_name as language_name
    from timeline.model.words.language import language_notice as language_notice
    from timeline.model.words.language import language_objection as language_objection
    from timeline.model.words.language import language_of as language_of
    from timeline.model.words.links import join_sentences as join_sentences
    from timeline.model.words.series import ChangedInstance as ChangedInstance
    from timeline.model.words.series import changed_instances as changed_instances
    from timeline.model.words.series import first_day_words as first_day_words
    from timeline.model.words.series import instance_words as instance_words
    from timeline.model.words.series import recurrence_sentences as recurrence_sentences
    from timeline.model.words.series import rule_sentences as rule_sentences
    from timeline.model.words.spans import side_words as side_words
    from timeline.model.words.spans import to_be_confirmed as to_be_confirmed
    from timeline.model.words.spans import when_words as when_words
    from timeline.model.words.statuses import status_words as status_words
    from timeline.model.words.wording import PLAIN_ENGLISH as PLAIN_ENGLISH
    from timeline.model.words.wording import Wording as Wording
    from timeline.model.words.wording import joined_by_commas as joined_by_commas
    from timeline.model.words.wording import unnamed_zone as unnamed_zone
    from timeline.model.words.wording import wording_of as wording_of
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "anchors": "Anchor AnchoredDates",
            "categories": "category_ranks first_category",
            "classes": "PRIVATE_CLASSES private_event_ids",
            "details": (
                "DETAIL_PROPERTIES DetailProperty Details Link NO_DETAILS NextProperty Person "
                "ValueKind"
            ),
            "events": (
                "Alarm AllDay Calendar Category Dated Event Mixed Override "
                "ProjectionOptions Source TextsInLanguage Timed Undated Was When as_edtf certainty "
                "earliest first_day is_anywhere_on_earth is_imprecise is_known_to_the_day "
                "is_to_be_confirmed last_day latest make_when recurrence_start shown_day"
            ),
            "feeds": "Feed calendar_of_feed events_of_feed",
            "occurrences": ("current_dates dates_as_of first_dates first_instances instance_dates"),
            "origins": "EventOrigin",
            "outline": "EventNode Tense group_by_year next_event_ids sort_by_time tense walk_nodes",
            "projection": (
                "VEventProjection omission omission_reason omission_reasons "
                "project_calendar project_event projected_alarms vevent_status"
            ),
            "recurrence_sets": "portable_recurrence",
            "selection": "Selection select_events unknown_names",
            "uids": "END_SUFFIX suffixed_uid",
            "words.capitals": "capitalized uncapitalized",
            "words.catalogue_files": "all_translators catalogue_tags",
            "words.catalogues": "phrases_of",
            "words.clocks": "names_zone times_sentence zone_words zoned_clock",
            "words.date_formats": "DateFormats",
            "words.isolates": (
                "balanced isolated isolated_items isolated_line isolated_lines marks_around_line"
            ),
            "words.language": (
                "Language choose_language language_name language_notice language_objection "
                "language_of"
            ),
            "words.links": "join_sentences",
            "words.series": (
                "ChangedInstance changed_instances first_day_words instance_words "
                "recurrence_sentences rule_sentences"
            ),
            "words.spans": "side_words to_be_confirmed when_words",
            "words.statuses": "status_words",
            "words.wording": "PLAIN_ENGLISH Wording joined_by_commas unnamed_zone wording_of",
        },
    )
