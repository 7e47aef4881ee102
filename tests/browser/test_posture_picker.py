"""The posture picker on its page: by keyboard to a saved decision record, by finger at 360 px.

Every number on the page is compared with what Python computes from the same actions. The tests
share one page, since a start of Python takes seconds; each begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs import get
from proxygap.labs.posture_picker import reading
from proxygap.labs.posture_picker import work as w
from proxygap.posture.options import cheapest
from tests.browser.conftest import Guard
from tests.browser.learner import element

pytestmark = pytest.mark.browser

CHAPTER = "chapters/choosing-a-model.html"
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
LAB = get("posture-picker")
PYTHON_UP = 90_000  # milliseconds: a cold start on a busy machine
FIRST = "Before you measure: what will they refuse?"


class Twin:
    """The same lab in this Python: it is told each action, and says what must be shown."""

    def __init__(self) -> None:
        self.state = LAB.initial()

    def does(self, kind: str, value: str = "", name: str = "") -> None:
        self.state = LAB.update(self.state, {"type": kind, "id": name, "value": value})

    def blocks(self) -> dict[str, Any]:
        sections = LAB.view(self.state).as_data()["sections"]
        return {block["id"]: block for section in sections for block in section["blocks"]}

    def title(self) -> str:
        sections = LAB.view(self.state).sections
        return next(one.title for one in sections if one.place == "result")


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
    """The shared page with nothing done."""
    shared_page.set_viewport_size({"width": 1280, "height": 800})
    shared_page.emulate_media(color_scheme="light")
    lab = lab_on(shared_page)
    lab.get_by_role("button", name="Start again").press("Enter")
    lab.get_by_role("button", name="Erase my attempts").press("Enter")
    expect(result(lab)).to_have_text(FIRST)
    return shared_page


def lab_on(page: Page) -> Locator:
    lab = element(page, "lab", "posture-picker")
    lab.scroll_into_view_if_needed()
    expect(lab.locator(".pg-lab")).to_be_visible()
    return lab


def result(lab: Locator) -> Locator:
    return lab.locator(".pg-lab-result .pg-lab-heading").first


def step(lab: Locator, title: str) -> Locator:
    return lab.get_by_role("group", name="Steps").get_by_role("radio", name=title)


def expect_rates(lab: Locator, twin: Twin, *names: str) -> None:
    told = [row["text"] for name in names for row in twin.blocks()[name]["rows"]]
    shown = lab.locator(".pg-lab-result .pg-intervals dd.pg-number")
    expect(shown).to_have_text(told, timeout=PYTHON_UP)


def press_button(lab: Locator, name: str) -> None:
    button = lab.get_by_role("button", name=name)
    button.focus()
    button.press("Enter")


def type_into(lab: Locator, label: str, value: str) -> None:
    decision = lab.get_by_role("group", name="4. Your decision")
    box = decision.get_by_role("textbox", name=label)
    box.focus()
    box.press("Control+a")
    box.press_sequentially(value)
    box.press("Tab")


def guess_by_keyboard(page: Page, lab: Locator, twin: Twin) -> None:
    lab.get_by_role("group", name=w.item_prompt(w.predicted()[0])).get_by_role(
        "radio"
    ).first.focus()
    for item in w.predicted():
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        twin.does("guess", "none", item)
    expect(lab.get_by_role("button", name="Ask the three")).to_be_focused()
    page.keyboard.press("Enter")
    twin.does("compare")
    expect(result(lab)).to_have_text(twin.title(), timeout=PYTHON_UP)


def measure_by_keyboard(page: Page, lab: Locator, twin: Twin) -> None:
    press_button(lab, "Measure")
    twin.does("go", "measure")
    expect_rates(lab, twin, "bars-over_refusal", "bars-harmful_compliance")
    lab.get_by_role("slider", name="Harmless items asked").focus()
    page.keyboard.press("End")
    twin.does("slide", "150", "n")
    expect_rates(lab, twin, "bars-over_refusal", "bars-harmful_compliance")
    expect(lab.get_by_text(twin.blocks()["fernmoor-tarnbridge"]["text"])).to_be_visible()


def decide_by_keyboard(page: Page, lab: Locator, twin: Twin) -> None:
    step(lab, "2. Measure").focus()
    for name in ("judge", "decide"):
        page.keyboard.press("ArrowRight")
        twin.does("go", name)
        expect(result(lab)).to_have_text(twin.title())
    press_button(lab, "Write the rules down")
    twin.does("write-down")
    expect_rates(lab, twin, "costs")
    record = reading.record(twin.state)
    best = cheapest(record.options, record.rules, record.work)
    assert best is not None
    choice = lab.get_by_role("group", name="Your choice").get_by_role("radio", name=best.name)
    choice.focus()
    page.keyboard.press("Space")
    twin.does("pick", best.slug, "clinic/chosen")
    cost = [f"{number:,.0f}" for number in best.cost(record.work)]
    labels = {"cost": "It will cost", "low": "At least", "high": "At most"}
    for (name, label), value in zip(labels.items(), cost, strict=True):
        type_into(lab, label, value)
        twin.does("enter", value, f"clinic/{name}")
    type_into(lab, "Who owns the risk", "head of intake")
    twin.does("write", "head of intake", "clinic/owner")
    lab.get_by_role("checkbox", name="Every month").focus()
    page.keyboard.press("Space")
    twin.does("tick", "schedule", "clinic/triggers")
    press_button(lab, "Check my reasoning")
    twin.does("check")
    expect(lab.get_by_text(twin.blocks()["met"]["text"])).to_be_visible()


def test_by_keyboard_from_a_guess_to_a_saved_decision_record(page):
    lab, twin = lab_on(page), Twin()
    guess_by_keyboard(page, lab, twin)
    measure_by_keyboard(page, lab, twin)
    decide_by_keyboard(page, lab, twin)
    press_button(lab, "A few weeks later")
    twin.does("go", "drift")
    press_button(lab, "Ask the same items again")
    twin.does("retest")
    expect(lab.get_by_text(twin.blocks()["paired-over_refusal"]["text"])).to_be_visible()
    press_button(lab, "Take the card and the record with you")
    twin.does("go", "keep")
    expect(result(lab)).to_have_text("Posture card")
    for name in ("card-json", "card-md", "record-json", "record-md"):
        block = twin.blocks()[name]
        with page.expect_download() as saving:
            press_button(lab, f"{block['label']} {block['file_name']}")
        assert saving.value.suggested_filename == block["file_name"]
        assert Path(saving.value.path()).read_text(encoding="utf-8") == block["text"]
    record = json.loads(twin.blocks()["record-json"]["text"])
    assert record["decision"]["chosen"] == "fernmoor-system"
    assert all(one["met"] for one in record["check"])


def test_by_finger_at_360_px_every_step_fits(page):
    page.set_viewport_size({"width": 360, "height": 720})
    lab, twin = lab_on(page), Twin()
    for name, title in w.STEPS.items():
        lab.get_by_role("group", name="Steps").get_by_text(title, exact=False).first.tap()
        twin.does("go", name)
        expect(lab.locator(".pg-lab-top .pg-lab-heading")).to_contain_text(title, timeout=PYTHON_UP)
        assert lab.evaluate("lab => lab.scrollWidth <= lab.clientWidth"), name
        small = lab.evaluate(
            "lab => [...lab.querySelectorAll('button, .pg-choice')]"
            ".filter((one) => one.offsetParent && one.offsetHeight < 32)"
            ".map((one) => one.textContent)"
        )
        assert small == [], name
    lab.get_by_role("group", name="Steps").get_by_text("Break the grader").tap()
    lab.get_by_role("group", name="What does it do?").get_by_text("It refuses").tap()
    twin.does("go", "judge")
    twin.does("label", "refuse", "label-0")
    expect(lab.get_by_text(twin.blocks()["told"]["text"])).to_be_visible()
    lab.get_by_role("button", name="Next answer").tap()
    expect(result(lab)).to_have_text("Answer 2 of 12")


def bring(lab: Locator, name: str, text: str) -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    lab.locator("input[type=file]").set_input_files(file)


def test_a_wrong_file_gets_a_sentence_and_a_card_is_read(page):
    lab, twin = lab_on(page), Twin()
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
    press_button(lab, "Print the record")
    expect(page.locator("body[data-printed=yes]")).to_have_count(1, timeout=PYTHON_UP)
    page.emulate_media(media="print")
    expect(page.locator(".pg-print-only .pg-sheet-title")).to_be_visible()
    expect(page.locator("h1").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".pg-print-only")).to_have_count(0)
    expect(page.locator("h1").first).to_be_visible()


def test_axe_finds_nothing_in_any_step(page):
    lab, twin = lab_on(page), Twin()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme, (name, title) in zip(["light", "dark"] * 3, w.STEPS.items(), strict=True):
        page.emulate_media(color_scheme=scheme)
        step(lab, title).press("Space")
        twin.does("go", name)
        expect(lab.locator(".pg-lab-top .pg-lab-heading")).to_contain_text(title, timeout=PYTHON_UP)
        found = page.evaluate("axe.run('pg-lab[data-slug=\"posture-picker\"]')")
        assert [violation["id"] for violation in found["violations"]] == [], name
