"""Define ``timeline holidays``, which prints public holidays as days off for an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from collections.abc import Iterator
from typing import Annotated

import typer

from timeline.cli.streams import write_document


def _complete_country(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the codes of countries that begin with a text, and their names."""
    from timeline.cli.public_holidays import known_countries

    try:
        known = known_countries()
    except ModuleNotFoundError:
        return
    for code, name in known.items():
        if len(code) == 2 and code.startswith(incomplete):
            yield code, name


def holidays(
    country: Annotated[
        str,
        typer.Argument(
            metavar="COUNTRY",
            help="Code of the country (ISO 3166-1), such as `SA`.",
            autocompletion=_complete_country,
        ),
    ],
    years: Annotated[
        str, typer.Argument(metavar="YEARS", help="Years, such as `2025..2028`, or one year.")
    ],
    subdivision: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Part of the country with additional holidays, such as a state."
        ),
    ] = None,
) -> None:
    """Print the public holidays of a country as the days off of `working-days`.

    They are those of the package holidays (pip install 'timeline-as-code[holidays]'), with its
    version. Check them, and save them in the events file: nothing is read when it is exported.
    """
    from timeline.cli import public_holidays

    parsed = public_holidays.parse_years(years)
    package = public_holidays.import_holidays()
    place = public_holidays.find_country(package, country)
    part = public_holidays.find_subdivision(place, subdivision)
    lines = public_holidays.list_days_off(package, place, part, parsed)
    write_document("".join(f"{line}\n" for line in lines))
