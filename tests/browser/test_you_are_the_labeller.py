"""You are the labeller on its page: thirty pairs by keyboard and by finger, and the clock.

Everything on the page is compared with what Python computes from the same actions. The tests share
one page, since a start of Python takes seconds; each begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.pairs import pairs
from tests.browser.hands import Finger, Keys, Player
from tests.browser.twin import (
    PHONE,
    PYTHON_UP,
    WIDE,
    Twin,
    begin_anew,
    expect_fits,
    expect_no_violation,
    expect_same,
    touch_screen,
)
from tests.browser.twin import lab_on as lab_called

pytestmark = pytest.mark.browser

CHAPTER = "chapters/rlhf.html"
SLUG = "you-are-the-labeller"
KEYS = {choice: str(number) for number, choice in enumerate(s.CHOICES, 1)}
BY_TRUTH = {name: pair.better for name, pair in pairs().items()}
SKIPPED, TIED = list(BY_TRUTH)[6], list(BY_TRUTH)[12]
GIVEN = {**BY_TRUTH, SKIPPED: "skip", TIED: "tie"}
LATER = [step for step in s.STEPS if step != "compare"]


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, site_url + CHAPTER) as page:
        yield page


@pytest.fixture
def page(shared_page: Page) -> Page:
    """The shared page with nothing compared."""
    shared_page.set_viewport_size(WIDE)
    shared_page.emulate_media(color_scheme="light")
    lab = lab_on(shared_page)
    begin_anew(lab)
    expect(lab.get_by_role("button", name="Begin", exact=True)).to_be_visible()
    return shared_page


def lab_on(page: Page) -> Locator:
    return lab_called(page, SLUG)


def expect_pair(lab: Locator, twin: Twin) -> None:
    """Compare the message and both replies with those that Python asks about."""
    asked = twin.blocks()["asked"]
    expect(lab.locator(".pg-pair-place")).to_have_text(asked["place"], timeout=PYTHON_UP)
    expect(lab.locator(".pg-pair-prompt")).to_have_text(asked["prompt"])
    expect(lab.locator(".pg-pair-text")).to_have_text(asked["replies"])


def through_the_steps(player: Player, *, scheme: str) -> None:
    """Go through the steps after the comparisons; every number is Python's."""
    player.lab.page.emulate_media(color_scheme=scheme)
    for step in LATER:
        player.choose("step", step)
        if step == "bias":
            player.choose("bias", "courtesy")
        if step in ("assistant", "bias"):
            player.slide_to_the_end("leash" if step == "assistant" else "share")
        player.expect_same()
        for block in player.twin.of_kind("chart"):
            expect(player.lab.get_by_role("img", name=block["alt"])).to_be_visible()
        expect_fits(player.lab, step)
        expect_no_violation(player.lab, SLUG, f"{step}, {scheme}")


def bring(lab: Locator, twin: Twin, text: str) -> None:
    file = {"name": "labels.json", "mimeType": "application/json", "buffer": text.encode()}
    lab.locator("input[type=file]").set_input_files(file)
    twin.does("upload", text, "bring")


def test_by_keyboard_thirty_pairs_become_an_assistant_and_a_file_that_comes_back(page):
    lab, twin = lab_on(page), Twin(SLUG)
    player = Player(lab, twin, Keys())
    player.choose("pace", "0")
    player.press("begin")
    expect_pair(lab, twin)
    page.keyboard.press("Tab")  # from the heading to the first answer
    expect(lab.get_by_role("button", name="A is better")).to_be_focused()
    for number, (name, choice) in enumerate(GIVEN.items()):
        expect_pair(lab, twin)
        page.keyboard.press(KEYS[choice])
        twin.does("answer", choice, name)
        if number % 10 == 0:
            expect_same(lab, twin)
            expect_no_violation(lab, SLUG, f"pair {number}")
    expect_same(lab, twin)
    through_the_steps(player, scheme="light")
    player.save("save")
    text = twin.blocks()["save"]["text"]
    bring(lab, twin, text[:200])
    expect(lab.locator(".pg-upload .pg-field-problem")).to_have_text(
        twin.blocks()["bring"]["problem"]
    )
    file = json.loads(text)
    for row in file["labels"]:  # a colleague who sees it the other way round
        row["choice"] = {"a": "b", "b": "a"}.get(row["choice"], row["choice"])
    bring(lab, twin, json.dumps(file))
    expect_same(lab, twin)
    player.choose("whose", "brought")
    player.choose("step", "assistant")
    player.expect_same()


def test_by_finger_at_360_px_thirty_pairs_and_every_step(page):
    page.set_viewport_size(PHONE)
    lab, twin = lab_on(page), Twin(SLUG)
    player = Player(lab, twin, Finger())
    player.choose("pace", "0")
    player.press("begin")
    for number, (name, choice) in enumerate(GIVEN.items()):
        expect_pair(lab, twin)
        if number % 10 == 0:
            expect_fits(lab, f"pair {number}")
        lab.get_by_role("button", name=s.CHOICES[choice], exact=True).tap()
        twin.does("answer", choice, name)
    expect_same(lab, twin)
    player.press("undo")
    expect_pair(lab, twin)
    lab.get_by_role("button", name="About equal", exact=True).tap()
    twin.does("answer", "tie", list(GIVEN)[-1])
    through_the_steps(player, scheme="dark")


def test_when_the_time_is_over_it_says_so_and_the_answer_counts(page):
    lab, twin = lab_on(page), Twin(SLUG)
    page.clock.install(time="2026-01-01T00:00:00Z")
    player = Player(lab, twin, Keys())
    player.choose("pace", "15")
    page.clock.pause_at("2026-01-02T00:00:00Z")  # a slow machine takes none of the seconds
    player.press("begin")
    expect_pair(lab, twin)
    clock = lab.get_by_role("timer")
    expect(clock).to_have_text("15 s left")
    page.clock.run_for(5_000)
    expect(clock).to_have_text("10 s left")
    page.clock.run_for(11_000)
    expect(clock).to_have_text("Time is over. Answer all the same.")
    page.clock.resume()
    first = next(iter(GIVEN))
    twin.does("late", "", first)
    lab.get_by_role("button", name="A is better").press("Enter")
    twin.does("answer", "a", first)
    expect_pair(lab, twin)
    expect(lab.get_by_text("After the time: 1.")).to_be_visible()
    expect_same(lab, twin)
    expect(clock).to_contain_text("s left")
    player.choose("pace", "0")
    expect(clock).to_be_hidden()
