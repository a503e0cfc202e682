"""The declaration of keys: what a class makes of them."""

from __future__ import annotations

import pytest

from timeline.compiler.schema import scalars
from timeline.compiler.schema.declarations import Declared, key, list_of, scalar

LINE = scalar(scalars.line)


class Sample(Declared, title="A sample", is_open=True):
    """A mapping of three keys."""

    title: str = key(LINE, title="Title", description="What it is called.")
    class_: str | None = key(LINE, default=None, title="Class", description="Of what kind.")
    related_to: tuple[str, ...] = key(
        list_of(LINE), default=(), title="Related", description="To what."
    )


def test_names_in_the_file_are_those_of_the_attributes() -> None:
    assert list(Sample.declaration.keys) == ["title", "class", "related-to"]
    assert [key.is_required for key in Sample.declaration.keys.values()] == [True, False, False]
    assert Sample.declaration.title == "A sample"


def test_keys_are_slots_with_defaults() -> None:
    sample = Sample(title="T", related_to=("a",))
    assert sample.values() == {"title": "T", "class_": None, "related_to": ("a",)}
    assert not hasattr(sample, "__dict__")


def test_equal_values_are_equal() -> None:
    sample = Sample(title="T")
    assert sample == Sample(title="T", class_=None)
    assert sample != Sample(title="U")
    assert len({sample, Sample(title="T")}) == 1
    assert repr(sample) == "Sample(title='T', class_=None, related_to=())"


def test_a_key_without_a_default_is_required_and_others_are_refused() -> None:
    with pytest.raises(TypeError, match="required argument 'title'"):
        Sample()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="argument 'titel'"):
        Sample(title="T", titel="T")  # type: ignore[call-arg]
