"""The incident sorter on its page: by keys, finger and mouse, alone and with a room.

Every number on the page is compared with what Python computes.

The tests share one page, since a start of Python takes seconds. Each of them begins anew.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs import get
from proxygap.labs.incident_sorter.deck import PILES, Card, cards, rounds
from proxygap.labs.incident_sorter.marks import LEVELS
from tests.browser.axe import violations
from tests.browser.conftest import Guard
from tests.browser.learner import element
from tests.browser.reach import box_of, eventually, expect_no_sideways, reach
from tests.browser.twin import PYTHON_UP, begin_anew

pytestmark = pytest.mark.browser

CHAPTER = "chapters/alignment-safety-ethics.html"
LAB = get("incident-sorter")
ROUND = rounds()[1]
SURE = list(LEVELS)
GUESSES = ["safety", "security", "ethics", "alignment"]


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    parts = urlsplit(site_url)
    guard = Guard(f"{parts.scheme}://{parts.netloc}")
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, has_touch=True, reduced_motion="reduce",
        accept_downloads=True,
    )  # fmt: skip
    guard.watch(context)
    page = context.new_page()
    page.goto(site_url + CHAPTER)
    yield page
    context.close()
    guard.verify()


@pytest.fixture
def page(shared_page: Page) -> Page:
    """The shared page with nothing sorted."""
    shared_page.set_viewport_size({"width": 1280, "height": 800})
    lab = lab_on(shared_page)
    begin_anew(lab)
    expect(lab.locator(".pg-incident-title")).to_have_text(ROUND[0].title)
    expect(lab.get_by_role("radio", name="On your own")).to_be_checked()
    return shared_page


def lab_on(page: Page) -> Locator:
    lab = element(page, "lab", "incident-sorter")
    return reach(lab, lab.locator(".pg-lab"))


@contextmanager
def visited_again(page: Page) -> Iterator[Page]:
    """The page as the next visit finds it; the shared one keeps its Python."""
    later = page.context.new_page()
    later.goto(page.url)
    yield later
    later.close()


def after(*actions: dict[str, str]) -> dict[str, Any]:
    """What Python shows after these actions: every block by its id, and the first heading."""
    state = LAB.initial()
    for action in actions:
        state = LAB.update(state, action)
    sections = LAB.view(state).as_data()["sections"]
    shown = {block["id"]: block for section in sections for block in section["blocks"]}
    return {**shown, "title": sections[0]["title"]}


def moves(card: Card, pile: str, percent: int, *, told: bool = True) -> list[dict[str, str]]:
    sort = {"type": "sort", "id": card.id}
    put = [{"type": "place", "id": card.id, "value": pile},
           {"type": "sure", "id": card.id, "value": str(percent)}, sort]  # fmt: skip
    return [*put, sort] if told else put


def expect_end(lab: Locator, shown: dict[str, Any]) -> None:
    """Compare the end of a round with what Python computes."""
    expect(lab.locator(".pg-lab-heading").first).to_have_text(shown["title"], timeout=PYTHON_UP)
    expect(lab.get_by_text(shown["score"]["text"])).to_be_visible()
    costs = [block for name, block in shown.items() if name.startswith("cost-")]
    assert len(costs) == 2
    links = lab.locator(".pg-page-link")
    expect(links).to_have_text([f"{c['title']} {c['text']} {c['link']}." for c in costs])
    for link, cost in zip(links.locator("a").all(), costs, strict=True):
        href = link.evaluate("link => link.href")
        assert href.endswith(f"/chapters/{cost['chapter']}.html#{cost['section']}")
    cells = [str(count) for row in shown["confusion"]["counts"] for count in row]
    expect(lab.locator(".pg-matrix td.pg-number")).to_have_text(cells)
    rows = [cell for row in shown["levels"]["rows"] for cell in row["cells"]]
    expect(lab.locator(".pg-lab-table tbody :is(th, td)")).to_have_text(rows)
    expect(lab.get_by_role("img", name=shown["calibration"]["alt"])).to_be_visible()
    expect(lab.get_by_text(shown["sure"]["text"])).to_be_visible()


def expect_no_violation(page: Page) -> None:
    assert violations(page, 'pg-lab[data-slug="incident-sorter"]') == []


def test_a_round_by_keys_ends_with_pythons_numbers_and_is_there_on_the_next_visit(page):
    lab = lab_on(page)
    done: list[dict[str, str]] = []
    lab.locator(".pg-incident").focus()
    for number, card in enumerate(ROUND):
        pile, percent = GUESSES[number % 4], SURE[number % 5]
        expect(lab.locator(".pg-incident")).to_be_focused()
        expect(lab.locator(".pg-incident-text")).to_have_text(card.text)
        for _ in range(1 + list(PILES).index(pile)):  # no, the next question; no …; yes
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(lab.get_by_role("radio", name="A guess")).to_be_focused()
        page.keyboard.press("Space")
        for _ in range(number % 5):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        done += moves(card, pile, percent)
        told = after(*done[:-1])["cards"]["told"]
        said = [f"{told['title']} {told['text']}", *(" ".join(note) for note in told["notes"])]
        expect(lab.locator(".pg-told p")).to_have_text(said, timeout=PYTHON_UP)
        if number == 0:
            expect_no_violation(page)
        page.keyboard.press("Enter")
    expect_end(lab, after(*done))
    expect(lab.locator(".pg-lab-heading").first).to_be_in_viewport()
    expect_no_violation(page)
    with visited_again(page) as later:
        expect_end(lab_on(later), after(*done))


def test_digits_choose_a_pile_from_anywhere_on_the_desk(page):
    lab = lab_on(page)
    lab.get_by_role("radio", name="Fairly sure").focus()
    page.keyboard.press("3")
    expect(lab.get_by_role("radio", name="Safety")).to_be_checked()
    expect(lab.locator(".pg-rung-answer")).to_have_text(["no", "no", "yes", ""])
    lab.get_by_role("button", name="Sort this card").focus()
    page.keyboard.press("1")
    expect(lab.locator(".pg-rung-answer")).to_have_text(["yes", "", "", ""])


def drag_with_finger(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a finger across the screen within a second that is over: not a flick."""
    session = page.context.new_cdp_session(page)
    steps = 8
    path = [
        tuple(a + (b - a) * i / steps for a, b in zip(start, end, strict=True))
        for i in range(steps + 1)
    ]
    touches = [("touchStart", path[:1]), *(("touchMove", [at]) for at in path), ("touchEnd", [])]
    began = time.time() - 2
    for number, (kind, points) in enumerate(touches):
        event = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        session.send("Input.dispatchTouchEvent", {**event, "timestamp": began + 0.1 * number})
    session.detach()


def middle(of: Locator) -> tuple[float, float]:
    box = box_of(of)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_on_a_phone_a_round_is_sorted_with_a_finger(page):
    page.set_viewport_size({"width": 360, "height": 800})
    lab = lab_on(page)
    lab.get_by_text("Tell me at the end").tap()
    done = [{"type": "feedback", "id": "feedback", "value": "end"}]
    for number, card in enumerate(ROUND):
        pile, percent = GUESSES[(number + 1) % 4], SURE[(number + 2) % 5]
        expect(lab.locator(".pg-incident-text")).to_have_text(card.text, timeout=PYTHON_UP)
        rung = lab.locator(f'.pg-rung[data-pile="{pile}"]')
        if number == 0:
            lab.locator(".pg-incident").evaluate("card => card.scrollIntoView()")
            drag_with_finger(page, middle(lab.locator(".pg-incident-grip")), middle(rung))
        else:
            rung.tap()
        expect(rung.locator("input")).to_be_checked()
        lab.locator(".pg-sure .pg-choice").nth(SURE.index(percent)).tap()
        lab.get_by_role("button", name="Sort this card").tap()
        done += moves(card, pile, percent, told=False)
    expect_end(lab, after(*done))
    expect(lab.locator(".pg-lab-heading").first).to_be_in_viewport()
    expect_no_sideways(page, 360)


def test_on_a_phone_card_ladder_and_confidence_stand_on_one_screen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    lab = lab_on(page)
    longest = max(ROUND, key=lambda card: len(card.text))
    lab.locator(".pg-incident-text").evaluate(
        "(node, text) => { node.textContent = text; }", longest.text
    )
    eventually(page, lambda: stand_within(lab, 740))


def stand_within(lab: Locator, height: int) -> None:
    top, below = (box_of(lab.locator(part)) for part in (".pg-incident", ".pg-sure"))
    assert below["y"] + below["height"] - top["y"] <= height


def test_the_mouse_drops_the_card_on_a_pile_or_takes_it_back(page):
    lab = lab_on(page)
    card, rungs = lab.locator(".pg-incident"), lab.locator(".pg-rung")
    card.evaluate("card => card.scrollIntoView({ block: 'center' })")
    for target, answers in ((lab.locator(".pg-cards-place"), [""] * 4),
                            (rungs.nth(1), ["no", "yes", "", ""])):  # fmt: skip
        page.mouse.move(*middle(card))
        page.mouse.down()
        page.mouse.move(*middle(target), steps=4)
        page.mouse.up()
        expect(lab.locator(".pg-rung-answer")).to_have_text(answers)
    expect(card).not_to_have_attribute("style", re.compile("transform"))


def vote(which: str, *counts: int) -> list[dict[str, str]]:
    return [{"type": "count", "id": f"{ROUND[0].id}/{which}/{pile}", "value": str(count)}
            for pile, count in zip(PILES, counts, strict=True)]  # fmt: skip


def to(stage: str) -> dict[str, str]:
    return {"type": "stage", "id": ROUND[0].id, "value": stage}


def expect_ballot(lab: Locator, ballot: dict[str, Any]) -> None:
    expect(lab.locator(".pg-ballot-status")).to_have_text(ballot["status"], timeout=PYTHON_UP)
    for row, stand in zip(lab.locator(".pg-stand").all(), ballot["stands"], strict=True):
        shown = [str(votes) for votes in (stand["first"], stand["second"]) if votes is not None]
        expect(row.locator(".pg-stand-votes")).to_have_text(shown)


def test_a_room_votes_talks_and_votes_again_by_keys(page):
    lab = lab_on(page)
    lab.get_by_role("radio", name="On your own").focus()
    page.keyboard.press("ArrowRight")
    ballot = lab.locator(".pg-ballot")
    expect(ballot).to_be_visible(timeout=PYTHON_UP)
    done: list[dict[str, str]] = [{"type": "mode", "id": "mode", "value": "together"}]
    ballot.focus()
    for digit in ("1", "1", "2", "2", "Shift+2", "3", "3", "4"):
        page.keyboard.press(digit)
    done += vote("first", 2, 1, 2, 1)
    expect_ballot(lab, after(*done)["ballot"])
    hidden = lab.locator(".pg-stand-input").evaluate_all(
        "inputs => inputs.map((input) => getComputedStyle(input).color)")  # fmt: skip
    assert set(hidden) == {"rgba(0, 0, 0, 0)"}
    expect_no_violation(page)
    page.keyboard.press("Enter")
    done.append(to("talk"))
    expect_ballot(lab, after(*done)["ballot"])
    expect(lab.get_by_role("button", name="Vote again")).to_be_focused()
    page.keyboard.press("Enter")
    done.append(to("again"))
    expect_ballot(lab, after(*done)["ballot"])
    lab.get_by_label("Votes for Security").fill("5")
    page.keyboard.press("Tab")
    lab.get_by_label("Votes for Ethics").fill("1")
    page.keyboard.press("Tab")
    done += [vote("second", 5, 0, 0, 1)[0], vote("second", 5, 0, 0, 1)[3]]
    expect_ballot(lab, after(*done)["ballot"])
    lab.get_by_role("button", name="Show both votes").press("Enter")
    done.append(to("shift"))
    expect_ballot(lab, after(*done)["ballot"])
    expect(lab.locator(".pg-stand-moved")).to_have_text(["", "+3", "", "−1", "", "−2", "", "±0"])
    expect(lab.locator(".pg-stand-mark")).to_have_text([""] * 4)
    page.keyboard.press("Enter")
    done.append(to("told"))
    shown = after(*done)
    expect_ballot(lab, shown["ballot"])
    marked = {"key": "✓ the key", "second": "½ second best", "": ""}
    expect(lab.locator(".pg-stand-mark")).to_have_text(
        [marked[s["mark"]] for s in shown["ballot"]["stands"]]
    )
    expect_no_violation(page)
    with page.expect_download() as saved:
        lab.get_by_role("button", name="Save as a table (CSV)").press("Enter")
    assert saved.value.suggested_filename == "incident-sorter-votes.csv"
    assert Path(saved.value.path()).read_bytes().decode() == shown["csv"]["text"]
    with visited_again(page) as later:
        expect_ballot(lab_on(later), shown["ballot"])


def test_the_vote_can_fill_the_screen(page):
    lab = lab_on(page)
    lab.get_by_text("With a room").click()
    ballot = lab.locator(".pg-ballot")
    expect(ballot).to_be_visible(timeout=PYTHON_UP)
    before = lab.locator(".pg-ballot .pg-incident-text").evaluate(
        "text => parseFloat(getComputedStyle(text).fontSize)"
    )
    ballot.focus()
    page.keyboard.press("f")
    expect(lab.get_by_role("button", name="Leave full screen (F)")).to_be_visible()
    eventually(page, lambda: fills_the_screen(ballot, max(before, 28)))
    page.keyboard.press("f")
    expect(lab.get_by_role("button", name="Fill the screen (F)")).to_be_visible()


def fills_the_screen(ballot: Locator, letters: float) -> None:
    big = ballot.locator(".pg-incident-text").evaluate(
        "text => parseFloat(getComputedStyle(text).fontSize)"
    )
    assert big >= letters
    assert ballot.evaluate("ballot => ballot.scrollHeight <= ballot.clientHeight")


def test_without_scripts_a_few_cases_stand_there_with_their_keys_folded(open_page):
    page = open_page(CHAPTER, javascript=False)
    still = page.locator('pg-lab[data-slug="incident-sorter"]')
    expect(still.locator("details")).to_have_count(6)
    first = still.locator("details").first
    card = next(iter(cards().values()))
    expect(first.locator("summary")).to_have_text(card.text)
    expect(first.locator("p")).to_be_hidden()
    first.locator("summary").press("Enter")
    expect(first.locator("p")).to_have_text(f"{PILES[card.key].name}. {card.why}")
