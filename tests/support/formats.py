"""The formats whose bytes are the same on every machine, which golden files can have."""

from timeline.formats import FORMATS

COMPARED = {name: form for name, form in FORMATS.items() if not form.depends_on_fonts}
