"""Read bytes into YAML data in which every value has a place."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.source.discovery import EVENTS_FILE as EVENTS_FILE
    from timeline.source.discovery import AmbiguousFile as AmbiguousFile
    from timeline.source.discovery import events_file_names as events_file_names
    from timeline.source.discovery import find_events_file as find_events_file
    from timeline.source.discovery import names_of_events_files as names_of_events_files
    from timeline.source.document import Document as Document
    from timeline.source.document import document_of_text as document_of_text
    from timeline.source.documents import documents_below as documents_below
    from timeline.source.files import DISK as DISK
    from timeline.source.files import Disk as Disk
    from timeline.source.files import FileIdentity as FileIdentity
    from timeline.source.files import FileTree as FileTree
    from timeline.source.files import UnreadableFile as UnreadableFile
    from timeline.source.files import open_file_or_pipe as open_file_or_pipe
    from timeline.source.files import read_stdin as read_stdin
    from timeline.source.includes import read_document as read_document
    from timeline.source.includes import read_text as read_text
    from timeline.source.including import IncludingFiles as IncludingFiles
    from timeline.source.including import events_files_below as events_files_below
    from timeline.source.including import is_events_file as is_events_file
    from timeline.source.including import last_folder as last_folder
    from timeline.source.including import yaml_files_below as yaml_files_below
    from timeline.source.messages import help_for_empty_key as help_for_empty_key
    from timeline.source.messages import other_space_at as other_space_at
    from timeline.source.paths import Boundary as Boundary
    from timeline.source.paths import FilePlace as FilePlace
    from timeline.source.paths import ForbiddenPath as ForbiddenPath
    from timeline.source.paths import RealPath as RealPath
    from timeline.source.paths import boundary_of_embedded_files as boundary_of_embedded_files
    from timeline.source.paths import boundary_of_new_files as boundary_of_new_files
    from timeline.source.paths import boundary_of_outputs as boundary_of_outputs
    from timeline.source.paths import check_input as check_input
    from timeline.source.paths import find_root as find_root
    from timeline.source.paths import folder_of_events_file as folder_of_events_file
    from timeline.source.paths import follow_links as follow_links
    from timeline.source.paths import is_within as is_within
    from timeline.source.paths import place_of_document as place_of_document
    from timeline.source.paths import place_of_file as place_of_file
    from timeline.source.paths import real_path as real_path
    from timeline.source.paths import system_name as system_name
    from timeline.source.portable import is_windows as is_windows
    from timeline.source.portable import name_error as name_error
    from timeline.source.portable import path_error as path_error
    from timeline.source.portable import portability_error as portability_error
    from timeline.source.portable import typed_path as typed_path
    from timeline.source.quoting import yaml_quoted as yaml_quoted
    from timeline.source.source_file import Scalar as Scalar
    from timeline.source.text import SourceText as SourceText
    from timeline.source.text import decode_text as decode_text
    from timeline.source.walking import Exclusions as Exclusions
    from timeline.source.walking import walk as walk
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "discovery": (
                "EVENTS_FILE AmbiguousFile events_file_names find_events_file names_of_events_files"
            ),
            "document": "Document document_of_text",
            "documents": "documents_below",
            "files": (
                "DISK Disk FileIdentity FileTree UnreadableFile open_file_or_pipe read_stdin"
            ),
            "includes": "read_document read_text",
            "including": (
                "IncludingFiles events_files_below is_events_file last_folder yaml_files_below"
            ),
            "messages": "help_for_empty_key other_space_at",
            "paths": (
                "Boundary ForbiddenPath FilePlace RealPath boundary_of_embedded_files "
                "boundary_of_new_files boundary_of_outputs check_input find_root "
                "folder_of_events_file follow_links is_within place_of_document place_of_file "
                "real_path system_name"
            ),
            "portable": "is_windows name_error path_error portability_error typed_path",
            "quoting": "yaml_quoted",
            "source_file": "Scalar",
            "text": "SourceText decode_text",
            "walking": "Exclusions walk",
        },
    )
