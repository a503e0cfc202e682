"""Folders of the checkout."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
BAD = TESTS / "bad"
CASE_FILES = tuple(sorted(TESTS.glob("cases/*/events.yaml")))
"""The events files of the golden cases."""
