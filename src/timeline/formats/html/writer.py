"""Write the page: values of `page.py` in the templates of Jinja2, which escapes all of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from timeline.formats.html.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from timeline.formats.html.options import HtmlOptions
    from timeline.model import Calendar


def render(calendar: Calendar, options: HtmlOptions) -> Iterator[bytes]:
    """Yield the page: UTF-8, LF, one newline at the end."""
    yield template("page.html").render(page=page_of(calendar, options)).encode()


@cache
def template(name: str) -> Template:
    """Return a template, in which every value is escaped."""
    environment = Environment(
        loader=PackageLoader("timeline.formats.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)
