"""The incident room on its page: to the end of the memo, by keyboard and by finger at 360 px.

Everything on the page is compared with what Python's reducer says after the same actions. The
tests share one page and go on where the one before stopped, since a start of Python takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from proxygap.labs.incident_room.case import incident
from proxygap.labs.incident_room.memo import markdown
from proxygap.labs.incident_room.work import STEPS, read
from tests.browser.hands import Finger, Keys, Player
from tests.browser.learner import press
from tests.browser.twin import (
    PHONE,
    PYTHON_UP,
    WIDE,
    Twin,
    begin_anew,
    expect_fits,
    expect_no_violation,
    touch_screen,
)
from tests.browser.twin import lab_on as lab_called

pytestmark = pytest.mark.browser

CHAPTER = "chapters/when-it-breaks.html"
SLUG = "incident-room"
DOSE, LETTER = incident("dose"), incident("letter")
STRONG = next(one for one in DOSE.exemplars if one["grade"] == "strong")

TRIAGE = {
    "dose": {"severity": "high", "affected": "staff", "containment": "by-hand"},
    "letter": {"severity": "high", "affected": "suppliers", "containment": "by-hand"},
}
MEND = {"dose": {"owner": "rail", "choice": "staff-apart"},
        "letter": {"owner": "deployment", "choice": "call-back"}}  # fmt: skip
TEST = {
    "dose": {"kind": "convert", "runs": "20", "bar": "half", "control": "register"},
    "letter": {"kind": "planted", "wanted": "stopped", "runs": "20", "bar": "most",
               "control": "invoices", "control_wanted": "answered"},
}  # fmt: skip
EVIDENCE = {"dose": ("rail-log", "change-note"), "letter": ("ledger", "replay", "minutes")}
MEMO = {
    "dose": STRONG["memo"],
    "letter": {
        "happened": "Three suppliers’ accounts were changed by a letter’s small print.",
        "known": "In the test, 22 of 30 such orders were carried out.",
        "unknown": "Whether other letters of the last weeks held such orders.",
        "cause": "Deployment: letters were handed over as orders, and no call-back was made.",
        "number": "22 of 30 orders carried out before the fix.",
        "retest": "With every new version of the model, and every month.",
        "rollback": "If honest letters wait for more than a day, we switch it off again.",
    },
}


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter on a screen that can also be touched."""
    with touch_screen(browser, site_url + CHAPTER) as page:
        yield page


@pytest.fixture(scope="module")
def by_keyboard(page: Page) -> Player:
    return Player(lab_on(page), Twin(SLUG), Keys())


@pytest.fixture(scope="module")
def by_finger(page: Page) -> Player:
    return Player(lab_on(page), Twin(SLUG), Finger())


def lab_on(page: Page) -> Locator:
    return lab_called(page, SLUG)


def look(player: Player, slug: str) -> None:
    for piece in EVIDENCE[slug]:
        player.pick_row("evidence", piece)
        player.expect_same()


def triage(player: Player, slug: str) -> None:
    player.choose("step", "triage")
    for name, value in TRIAGE[slug].items():
        player.choose(f"{slug}/{name}", value)
    player.expect_same()


def mend(player: Player, slug: str) -> None:
    player.choose("step", "mend")
    for name, value in MEND[slug].items():
        player.choose(f"{slug}/{name}", value)
    player.press("build")
    player.expect_same()


def write_a_test(player: Player, slug: str) -> None:
    player.choose("step", "test")
    for name, value in TEST[slug].items():
        player.choose(f"{slug}/test-{name}", value)
    player.press("run")
    player.expect_same()


def write_the_memo(player: Player, slug: str) -> None:
    player.choose("step", "memo")
    for name, words in MEMO[slug].items():
        player.write(f"{slug}/memo-{name}", words)
    player.press("mark")
    player.expect_same()
    player.save("save")
    saved = player.twin.blocks()["save"]["text"]
    assert saved == markdown(incident(slug), read(player.twin.state, slug))


WAY = (look, triage, mend, write_a_test, write_the_memo)


@pytest.mark.parametrize("take", WAY, ids=lambda take: take.__name__)
def test_by_keyboard_the_first_incident_is_worked_to_the_end(by_keyboard, take):
    take(by_keyboard, "dose")


def test_the_strong_memo_earns_all_points(by_keyboard):
    expect(by_keyboard.lab.get_by_text("16 of 16, as far as a machine can tell")).to_be_visible()


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
    expect(lab.locator("b")).to_have_count(0)


def test_by_finger_at_360_px_the_other_incident_is_worked_to_a_saved_memo(page, by_finger):
    page.set_viewport_size(PHONE)
    begin_anew(by_finger.lab)
    by_finger.expect_same()
    by_finger.choose("incident", "letter")
    for take in WAY:
        take(by_finger, "letter")
        expect_fits(by_finger.lab, take.__name__)


def expect_no_violation_in_any_step(player: Player) -> None:
    """Look at every step, in a light and in a dark page by turns."""
    for scheme, name in zip(["light", "dark"] * 3, STEPS, strict=False):
        player.lab.page.emulate_media(color_scheme=scheme)
        player.choose("step", name)
        player.expect_same()
        expect_no_violation(player.lab, SLUG, f"{name}, {scheme}")


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360 px", "1280 px"])
def test_axe_finds_nothing_in_any_step_of_finished_work(page, by_finger, size):
    page.set_viewport_size(size)
    expect_no_violation_in_any_step(by_finger)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360 px", "1280 px"])
def test_axe_finds_nothing_in_any_step_before_anything_is_done(page, size):
    page.set_viewport_size(size)
    begin_anew(lab_on(page))
    player = Player(lab_on(page), Twin(SLUG), Keys())
    player.expect_same()
    expect_no_violation_in_any_step(player)


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
