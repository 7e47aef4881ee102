"""What a page should ask for at once, so that its first interactive element is soon alive.

Left alone, a browser learns of each module only from the one before it and of a table only from the
last of them; on a slow link every step costs a round trip.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from proxygap.site.bundle import BUNDLE

FIRST_FONTS = ("source-serif-4-latin-wght-normal", "source-sans-3-latin-wght-normal")

PROMPT = ("pg-hero", "pg-explorer", "pg-lab", "pg-progress", "pg-review", "pg-form",
          "pg-record")  # fmt: skip
"""Elements that come alive as soon as they are seen. The others' code waits until it is used."""

SURELY_NEAR = 1000
"""So many letters of text are above an element that even a phone draws without any scrolling; a
browser complains about a table that was preloaded and not needed."""

ELEMENT = re.compile(rf"<(?P<tag>{'|'.join(PROMPT)})(?P<attributes>[^>]*)>")
TABLE = re.compile(r'"table": ?\{"url": ?"(tables/[\w.-]+)"')


class Preloads(NamedTuple):
    """Files in the folder of the bundle.

    Attributes
    ----------
    modules : tuple of str
        Scripts that the first interactive element of the page needs.
    tables : tuple of str
        The table that it fetches, if it shows one without being asked.
    """

    modules: tuple[str, ...]
    tables: tuple[str, ...]


def find(body: str) -> Preloads:
    """Return what the page with this body should ask for at once."""
    first = ELEMENT.search(body)
    if first is None:
        return Preloads((), ())
    found = TABLE.search(body, first.end(), body.find(f"</{first['tag']}>", first.end()))
    shown = found and "data-asks" not in first["attributes"]
    near = len(_text(body[: first.start()])) < SURELY_NEAR
    return Preloads(modules_of(first["tag"]), (found[1],) if found and shown and near else ())


def _text(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html)


def modules_of(tag: str) -> tuple[str, ...]:
    """Return the modules that an element of this name loads before it is alive."""
    modules: dict[str, list[str]] = _manifest()["modules"]
    return tuple(modules[tag])


def fonts() -> tuple[str, ...]:
    """Return the fonts that every page shows first."""
    known: list[str] = _manifest()["fonts"]
    return tuple(f for wanted in FIRST_FONTS for f in known if Path(f).name.startswith(wanted))


@lru_cache
def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((BUNDLE / "manifest.json").read_text())
    return manifest
