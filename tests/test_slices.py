"""No slice of the course is missing a part, and none is an orphan."""

import re

import pytest

from proxygap.content import content_root
from proxygap.slices import exercise_slugs, files_of
from proxygap.validation import findings, inventory_of

ROOT = content_root()


def chapter_text(slug: str) -> str:
    return (ROOT / "book" / "chapters" / f"{slug}.md").read_text(encoding="utf-8")


def all_prose() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "book").rglob("*.md"))


@pytest.mark.parametrize("slug", inventory_of("chapter"))
def test_a_chapter_has_a_bank_an_exercise_and_something_to_play_with(slug):
    text = chapter_text(slug)
    assert f"{{quiz}} {slug}" in text
    assert "{exercise} " in text
    assert re.search(r'(explore|lab)\("', text)
    assert slug in inventory_of("quiz")


@pytest.mark.parametrize("slug", inventory_of("simulation"))
def test_a_simulation_is_tested_and_shown(slug):
    assert files_of(slug)["test"]
    assert f'explore("{slug}"' in all_prose()


@pytest.mark.parametrize("slug", inventory_of("lab"))
def test_a_lab_is_tested_and_shown(slug):
    assert files_of(slug)["test"]
    assert f'lab("{slug}")' in all_prose()


@pytest.mark.parametrize("slug", inventory_of("quiz"))
def test_a_bank_belongs_to_a_chapter(slug):
    assert slug in inventory_of("chapter")


@pytest.mark.parametrize("slug", exercise_slugs())
def test_an_exercise_is_set_in_a_chapter(slug):
    assert f"{{exercise}} {slug}" in all_prose()


def test_no_slice_has_a_mistake():
    assert findings() == []
