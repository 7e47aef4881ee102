"""Drives Chromium over the built book, with every other origin blocked.

A test fails when its page asked for anything from another origin or logged anything at all.

Environment
-----------
PROXYGAP_BOOK
    Folder that ``proxygap book --output`` was given; built there when it has no book yet.
    Default: the checkout. Set ``PROXYGAP_REUSE=1`` to test the book as it lies there.
PROXYGAP_CHROMIUM
    The browser; default: see `proxygap.site.chromium`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from proxygap.content import checkout_root
from proxygap.site import chromium
from proxygap.site.build import build_site
from proxygap.site.server import serve

BASE_PATH = "/the-proxy-gap/"
FAILED = pytest.StashKey[bool]()
OpenPage = Callable[..., Page]

# What is waited for is there as soon as it can be; on a busy machine that may take long.
PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The folder with the built pages."""
    output = Path(os.environ.get("PROXYGAP_BOOK", "")) if "PROXYGAP_BOOK" in os.environ else None
    if os.environ.get("PROXYGAP_REUSE") and output:
        return output / "_build" / "html"
    return build_site(output)


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """Address of the book, served under a sub-path as project pages are."""
    with serve(built_site, base=BASE_PATH) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = chromium.ensure()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield launched
        launched.close()


@dataclass
class Guard:
    """Records what a page must not do."""

    origin: str
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Block other origins in `context` and record every message of its pages."""
        context.set_default_timeout(PATIENCE)
        # A pattern, which the driver matches by itself: a test that computes holds up no request.
        foreign = re.compile(f"^(?!{re.escape(self.origin)}/)(?!data:|blob:|about:)")
        context.route(foreign, self._block)
        context.on("console", lambda message: self._say(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: self._say(f"uncaught: {error.error}"))

    def expect(self, part: str) -> None:
        """Accept messages that contain `part`: the test provokes them."""
        self.expected.append(part)

    def _block(self, route: Route) -> None:
        self.foreign.append(route.request.url)
        route.abort()

    def _say(self, message: str) -> None:
        self.console.append(message)

    def verify(self) -> None:
        """Fail when anything was recorded."""
        unexpected = [line for line in self.console if not any(e in line for e in self.expected)]
        assert self.foreign == [], f"requests to another origin: {self.foreign}"
        assert unexpected == [], f"console messages: {unexpected}"


@pytest.fixture
def guard(site_url: str) -> Guard:
    """Records foreign requests and console messages of the test's pages."""
    parts = urlsplit(site_url)
    return Guard(f"{parts.scheme}://{parts.netloc}")


@pytest.fixture
def open_page(
    browser: Browser, site_url: str, guard: Guard, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Open a page of the book: ``open_page("chapters/x.html", width=360, scheme="dark")``."""
    contexts: list[BrowserContext] = []

    def _open(
        path: str,
        *,
        width: int = 1280,
        scheme: str = "light",
        reduced_motion: bool = False,
        javascript: bool = True,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce" if reduced_motion else "no-preference",
            java_script_enabled=javascript,
            has_touch=width < 600,
            **options,
        )
        contexts.append(context)
        guard.watch(context)
        page = context.new_page()
        page.goto(site_url + path, wait_until="load")
        return page

    yield _open
    if request.node.stash.get(FAILED, False):
        _keep_evidence(request.node.name, contexts, guard)
    for context in contexts:
        context.close()
    guard.verify()


@pytest.fixture
def profile(browser: Browser, site_url: str, guard: Guard) -> Iterator[OpenPage]:
    """Open a page in a new browser profile; ``before`` runs before the page's own script.

    ``now`` stops the page's clock at an instant; other options are Playwright's for a context.
    """
    contexts: list[BrowserContext] = []

    def _profile(
        path: str, *, before: str = "", now: str = "", width: int = 1280, **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        guard.watch(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        if now:
            page.clock.set_fixed_time(now)
        page.goto(site_url + path, wait_until="load")
        return page

    yield _profile
    for context in contexts:
        context.close()
    guard.verify()


def _keep_evidence(test: str, contexts: list[BrowserContext], guard: Guard) -> None:
    """Save what a failed test saw: pictures of its pages and what they said."""
    folder = checkout_root() / "_build" / "test-failures"
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", test)
    (folder / f"{name}.txt").write_text("\n".join([*guard.foreign, *guard.console]))
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=folder / f"{name}-{number}.png")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test in the browser twice more when it fails: two cores may be kept from it too long.

    A last resort, for a machine that stands still: what a slow page shows late is waited for. The
    run's last line counts what was tried again, so that a fault that comes and goes is seen.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Remember for the fixtures whether the test itself failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
