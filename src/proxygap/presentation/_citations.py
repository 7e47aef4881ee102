"""Bibliography keys as a reader knows them: ``leike2017`` is "Leike et al. 2017"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TypedDict

from proxygap.content import content_root

ENTRY = re.compile(r"^@\w+\{([^,\s]+),(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", re.MULTILINE)
ACCENT = re.compile(r"\{?\\([`'^\"~])\{?(\w)\}?\}?")
COMBINING = {"`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303"}


class Citation(TypedDict):
    """A work as an explorer names it.

    Attributes
    ----------
    key : str
        Its entry in ``book/references.bib``.
    text : str
        Authors, or editors, and year.
    url : str
        Where it was published; empty where the entry does not say.
    """

    key: str
    text: str
    url: str


def citation(key: str) -> Citation:
    """Return the work that `key` names; a key without an entry stands for itself.

    >>> citation("leike2017")
    {'key': 'leike2017', 'text': 'Leike et al. 2017', 'url': 'https://arxiv.org/abs/1711.09883'}
    """
    entry = _entries().get(key, {})
    people = entry.get("author") or entry.get("editor")
    text = f"{_names(people)} {entry['year']}" if people and "year" in entry else key
    doi = entry.get("doi")
    return {
        "key": key,
        "text": text,
        "url": f"https://doi.org/{doi}" if doi else entry.get("url", ""),
    }


@cache
def _entries() -> dict[str, dict[str, str]]:
    text = (content_root() / "book" / "references.bib").read_text(encoding="utf-8")
    return {key: dict(FIELD.findall(fields)) for key, fields in ENTRY.findall(text)}


def _names(authors: str) -> str:
    """Return up to two surnames; an organisation stands in braces and is one name.

    >>> _names("Ng, Andrew Y. and Harada, Daishi"), _names("{Bureau of Tests and Trials}")
    ('Ng and Harada', 'Bureau of Tests and Trials')
    >>> _names("Jan Leike and others")
    'Leike et al.'
    """
    organisation = re.fullmatch(r"\{([^{}]*)\}", authors.strip())
    if organisation:
        return organisation[1]
    names = [_surname(author) for author in re.split(r"\s+and\s+", authors.strip())]
    if len(names) > 2 or "others" in names[1:]:
        return f"{names[0]} et al."
    return " and ".join(names)


def _surname(author: str) -> str:
    accented = ACCENT.sub(lambda found: found[2] + COMBINING[found[1]], author)
    plain = unicodedata.normalize("NFC", re.sub(r"[{}]", "", accented))
    return plain.partition(",")[0].strip() if "," in plain else plain.split()[-1]
