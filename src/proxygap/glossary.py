"""The glossary: one file of terms, which chapters link to by setting a term in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from proxygap.content import content_root
from proxygap.errors import ContentError, did_you_mean
from proxygap.quiz.schema import schema_errors
from proxygap.quiz.sources import bibliography_keys
from proxygap.quiz.text import normalise
from proxygap.quiz.yaml_lines import Document, read

FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
BOLD = re.compile(r"(?<![*\\])\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?!\*)")
ROLE = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")
TERM = re.compile(r"[A-Za-z][\w’'-]*(?: [\w’'-]+){0,3}")
"""One to four words without a full stop, colon or comma. Longer bold text is emphasis."""

MARKUP = re.compile(r"[`$*_{}\[\]<>\\]")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry.

    Attributes
    ----------
    id : str
        Its place on the page is ``#term-<id>``.
    name : str
        The term as a reader meets it.
    also : tuple of str
        Other names and abbreviations.
    definition : str
        Plain text.
    business : str
        What it means for a business, as Markdown.
    source : str
        Key in ``book/references.bib``; empty for a term of this course.
    see : tuple of str
        Ids of terms to read next.
    """

    id: str
    name: str
    definition: str
    business: str
    source: str = ""
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the term is called."""
        return (self.name, *self.also)


class Glossary:
    """All terms, found by any of their names."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self.terms = dict(terms)
        self._by_name = {normalise(name): term for term in terms.values() for name in term.names}

    def find(self, words: str) -> Term | None:
        """Return the term that `words` name, in whatever case, hyphenation or number."""
        plain = normalise(words)
        return next((self._by_name[w] for w in _forms(plain) if w in self._by_name), None)

    def names(self) -> list[str]:
        """Return what all terms are called, in alphabetical order."""
        return sorted({name for term in self.terms.values() for name in term.names})


def glossary_file() -> Path:
    """Return where the terms are written."""
    return content_root() / "book" / "glossary.yml"


@cache
def load_glossary() -> Glossary:
    """Return the glossary; it is empty in a course that has none.

    Raises
    ------
    ContentError
        If the file has a mistake; the error names the first one.
    """
    if not glossary_file().is_file():  # an installed package carries no book
        return Glossary({})
    document = read(glossary_file())
    if found := document_errors(document):
        raise found[0]
    return _build(document)


def _build(document: Document) -> Glossary:
    terms = {}
    for name, entry in document.data.items():
        fields: dict[str, Any] = {
            key: _typeset(value) if isinstance(value, str) else tuple(map(_typeset, value))
            for key, value in entry.items()
        }
        terms[name] = Term(id=name, **fields)
    return Glossary(terms)


def _typeset(words: str) -> str:
    """Return one line with typographic apostrophes: a card shows it as it stands."""
    return re.sub(r"(?<=\w)'", "’", " ".join(words.split()))


def problems() -> list[ContentError]:
    """Return every mistake in the glossary."""
    if not glossary_file().is_file():
        return []
    try:
        return document_errors(read(glossary_file()))
    except ContentError as error:
        return [error]


def document_errors(document: Document) -> list[ContentError]:
    """Return the mistakes in a glossary, in the order of its lines."""
    found = schema_errors(document, glossary_file().with_suffix(".schema.json"))
    if found:  # what follows relies on the shape
        return found
    found = [*_repeated(document), *_unknown(document), *_marked_up(document)]
    return sorted(found, key=lambda error: error.line)


def _repeated(document: Document) -> Iterator[ContentError]:
    taken: dict[str, str] = {}
    for key, entry in document.data.items():
        for name in (entry["name"], *entry.get("also", ())):
            if (first := taken.setdefault(normalise(name), key)) != key:
                yield document.error(
                    f"'{name}' is a name of '{first}' as well (line {document.line(first)}), so a "
                    "link would not know where to go. Give it to one of them.",
                    key,
                )


def _unknown(document: Document) -> Iterator[ContentError]:
    for key, entry in document.data.items():
        source = entry.get("source")
        if source and source not in bibliography_keys():
            hint = did_you_mean(source, bibliography_keys())
            yield document.error(
                f"'{key}': no entry '{source}' in book/references.bib.{hint} "
                "Add the work that defines the term.",
                key, "source",
            )  # fmt: skip
        for index, other in enumerate(entry.get("see", ())):
            if other not in document.data or other == key:
                hint = did_you_mean(other, document.data.keys() - {key})
                yield document.error(
                    f"'{key}': 'see' names '{other}', which is no other term.{hint}",
                    key, "see", index,
                )  # fmt: skip


def _marked_up(document: Document) -> Iterator[ContentError]:
    for key, entry in document.data.items():
        if mark := MARKUP.search(entry["definition"]):
            yield document.error(
                f"'{key}': the definition contains '{mark[0]}'. Write it without markup: a card in "
                "the chapters shows it as it stands. 'business' may hold Markdown.",
                key, "definition",
            )  # fmt: skip


def unknown_terms(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield position and complaint for each bold term, or ``{term}``, that has no entry.

    Bold text of one to four words is a term unless it ends like a sentence; everything else in
    bold is emphasis. Code and directives that are fenced with backticks are left alone.
    """
    glossary = load_glossary()
    if not glossary.terms:
        return
    for match in BOLD.finditer(_without_code(markdown)):
        if TERM.fullmatch(match[1]) and not glossary.find(match[1]):
            start = f"'{match[1]}' is bold like a term"
            yield match.start(), _unknown_term(start, match[1], "or use *italics* for emphasis")
    for match in ROLE.finditer(FENCED.sub(_blank, markdown)):
        if not glossary.find(match[1]):
            start = f"{{term}} asks for '{match[1]}'"
            yield match.start(), _unknown_term(start, match[1], "or name one that exists")


def _unknown_term(start: str, words: str, otherwise: str) -> str:
    hint = did_you_mean(words, load_glossary().names())
    return (f"{start}, but book/glossary.yml has no such entry.{hint} Add it there, "
            f"{otherwise}.")  # fmt: skip


def _without_code(markdown: str) -> str:
    return CODE.sub(_blank, FENCED.sub(_blank, markdown))


def _blank(found: re.Match[str]) -> str:
    """Keep the lines and positions of what follows."""
    return re.sub(r"[^\n]", " ", found[0])


def _forms(plain: str) -> Iterator[str]:
    """Yield `plain`, then what it may be the plural of."""
    yield plain
    if plain.endswith("ies"):
        yield f"{plain[:-3]}y"
    if plain.endswith("s"):
        yield plain[:-1]
