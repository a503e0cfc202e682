"""Open pages in Chromium and report what a reader would notice: messages, what axe finds."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from support import foreign
from support.paths import TESTS

_PROGRAM = TESTS / "support" / "browser.mjs"


def open_pages(jobs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what one browser reports of each job; `browser.mjs` states what a job may have."""
    done = subprocess.run(
        [
            foreign.NODE,
            str(_PROGRAM),
            str(foreign.node_modules("TIMELINE_PAGES").parent),
            foreign.BROWSER,
        ],
        input=json.dumps(list(jobs.values())),
        capture_output=True,
        text=True,
        check=False,
        timeout=550,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(jobs, json.loads(done.stdout), strict=True))
