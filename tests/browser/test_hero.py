"""The first screen: a running race, one control, one question."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from proxygap.simulations import get
from tests.browser.reach import box_of, eventually

pytestmark = pytest.mark.browser

LAP = 8


def labels(page: Page) -> list[str]:
    shown = page.locator(".pg-hero-chart text.pg-label:visible")
    return [" ".join(text.split()) for text in shown.all_text_contents()]


def expect_labels(page: Page, numbers: list[str]) -> None:
    def check() -> None:
        assert labels(page) == numbers

    eventually(page, check)


def expected(reward: str) -> tuple[list[str], str]:
    result = get("boat-race").run_at(reward=reward)
    paid, wanted = (result[name][-1] for name in ("path_return", "path_performance"))
    return [f"we pay {paid:.0f}", f"we get {wanted:.0f}"], f"{wanted / LAP:g}"


def test_both_races_end_with_the_numbers_that_python_returns(open_page):
    page = open_page("index.html", reduced_motion=True)
    page.get_by_label("every arrow it enters").focus()
    for reward, key in (("arrows", None), ("goal", "ArrowDown")):
        if key:
            page.keyboard.press(key)
        numbers, laps = expected(reward)
        expect_labels(page, numbers)
        finding = page.locator(".pg-hero-finding p:visible")
        expect(finding).to_contain_text(f"goes round {laps} times")
        expect(finding).to_have_attribute("data-reward", reward)


def test_with_reduced_motion_nothing_moves_until_it_is_asked_to(open_page):
    page = open_page("index.html", reduced_motion=True)
    button = page.get_by_role("button", name="Play the race")
    expect(button).to_be_visible()
    before = labels(page)
    button.press("Enter")
    expect(page.get_by_role("button", name="Pause the race")).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('.pg-hero-end tspan').textContent !== '50'"
    )

    def check() -> None:
        assert labels(page) != before

    eventually(page, check)


def test_the_race_runs_by_itself_and_can_be_paused(open_page):
    page = open_page("index.html")
    boat = page.locator(".pg-hero-boat:visible .pg-walker")
    first = boat.get_attribute("transform")
    page.wait_for_function(
        "first => document.querySelector('.pg-hero-boat .pg-walker').getAttribute('transform')"
        " !== first", arg=first,
    )  # fmt: skip
    page.get_by_role("button", name="Pause the race").press("Space")
    stopped = boat.get_attribute("transform")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))")
    assert boat.get_attribute("transform") == stopped


def test_while_the_boat_moves_the_counters_are_those_of_the_move_it_has_reached(open_page):
    page = open_page("index.html")
    race = get("boat-race").run_at(reward="arrows")
    page.wait_for_function(
        "() => /^([1-9]|1[0-9])$/.test(document.querySelector('.pg-hero-end tspan').textContent)"
    )
    page.get_by_role("button", name="Pause the race").click()
    paid, wanted = (int(label.split()[-1]) for label in labels(page))
    moves = zip(race["path_return"], race["path_performance"], strict=True)
    assert (paid, wanted) in {(int(a), int(b)) for a, b in moves}


def test_choosing_another_reward_starts_its_race(open_page):
    page = open_page("index.html")
    page.get_by_label("every move round the course").check()
    expect(page.locator('.pg-hero-boat[data-reward="goal"]')).to_be_visible()
    expect(page.locator('.pg-hero-boat[data-reward="arrows"]')).to_be_hidden()


def test_without_javascript_the_control_still_shows_the_other_race(open_page):
    page = open_page("index.html", javascript=False)
    expect_labels(page, expected("arrows")[0])
    page.get_by_label("every move round the course").check()
    expect_labels(page, expected("goal")[0])


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 800)])
def test_question_race_and_control_are_on_the_first_screen(open_page, width, height):
    page = open_page("index.html", width=width)
    for part in (".pg-hero-question", ".pg-hero-track", ".pg-hero-control"):
        eventually(page, partial(ends_above, page.locator(part), height))


def ends_above(part: Locator, height: int) -> None:
    box = box_of(part)
    assert box["y"] + box["height"] <= height, part
