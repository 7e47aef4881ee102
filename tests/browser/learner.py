"""A learner at the keyboard: answers the items of a quiz without a mouse."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from proxygap.quiz import Item
from tests.browser.reach import reach

CHAPTER = "chapters/specification-gaming.html"


def element(page: Page, kind: str, slug: str) -> Locator:
    """Return the explorer, lab or exercise called `slug`."""
    return page.locator(f'pg-{kind}[data-slug="{slug}"]')


def final_quiz(page: Page) -> Locator:
    """Return the quiz that steps through all items, once it is alive."""
    quiz = page.locator("pg-quiz").last
    return reach(quiz, page.locator("pg-quiz[data-ready='true']").and_(quiz))


def form_of(quiz: Locator, item: Item) -> Locator:
    """Return the form of an item that is shown."""
    return quiz.locator(f'form[data-item="{item.id}"]')


def go_to(quiz: Locator, item: Item, items: tuple[Item, ...]) -> Locator:
    """Step on with the last button of the navigation until `item` is shown; return its form."""
    for _ in items:
        if form_of(quiz, item).is_visible():
            break
        press(quiz.locator(".pg-quiz-navigation button").last, "Enter")
    return form_of(quiz, item)


def press(target: Locator, *keys: str) -> None:
    """Focus `target` as Tab would and press keys."""
    target.focus()
    for key in keys:
        target.page.keyboard.press(key)


def give(form: Locator, item: Item, response: Any) -> None:
    """Give an answer with the keyboard, without checking it."""
    inputs = form.locator("fieldset").first.locator("input")  # another one asks for a confidence
    match item.type:
        case "single":
            _choose(inputs, response)
        case "multiple":
            for name in response:
                press(form.locator(f'input[value="{name}"]'), "Space")
        case "number" | "text":
            inputs.focus()
            form.page.keyboard.press("ControlOrMeta+a")
            form.page.keyboard.type(response)
        case "order":
            _arrange(form, response)
        case "classify":
            for card, category in response.items():
                _choose(form.locator(f'fieldset[data-option="{card}"] input'), category)


def check(form: Locator) -> None:
    """Press Check."""
    press(form.get_by_role("button", name="Check"), "Enter")


def answer(form: Locator, item: Item, response: Any) -> None:
    """Give an answer and check it."""
    give(form, item, response)
    check(form)


def _choose(radios: Locator, value: str) -> None:
    """Walk a radio group with the arrow keys until `value` is chosen."""
    values = [radio.get_attribute("value") for radio in radios.all()]
    press(radios.first, "Space", *["ArrowDown"] * values.index(value))
    expect(radios.nth(values.index(value))).to_be_checked()


def _arrange(form: Locator, wanted: list[str]) -> None:
    """Move each step up until it stands where it belongs."""
    for place, name in enumerate(wanted):
        row = form.locator(f'li[data-option="{name}"]')
        rows = form.locator("li[data-option]")
        now = [one.get_attribute("data-option") for one in rows.all()].index(name)
        press(row.locator('[data-direction="up"]'), *["Enter"] * (now - place))
