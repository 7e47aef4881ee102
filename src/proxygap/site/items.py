"""The items of a chapter as a file of their own, for pages that ask across chapters.

The build renders every item once, on the page of its chapter. What is rendered there is taken from
there, so that an item looks and scores the same wherever it is asked. The file's name carries a
fingerprint of everything that it is made from, so a page knows it before the file is written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from proxygap.content import content_root
from proxygap.site import digest

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FOLDER = "items"
SHEETS = {'class="katex': "katex.css"}
"""Styles that an item needs beyond those of every page, by what its HTML holds then."""


def file_name(chapter: str) -> str:
    """Return the name of a chapter's file below the folder of the bundle."""
    root = content_root()
    names = (f"quizzes/{chapter}.yml", "quizzes/misconceptions.yml", "book/references.bib",
             f"book/chapters/{chapter}.md")  # fmt: skip
    sources = [root / name for name in names]
    made_from = f"{digest.of_files(sources, base=root)}{digest.of_package()}"
    return f"{FOLDER}/{chapter}.{digest.of_text(made_from)}.json"


def items_of(html: str, page: str) -> dict[str, Any]:
    """Return the items on a chapter's page, ready to be shown at the root of the site.

    Parameters
    ----------
    html : str
        The page as it was written.
    page : str
        Its address, relative to the root of the site.

    Returns
    -------
    dict
        The chapter's ``quiz``, its ``items`` with their rules and their ``html``, the titles of the
        ``beliefs`` behind wrong answers, and the style ``sheets`` that they need.
    """
    from lxml.html import document_fromstring

    found: dict[str, Any] = {"quiz": "", "beliefs": {}}
    items: dict[str, dict[str, Any]] = {}
    for element in document_fromstring(html).iter("pg-quiz"):
        data = json.loads(element.findtext("script"))
        rendered = {one.get("data-item"): _inside(one, page)
                    for one in element.iterfind(".//li[@data-item]")}  # fmt: skip
        found["quiz"] = data["quiz"]
        found["beliefs"] |= data["beliefs"]
        items |= {item["id"]: item | {"html": rendered[item["id"]]} for item in data["items"]}
    text = "".join(item["html"] for item in items.values())
    sheets = [sheet for mark, sheet in SHEETS.items() if mark in text]
    return {**found, "items": list(items.values()), "sheets": sheets}


def _inside(element: HtmlElement, page: str) -> str:
    """Return what is inside `element`, with its links as the root of the site sees them."""
    from lxml.html import tostring

    for part in element.iterdescendants():
        part.attrib.pop("id", None)  # two items on one page may cite the same work
        for name in ("href", "src"):
            if (address := part.get(name)) and not urlsplit(address).scheme:
                part.set(name, urljoin(page, address))
    return "".join(tostring(child, encoding="unicode") for child in element)


def publish(outdir: Path, chapters: list[str], target: Path) -> None:
    """Write the files of `chapters`, whose pages lie in `outdir`, below `target`."""
    (target / FOLDER).mkdir(parents=True, exist_ok=True)
    for chapter in chapters:
        page = f"chapters/{chapter}.html"
        found = items_of((outdir / page).read_text(encoding="utf-8"), page)
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        (target / file_name(chapter)).write_text(text, encoding="utf-8")
