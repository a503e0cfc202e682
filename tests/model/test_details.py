"""The passed-through fields: each is a key of the file and has a property."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from support import strategies
from timeline.compiler.schema.events import EventEntry
from timeline.model.details import DETAIL_PROPERTIES, Details, Person


def test_every_field_has_a_property() -> None:
    assert [field.name for field in fields(Details)] == list(DETAIL_PROPERTIES)


def test_every_field_is_a_key_of_the_file() -> None:
    keys = {key.attribute for key in EventEntry.declaration.keys.values()}
    assert set(DETAIL_PROPERTIES) <= keys


def test_every_field_is_in_the_generated_files() -> None:
    keys = EventEntry.declaration.keys
    generated = {keys[name].attribute for name in strategies.OPTIONAL_KEYS if name in keys}
    assert set(DETAIL_PROPERTIES) <= generated


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (Person("Ann", "ann@example.org"), "Ann <ann@example.org>"),
        (Person("Ann"), "Ann"),
        (Person(email="ann@example.org"), "ann@example.org"),
    ],
)
def test_a_person_as_text(person: Person, text: str) -> None:
    assert str(person) == text
