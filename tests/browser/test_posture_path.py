"""A learner reads chapters 4 to 10: the table of postures grows by a row each, as Python has it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from proxygap.presentation.posture_table import COLUMNS
from proxygap.presentation.prose import number
from proxygap.simulations._techniques import ORDER, path

pytestmark = pytest.mark.browser


def rows(chapter: str) -> list[str]:
    """Return the rows as a reader sees them."""
    return [
        "\t".join(
            [stage.label]
            + [number(100 * getattr(stage.posture, measure)) for measure, _, _ in COLUMNS]
        )
        for stage in path(chapter)
    ]


def test_the_table_changes_from_chapter_to_chapter_as_computed(open_page):
    for length, chapter in enumerate(ORDER, start=1):
        page = open_page(f"chapters/{chapter}.html", width=360)
        table = page.locator(".pg-posture").last
        table.scroll_into_view_if_needed()
        assert table.locator("tbody tr").all_inner_texts() == rows(chapter)
        expect(table.locator("tbody tr")).to_have_count(length)
        expect(table.locator("[aria-current] th")).to_have_text(path(chapter)[-1].label)
        page.context.close()
