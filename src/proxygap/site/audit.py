"""Refuse what would break a page: inline scripts, foreign origins, formulas with mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

LOADING = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "link": "href",
    "object": "data", "script": "src", "source": "src", "track": "src", "video": "src",
}  # fmt: skip
"""The attribute through which each element loads a file. Links are not among them."""

DATA_TYPES = ("application/json", "text/plain")


class _Findings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        address = given.get(LOADING.get(tag, ""), "")
        if address.startswith(("http:", "https:", "//")):
            self.findings.append(
                f"<{tag}> loads {address} from another origin. Put the file into book/_static"
            )
        if given.get("class") == "katex-error":
            self.findings.append(f"a formula cannot be read: {given.get('title', '')}")
        if tag == "script" and not address and given.get("type") not in DATA_TYPES:
            self.findings.append(
                "an inline <script> is blocked by the page's policy. Write a custom element "
                "under web/src instead"
            )
        for name in given:
            if name.startswith("on"):
                self.findings.append(
                    f"<{tag} {name}=…> is an inline script, which the page's policy blocks. "
                    "Write a custom element under web/src instead"
                )


def findings(body: str) -> Iterator[str]:
    """Return what in a page's body would be blocked or would leave the site."""
    parser = _Findings()
    parser.feed(body)
    parser.close()
    yield from parser.findings


def warn_about(body: str, pagename: str) -> None:
    """Log each finding as a Sphinx warning; the course is built with warnings as errors."""
    from sphinx.util import logging

    for finding in findings(body):
        logging.getLogger(__name__).warning("%s", finding, location=pagename, type="proxygap")
