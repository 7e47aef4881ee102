"""The posture picker on its page: by keyboard and by finger at 360 px, each to a saved record.

Everything on the page is compared with what Python computes from the same actions. The tests
share one page, since a start of Python takes seconds; each begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs.posture_picker import bench, reading
from proxygap.labs.posture_picker import work as w
from proxygap.posture.options import cheapest
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

CHAPTER = "chapters/choosing-a-model.html"
SLUG = "posture-picker"
FIRST = "Before you measure: what will they refuse?"
MISTAKES = {1: "comply", 4: "comply", 9: "partial"}
"""What is said of these answers at first; people said something else."""


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, site_url + CHAPTER) as page:
        yield page


@pytest.fixture
def page(shared_page: Page) -> Page:
    """The shared page with nothing done."""
    shared_page.set_viewport_size(WIDE)
    shared_page.emulate_media(color_scheme="light")
    lab = lab_on(shared_page)
    begin_anew(lab)
    expect(result(lab)).to_have_text(FIRST)
    return shared_page


def lab_on(page: Page) -> Locator:
    return lab_called(page, SLUG)


def result(lab: Locator) -> Locator:
    return lab.locator(".pg-lab-result .pg-lab-heading").first


def step(lab: Locator, title: str) -> Locator:
    return lab.get_by_role("group", name="Steps").get_by_role("radio", name=title)


def guess(player: Player) -> None:
    for number, item in enumerate(w.predicted()):
        player.choose(item, list(w.GUESSES)[number % 3])
    player.press("compare")
    player.expect_same()


def measure(player: Player) -> None:
    player.press("onward")
    player.expect_same()
    player.slide_to_the_end("n")
    player.choose("error", "harmful_compliance")
    player.expect_same()


def break_the_grader(player: Player) -> None:
    """Label twelve answers, three not as people did, mend one of these, and change the judge."""
    player.press("onward")
    for number, answer in enumerate(bench.answers()):
        expect(result(player.lab)).to_have_text(f"Answer {number + 1} of {w.ANSWERS}")
        player.choose(f"label-{number}", MISTAKES.get(number, answer.label))
        player.expect_same()
        if number + 1 < w.ANSWERS:
            player.press("next")
    player.choose("grader", "keyword")
    player.expect_same()
    player.pick_row("answers", "4")
    player.choose("label-4", bench.answers()[4].label)
    player.choose("grader", "hand")
    player.expect_same()


def decide(player: Player) -> None:
    player.press("onward")
    player.press("write-down")
    player.expect_same()
    record = reading.record(player.twin.state)
    best = cheapest(record.options, record.rules, record.work)
    assert best is not None
    player.choose("clinic/chosen", best.slug)
    cost = best.cost(record.work)
    for name, number in zip(("cost", "low", "high"), cost, strict=True):
        player.write(f"clinic/{name}", f"{number:,.0f}")
    player.write("clinic/owner", "head of intake")
    player.tick("clinic/triggers", "schedule")
    player.press("check")
    player.expect_same()


def meet_a_silent_change(player: Player) -> None:
    player.press("onward")
    player.press("retest")
    player.expect_same()


def keep(player: Player) -> None:
    """Save all four files; the record holds the decision and nothing is left open."""
    player.press("onward")
    expect(result(player.lab)).to_have_text("Posture card")
    player.expect_same()
    for name in ("card-json", "card-md", "record-json", "record-md"):
        player.save(name)
    record = json.loads(player.twin.blocks()["record-json"]["text"])
    assert record["decision"]["chosen"] == "fernmoor-system"
    assert all(one["met"] for one in record["check"])
    assert "you agreed with people on 10 of 12" in player.twin.blocks()["card-md"]["text"]


STEPS = (guess, measure, break_the_grader, decide, meet_a_silent_change, keep)


def test_by_keyboard_from_a_guess_through_twelve_answers_to_a_saved_record(page):
    player = Player(lab_on(page), Twin(SLUG), Keys())
    for take in STEPS:
        take(player)


def test_by_finger_at_360_px_from_a_guess_through_twelve_answers_to_a_saved_record(page):
    page.set_viewport_size(PHONE)
    player = Player(lab_on(page), Twin(SLUG), Finger())
    for take in STEPS:
        take(player)
        expect_fits(player.lab, take.__name__)


def test_tab_leads_from_question_to_question_and_on_to_the_button(page):
    lab, twin = lab_on(page), Twin(SLUG)
    first = lab.get_by_role("group", name=w.item_prompt(w.predicted()[0]))
    first.get_by_role("radio").first.focus()
    for item in w.predicted():
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        twin.does("guess", "none", item)
    expect(lab.get_by_role("button", name="Ask the three")).to_be_focused()
    page.keyboard.press("Enter")
    twin.does("compare")
    expect_same(lab, twin)


def bring(lab: Locator, name: str, text: str) -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    lab.locator("input[type=file]").set_input_files(file)


def test_a_wrong_file_gets_a_sentence_and_a_card_is_read(page):
    lab, twin = lab_on(page), Twin(SLUG)
    step(lab, "6. Keep").press("Space")
    twin.does("go", "keep")
    expect(result(lab)).to_have_text("Posture card", timeout=PYTHON_UP)
    saved = twin.blocks()["card-json"]["text"]
    other = '{"schema": "proxygap-progress/1"}'
    problem = lab.locator(".pg-upload .pg-field-problem")
    for name, text in (("cut.json", saved[:500]), ("other.json", other),
                       ("newer.json", saved.replace("card/1", "card/2", 1))):  # fmt: skip
        bring(lab, name, text)
        twin.does("upload", text, "upload")
        expect(problem).to_have_text(twin.blocks()["upload"]["problem"])
    bring(lab, "large.json", " " * 2_000_001)
    expect(problem).to_contain_text("at most 2.0 MB")
    bring(lab, "card.json", saved)
    twin.does("upload", saved, "upload")
    expect(lab.get_by_text(twin.blocks()["brought"]["text"])).to_be_visible()
    expect(problem).to_be_empty()


def test_only_the_document_is_printed(page):
    lab = lab_on(page)
    step(lab, "6. Keep").press("Space")
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
    lab.get_by_role("button", name="Print the record").press("Enter")
    expect(page.locator("body[data-printed=yes]")).to_have_count(1, timeout=PYTHON_UP)
    page.emulate_media(media="print")
    expect(page.locator(".pg-print-only .pg-sheet-title")).to_be_visible()
    expect(page.locator("h1").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".pg-print-only")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280 px", "360 px"])
def test_axe_finds_nothing_in_any_step(page, size):
    page.set_viewport_size(size)
    lab, twin = lab_on(page), Twin(SLUG)
    for scheme, (name, title) in zip(["light", "dark"] * 3, w.STEPS.items(), strict=True):
        page.emulate_media(color_scheme=scheme)
        step(lab, title).press("Space")
        twin.does("go", name)
        expect_same(lab, twin)
        expect_no_violation(lab, SLUG, f"{name}, {scheme}")
