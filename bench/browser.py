"""Chromium with a slow processor, a slow link and a count of everything that travels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.link import Link
from proxygap.site import chromium

SLOW_PROCESSOR = 4
"""How many times slower the throttled processor is: a mid-range phone."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Yield a browser.

    Raises
    ------
    SetupError
        If there is none and none can be installed.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.ensure(), args=chromium.flags()
        )
        try:
            yield browser
        finally:
            browser.close()


SETTLE = 2500
"""Milliseconds in which a new window comes to rest: Chromium loads pages of its own into it."""


@dataclass
class Traffic:
    """What a page transferred, by request."""

    bytes_of: dict[str, int] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    path_of: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def watch(self, session: CDPSession) -> None:
        """Count what `session` receives from now on."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._received)
        session.on("Network.dataReceived", self._partly)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)
        session.send("Network.enable")

    def total(self, kind: str | None = None) -> int:
        """Return the bytes that travelled, of one kind if given."""
        wanted = (k for k in self.bytes_of if kind is None or self.kind_of.get(k) == kind)
        return sum(self.bytes_of[key] for key in wanted)

    def files(self, kind: str) -> dict[str, int]:
        """Return the bytes of each file of one kind, largest first."""
        keys = [key for key in self.bytes_of if self.kind_of.get(key) == kind]
        keys.sort(key=self.bytes_of.__getitem__, reverse=True)
        return {self.path_of[key]: self.bytes_of[key] for key in keys}

    def _sent(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        self.path_of[key] = urlsplit(event["request"]["url"]).path
        self.kind_of.setdefault(key, event.get("type", "Other"))

    def _received(self, event: dict[str, Any]) -> None:
        self.kind_of[event["requestId"]] = event["type"]
        if event["response"]["status"] >= 400:
            self.problems.append(f"{event['response']['status']} {event['response']['url']}")

    def _partly(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        self.bytes_of[key] = self.bytes_of.get(key, 0) + int(event["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes_of[event["requestId"]] = int(event["encodedDataLength"])

    def _failed(self, event: dict[str, Any]) -> None:
        self.problems.append(f"{event['errorText']} {self.path_of.get(event['requestId'], '')}")


@dataclass(frozen=True, slots=True)
class Visit:
    """A fresh visitor: a new page with nothing cached."""

    page: Page
    traffic: Traffic
    session: CDPSession


@contextmanager
def visit(
    browser: Browser, *, slow: float = 1, link: Link | None = None, script: str = ""
) -> Iterator[Visit]:
    """Yield an empty page of a new visitor.

    Parameters
    ----------
    browser : Browser
        Where it opens.
    slow : float
        How many times slower its processor is.
    link : Link or None
        Speed of the page's own requests.
    script : str
        Runs before the page's scripts.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        traffic = Traffic()
        traffic.watch(session)
        if link is not None:
            session.send("Network.emulateNetworkConditions", _conditions(link))
        session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
        if script:
            page.add_init_script(script)
        page.wait_for_timeout(SETTLE)
        yield Visit(page, traffic, session)
    finally:
        context.close()


def _conditions(link: Link) -> dict[str, Any]:
    speed = -1 if link.bytes_per_second is None else link.bytes_per_second
    return {
        "offline": False,
        "latency": link.delay * 1000,
        "downloadThroughput": speed,
        "uploadThroughput": speed,
    }
