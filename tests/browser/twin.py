"""A lab on its page and the same lab in this Python: what the first shows, the second computes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from proxygap.labs import get
from tests.browser.axe import violations
from tests.browser.conftest import Guard
from tests.browser.learner import element
from tests.browser.reach import eventually, reach

PYTHON_UP = 180_000  # milliseconds: a cold start on a busy machine
TOO_SMALL = """lab => [...lab.querySelectorAll('button, .pg-choice')]
  .filter((one) => one.offsetParent && one.offsetHeight < 32)
  .map((one) => one.textContent)"""
PLACES = ("top", "controls", "result", "below")
WIDE = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=760)


class Twin:
    """The same lab in this Python: it is told each action, and says what must be shown."""

    def __init__(self, slug: str) -> None:
        self.lab = get(slug)
        self.state = self.lab.initial()

    def does(self, kind: str, value: str = "", name: str = "") -> None:
        self.state = self.lab.update(self.state, {"type": kind, "id": name, "value": value})

    def sections(self) -> list[dict[str, Any]]:
        """Return the sections in the order in which a page sets them."""
        sections = self.lab.view(self.state).as_data()["sections"]
        return sorted(sections, key=lambda section: PLACES.index(section["place"]))

    def blocks(self) -> dict[str, Any]:
        return {block["id"]: block for section in self.sections() for block in section["blocks"]}

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [block for block in self.blocks().values() if block["kind"] == kind]

    def title(self) -> str:
        """Return the heading of the first result."""
        return next(one["title"] for one in self.sections() if one["place"] == "result")


def expect_same(lab: Locator, twin: Twin) -> None:
    """Compare every heading, sentence, rate and cell of a lab with what Python computes."""
    headings = [section["title"] for section in twin.sections()]
    expect(lab.locator(".pg-lab-heading")).to_have_text(headings, timeout=PYTHON_UP)
    said = [block for block in twin.blocks().values() if block["kind"] in ("text", "link")]
    texts = [f"{block['title']} {block['text']}".strip() for block in said]
    expect(lab.locator(".pg-lab-text")).to_have_text(texts, timeout=PYTHON_UP)
    rates = [row["text"] for block in twin.of_kind("intervals") for row in block["rows"]]
    expect(lab.locator(".pg-interval dd.pg-number")).to_have_text(rates)
    tables = twin.of_kind("table")
    cells = [cell for block in tables for row in block["rows"] for cell in row["cells"]]
    expect(lab.locator(".pg-lab-table tbody :is(th, td)")).to_have_text(cells)


def expect_no_violation(lab: Locator, slug: str, what: str) -> None:
    found = violations(lab.page, f'pg-lab[data-slug="{slug}"]')
    assert found == [], f"{what}: {found}"


def expect_fits(lab: Locator, what: str) -> None:
    """Nothing reaches over the edge, and nothing is too small for a finger."""

    def check() -> None:
        assert lab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
        assert lab.evaluate("lab => lab.scrollWidth <= lab.clientWidth"), what
        assert lab.evaluate(TOO_SMALL) == [], what

    eventually(lab.page, check)


def lab_on(page: Page, slug: str) -> Locator:
    lab = element(page, "lab", slug)
    return reach(lab, lab.locator(".pg-lab"))


def begin_anew(lab: Locator) -> None:
    """Erase what was done."""
    lab.get_by_role("button", name="Start again").press("Enter")
    lab.get_by_role("button", name="Erase my attempts").press("Enter")


@contextmanager
def touch_screen(browser: Browser, address: str) -> Iterator[Page]:
    """A chapter on a screen that can also be touched, whose files can be saved."""
    parts = urlsplit(address)
    guard = Guard(f"{parts.scheme}://{parts.netloc}")
    context = browser.new_context(
        viewport=WIDE, has_touch=True, reduced_motion="reduce", accept_downloads=True
    )
    guard.watch(context)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()
    guard.verify()
