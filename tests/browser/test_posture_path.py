"""A learner reads chapters 4 to 10: the table of postures grows by a row each, as Python has it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from proxygap.presentation.posture_table import COLUMNS
from proxygap.presentation.prose import number
from proxygap.simulations._techniques import ORDER, path

pytestmark = pytest.mark.browser


def rows(chapter: str) -> list[list[str]]:
    """Return the cells of each row: what was done, and its numbers."""
    return [
        [stage.label, *(number(100 * getattr(stage.posture, name)) for name, _, _ in COLUMNS)]
        for stage in path(chapter)
    ]


def test_the_table_changes_from_chapter_to_chapter_as_computed(open_page):
    for chapter in ORDER:
        page = open_page(f"chapters/{chapter}.html", width=360)
        table = page.locator(".pg-posture").last
        expect(table.locator("tbody tr")).to_have_count(len(path(chapter)))
        for place, cells in enumerate(rows(chapter)):
            row = table.locator("tbody tr").nth(place)
            expect(row.locator("th, td")).to_have_text(cells)
        expect(table.locator("[aria-current] th")).to_have_text(path(chapter)[-1].label)
        page.context.close()
