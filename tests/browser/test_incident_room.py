"""The incident room on its page: by keyboard to the end of the memo, by finger at 360 px.

What the page shows is compared with what Python's reducer says after the same actions. The tests
share one page and go on where the one before stopped, since a start of Python takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs import get
from proxygap.labs.incident_room.case import incident, room
from proxygap.labs.incident_room.memo import markdown
from proxygap.labs.incident_room.work import read
from tests.browser.conftest import Guard
from tests.browser.learner import element

pytestmark = pytest.mark.browser

CHAPTER = "chapters/when-it-breaks.html"
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
LAB = get("incident-room")
PYTHON_UP = 90_000  # milliseconds: a cold start on a busy machine
DOSE, LETTER = incident("dose"), incident("letter")
STRONG = next(one for one in DOSE.exemplars if one["grade"] == "strong")


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str) -> Iterator[Page]:
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


def lab_on(page: Page) -> Locator:
    lab = element(page, "lab", "incident-room")
    lab.scroll_into_view_if_needed()
    expect(lab.locator(".pg-lab")).to_be_visible()
    return lab


def after(*actions: dict[str, Any]) -> dict[str, Any]:
    state = LAB.initial()
    for action in actions:
        state = LAB.update(state, action)
    return state


def shown(state: dict[str, Any]) -> dict[str, Any]:
    sections = LAB.view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def press(target: Locator, key: str) -> None:
    target.focus()
    target.page.keyboard.press(key)


def pick(lab: Locator, question: str, answer: str) -> None:
    """Choose one of a group of radio buttons with the space bar."""
    group = lab.get_by_role("group", name=question, exact=True)
    option = group.get_by_role("radio", name=answer)
    press(option, "Space")
    expect(option).to_be_checked()


def label(options: Any, slug: str) -> str:
    return next(one["label"] for one in options if one["slug"] == slug)


def menu(lab: Locator, question: str, answer: str) -> None:
    """Choose in a drop-down; the browser's own list opens and closes by keyboard everywhere."""
    lab.get_by_label(question, exact=True).select_option(label=answer)


def choose(name: str, value: str, slug: str = "dose") -> dict[str, Any]:
    return {"type": "choose", "id": f"{slug}/{name}", "value": value}


def step(name: str) -> dict[str, Any]:
    return {"type": "step", "id": "step", "value": name}


OPENED = [{"type": "open", "value": slug} for slug in ("rail-log", "change-note")]
TRIAGED = [choose("severity", "high"), choose("affected", "staff"),
           choose("containment", "by-hand")]  # fmt: skip
MENDED = [choose("owner", "rail"), choose("choice", "staff-apart"), {"type": "build"}]
TESTED = [choose("test-kind", "convert"), choose("test-runs", "20"), choose("test-bar", "half"),
          choose("test-control", "register"), {"type": "run"}]  # fmt: skip
WRITTEN = [{"type": "write", "id": f"dose/memo-{name}", "value": text}
           for name, text in STRONG["memo"].items()]  # fmt: skip
ALL = [*OPENED, step("triage"), *TRIAGED, step("mend"), *MENDED, step("test"), *TESTED,
       step("memo"), *WRITTEN, {"type": "mark"}]  # fmt: skip


def expect_table(lab: Locator, block: dict[str, Any]) -> None:
    """Compare a table of the page, cell by cell, with the one that Python made."""
    table = lab.get_by_role("table", name=block["caption"])
    cells = [cell for row in block["rows"] for cell in row["cells"]]
    expect(table.locator("tbody :is(th, td)")).to_have_text(cells, timeout=PYTHON_UP)


def test_by_keyboard_evidence_is_opened_and_the_clock_runs(page):
    lab = lab_on(page)
    for title in ("The rail’s log", "The rail vendor’s change note"):
        press(lab.get_by_role("button", name=f"Get: {title}"), "Enter")
        expect(lab.get_by_text(f"{title}.", exact=True)).to_be_visible(timeout=PYTHON_UP)
    expect_table(lab, shown(after(*OPENED))["cost"])
    expect(lab.get_by_text("It is 08:05")).to_be_visible()


def test_by_keyboard_it_is_triaged_and_mended(page):
    lab = lab_on(page)
    pick(lab, "Which step", "2 Triage")
    pick(lab, "How bad is it?", "High")
    pick(lab, "Who is affected?", label(DOSE.affected, "staff"))
    pick(lab, "What happens at once?", label(room()["containments"], "by-hand"))
    pick(lab, "Which step", "3 Mend")
    pick(lab, "Whose is it?", "The rail")
    pick(lab, "Which fix?", DOSE.fixes["staff-apart"].label)
    press(lab.get_by_role("button", name="Build this fix"), "Enter")
    expect_table(lab, shown(after(*ALL[: ALL.index(step("test"))]))["kinds"])


def test_by_keyboard_the_test_is_written_and_run(page):
    lab = lab_on(page)
    pick(lab, "Which step", "4 Test")
    menu(lab, "Send requests of this kind", DOSE.kinds["convert"].label)
    pick(lab, "How many", "20")
    pick(lab, "How many of them as expected, at least", "half")
    menu(lab, "Control: send as many of …", DOSE.kinds["register"].label)
    press(lab.get_by_role("button", name="Run the test"), "Enter")
    made = shown(after(*ALL[: ALL.index(step("memo"))]))
    expect_table(lab, made["verdicts"])
    expect(lab.get_by_text(made["advice"]["text"])).to_be_visible()


def test_by_keyboard_the_memo_is_written_marked_and_saved(page):
    lab = lab_on(page)
    pick(lab, "Which step", "5 Memo")
    for field in room()["fields"]:
        lab.get_by_label(field["label"], exact=True).focus()
        page.keyboard.insert_text(STRONG["memo"][field["slug"]])
    press(lab.get_by_role("button", name="Mark it"), "Enter")
    expect(lab.get_by_text("16 of 16, as far as a machine can tell")).to_be_visible(
        timeout=PYTHON_UP
    )
    state = after(*ALL)
    expect_table(lab, shown(state)["marks"])
    with page.expect_download() as saved:
        press(lab.get_by_role("button", name="Save memo and decisions"), "Enter")
    assert saved.value.suggested_filename == "incident-dose.md"
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert text == markdown(DOSE, read(state, "dose"))


def test_the_words_of_a_field_are_counted_and_kept_as_plain_text(page):
    lab = lab_on(page)
    field = lab.get_by_label("What we do not know", exact=True)
    field.fill("<b>four plain words</b> here")
    expect(lab.get_by_text("4 of about 30 words")).to_be_visible()
    press(field, "Tab")
    press(lab.get_by_role("button", name="Mark it"), "Enter")
    expect(lab.locator(".pg-lab-result").get_by_text("What is not known is missing")).to_be_visible(
        timeout=PYTHON_UP
    )
    assert lab.locator("b").count() == 0


def test_by_finger_at_360_px_the_other_incident_is_contained(page):
    page.set_viewport_size({"width": 360, "height": 760})
    lab = lab_on(page)
    lab.get_by_text("B The letter that gave orders", exact=True).tap()
    lab.get_by_role("button", name="Get: The ledger").tap()
    expect(lab.get_by_text("The ledger.", exact=True)).to_be_visible(timeout=PYTHON_UP)
    lab.get_by_text("2 Triage", exact=True).tap()
    lab.get_by_text(label(room()["containments"], "by-hand"), exact=True).tap()
    other = {"type": "incident", "id": "incident", "value": "letter"}
    contained = choose("containment", "by-hand", "letter")
    state = after(other, {"type": "open", "value": "ledger"}, contained)
    expect_table(lab, shown(state)["cost"])
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert lab.evaluate("lab => lab.scrollWidth <= lab.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 800})
    lab = lab_on(page)
    pick(lab, "Which step", "5 Memo")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('pg-lab[data-slug=\"incident-room\"]')")
    assert [violation["id"] for violation in found["violations"]] == []


def test_cards_are_cut_and_sheets_begin_on_a_new_page_when_printed(open_page):
    page = open_page("appendix/table-top.html")
    page.emulate_media(media="print")
    cards = page.locator(".pg-inject")
    assert cards.count() == len(DOSE.evidence) + len(LETTER.evidence)
    first = cards.first
    assert first.evaluate("card => getComputedStyle(card).breakInside") == "avoid"
    sheets = page.locator(".pg-form-sheet").all()
    breaks = [one.evaluate("sheet => getComputedStyle(sheet).breakBefore") for one in sheets]
    assert breaks == ["auto", "page"]  # the first one follows its heading
