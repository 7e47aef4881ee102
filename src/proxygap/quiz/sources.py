"""What an item may refer to outside the item bank: works and sections of its chapter."""

from __future__ import annotations

import re
from functools import cache

from proxygap.content import content_root


@cache
def bibliography_keys() -> frozenset[str]:
    """Return the keys of ``book/references.bib``."""
    text = (content_root() / "book" / "references.bib").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE))


@cache
def days_looked_up() -> dict[str, str]:
    """Return when each work was compared with its source; works that never were are left out."""
    text = (content_root() / "book" / "references.bib").read_text(encoding="utf-8")
    entries = re.findall(r"^@\w+\{([^,\s]+),(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    found = {key: re.search(r"^\s*urldate\s*=\s*\{([\d-]+)\}", fields, re.MULTILINE)
             for key, fields in entries}  # fmt: skip
    return {key: day[1] for key, day in found.items() if day}


def chapter_slugs() -> list[str]:
    """Return the chapters that are at hand."""
    return sorted(path.stem for path in (content_root() / "book" / "chapters").glob("*.md"))


def chapter_sections(slug: str) -> dict[str, str] | None:
    """Return a chapter's headings by their anchors; None where the chapter is not at hand."""
    path = content_root() / "book" / "chapters" / f"{slug}.md"
    if not path.is_file():
        return None
    prose = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", path.read_text(encoding="utf-8"),
                   flags=re.MULTILINE | re.DOTALL)  # fmt: skip
    headings = re.findall(r"^#{1,6} +(.+?)\s*$", prose, re.MULTILINE)
    return {anchor(heading): heading for heading in headings}


def anchor(heading: str) -> str:
    """Return the id that the book gives to a heading.

    >>> anchor("Build it (exercise)")
    'build-it-exercise'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
