"""The page of the diagnostics: a table of all codes that leads to their sections."""

import re

from timeline.diagnostics import rules_by_code
from tools.docs.diagnostics_page import diagnostics_page


def test_the_table_links_to_the_section_of_every_rule() -> None:
    page = diagnostics_page()
    links = re.findall(r"\]\(#(.+?)\)", page)
    assert links == list(rules_by_code())
    assert all(f"\n## {link}\n" in page for link in links)
