"""Drives an exercise on its page, with the keyboard, and calls the page's Python directly."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Guard
from tests.browser.learner import element
from tests.browser.reach import reach
from tests.browser.twin import PYTHON_UP

CHAPTER = "chapters/specification-gaming.html"
START_MS = PYTHON_UP

CALL_A_WORKER = """
async ({address, asks}) => {
  const worker = new Worker(address, {type: "module"});
  const told = (type) => new Promise((resolve, reject) => {
    worker.onmessage = ({data}) => {
      if (data.type === "broken") reject(new Error(data.message));
      if (data.type === type || data.type === "error") resolve(data);
    };
  });
  await told("ready");
  const answers = [];
  for (const [id, {target, payload}] of asks.entries()) {
    const answer = told("result");
    worker.postMessage({id, target, payload: JSON.stringify(payload)});
    answers.push(await answer);
  }
  worker.terminate();
  return answers;
}
"""


def call(page: Page, *asks: tuple[str, object]) -> list[dict]:
    """Call functions of the course in a worker of the page, one after the other."""
    address = page.url.partition("/chapters/")[0] + "/_static/proxygap/py-worker.mjs"
    wanted = [{"target": target, "payload": payload} for target, payload in asks]
    return page.evaluate(CALL_A_WORKER, {"address": address, "asks": wanted})


def exercise(page: Page) -> Locator:
    """Return the exercise, scrolled to and ready."""
    found = element(page, "exercise", "specification-gaming/ungameable-reward")
    return reach(found, found.and_(page.locator("[data-ready]")))


def write(page: Page, code: str) -> None:
    """Replace what stands in the editor."""
    exercise(page).get_by_role("textbox").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")  # inserting nothing would replace nothing
    page.keyboard.insert_text(code)


def run_only(page: Page, code: str) -> None:
    """Run `code` without checking it."""
    write(page, code)
    press(page, "Run only")


def press(page: Page, name: str) -> None:
    """Press a button of the exercise with the keyboard, once it is not busy with another run."""
    button = exercise(page).get_by_role("button", name=name)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.focus()
    page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def warm_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The chapter, shared by tests that need a running Python: a start takes seconds."""
    parts = urlsplit(site_url)
    guard = Guard(f"{parts.scheme}://{parts.netloc}")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    guard.watch(context)
    page = context.new_page()
    page.goto(site_url + CHAPTER)
    yield page
    context.close()
    guard.verify()
