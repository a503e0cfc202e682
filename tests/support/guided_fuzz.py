"""Search for inputs that raise an exception, guided by the lines that they reach (atheris).

In ``tests``, with the extra ``fuzz``: ``python -m support.guided_fuzz TARGET [OPTION…]``. The
targets are ``events``, ``feed`` and ``document``; the options are those of libFuzzer, such as
``-max_total_time=200``. Inputs that reach something new stay in ``build/fuzz/TARGET``, with which
the next run begins, and one that fails is written there as ``TARGET-crash-…``;
``python -m support.guided_fuzz TARGET FILE`` runs it alone.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

FOLDER = Path("build", "fuzz")
"""In the current folder, which the options of libFuzzer are relative to, too."""
LIMITS = ("-timeout=60", "-rss_limit_mb=1500", "-max_len=16000")
"""Seconds and memory for one input; instrumented code takes ten times as long as without."""


def main() -> None:
    """Run the command line; it ends with the first failure, or after the time in the options."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is missing: pip install -e '.[fuzz]'")
    with atheris.instrument_imports(include=["timeline"]):
        from support.fuzz_targets import TARGETS

        name, *options = sys.argv[1:] or [""]
        if name not in TARGETS:
            sys.exit(f"`{name}` is not a target, expected one of: {', '.join(TARGETS)}")
        target = TARGETS[name]
        corpus = FOLDER / name
        corpus.mkdir(parents=True, exist_ok=True)
        for seed in target.seeds():
            # Modules are imported when they are needed: here, so that they are instrumented.
            target.run(seed)
            (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    if all(option.startswith("-") for option in options):
        options += [str(corpus)]
    prefix = f"-artifact_prefix={FOLDER}/{name}-"
    atheris.Setup([sys.argv[0], *LIMITS, prefix, *options], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
