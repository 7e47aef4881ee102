"""Find authors' mistakes before a build does, each with ``file:line``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from proxygap.content import content_root, in_checkout, relative
from proxygap.errors import ContentError, did_you_mean
from proxygap.quiz.sources import bibliography_keys, days_looked_up
from proxygap.slices import exercise_slugs, files_of, inventory

HEADINGS = (
    "Objectives",
    "The case",
    "Predict",
    "Try it",
    "Why it happens",
    "Build it (exercise)",
    "What it means for your business",
    "Check yourself",
    "Limits of this model",
    "Further reading",
)
EXERCISE_FILES = ("README.md", "starter.py", "solution.py", "checks.py")
FEWEST_WRONG = 3
WRONG_HEADER = "# fails: "


class _Reference(NamedTuple):
    """How a chapter names another slice, and where the names come from."""

    pattern: str
    kind: str


REFERENCES = (
    _Reference(r'explore\(\s*"([^"]+)"', "simulation"),
    _Reference(r'lab\(\s*"([^"]+)"', "lab"),
    _Reference(r"^[`:]{3,}\{quiz\}\s+(\S+)", "quiz"),
    _Reference(r"^[`:]{3,}\{exercise\}\s+(\S+)", "exercise"),
)


def findings(slug: str | None = None) -> list[str]:
    """Return every mistake found, as ``file:line: what is wrong``; all slices, or those of `slug`.

    Raises
    ------
    UsageError
        If nothing is called `slug`.
    """
    paths = None if slug is None else {p for found in files_of(slug).values() for p in found}
    return [str(error) for error in _all_errors() if paths is None or relative(error.file) in paths]


def _all_errors() -> Iterator[ContentError]:
    for check in (_chapters, _toc, _glossary, _banks, _forms, _exercises, _simulations):
        yield from check()


def _error(path: Path, line: int, message: str) -> ContentError:
    return ContentError(message, file=relative(path), line=line)


def _chapters() -> Iterator[ContentError]:
    for path in sorted((content_root() / "book" / "chapters").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for check in (_front_matter, _headings, _references, _citations, _further_reading, _terms):
            yield from check(path, text)


def _front_matter(path: Path, text: str) -> Iterator[ContentError]:
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    fields = yaml.safe_load(found[1]) if found else {}
    for needed in ("description", "minutes", "kernelspec"):
        if needed not in fields:
            yield _error(
                path, 1, f"the front matter has no '{needed}'. Copy the block from another chapter."
            )


def _headings(path: Path, text: str) -> Iterator[ContentError]:
    found = [
        (m[1].strip(), _line(text, m.start()))
        for m in re.finditer(r"^## (.+)$", text, re.MULTILINE)
    ]
    for expected, (given, line) in zip(HEADINGS, found, strict=False):
        if given != expected:
            yield _error(
                path,
                line,
                f"heading '{given}' stands where '{expected}' is expected. "
                f"The order is: {' · '.join(HEADINGS)}.",
            )
            return
    if len(found) < len(HEADINGS):
        yield _error(
            path, _line(text, len(text)), f"the heading '## {HEADINGS[len(found)]}' is missing."
        )
    for given, line in found[len(HEADINGS) :]:
        yield _error(path, line, f"'## {given}' is one heading too many; use '###' inside a part.")


def _references(path: Path, text: str) -> Iterator[ContentError]:
    known = {kind.name: slugs for kind, slugs in inventory().items()}
    for reference in REFERENCES:
        for match in re.finditer(reference.pattern, text, re.MULTILINE):
            if match[1] not in known[reference.kind]:
                yield _error(
                    path,
                    _line(text, match.start()),
                    f"there is no {reference.kind} '{match[1]}'."
                    f"{did_you_mean(match[1], known[reference.kind])} "
                    f"Write it with: proxygap new {reference.kind} {match[1]}",
                )


def _citations(path: Path, text: str) -> Iterator[ContentError]:
    for match in re.finditer(r"\{cite(?::\w+)?\}`([^`]+)`", text):
        for key in re.split(r"\s*,\s*", match[1]):
            if key not in bibliography_keys():
                yield _error(
                    path,
                    _line(text, match.start()),
                    f"no entry '{key}' in book/references.bib."
                    f"{did_you_mean(key, bibliography_keys())}",
                )


def _further_reading(path: Path, text: str) -> Iterator[ContentError]:
    start = text.find(f"\n## {HEADINGS[-1]}\n")
    if start < 0:
        return
    for match in re.finditer(r"\{cite(?::\w+)?\}`([^`]+)`", text[start:]):
        for key in re.split(r"\s*,\s*", match[1]):
            if key in bibliography_keys() and key not in days_looked_up():
                yield _error(
                    path,
                    _line(text, start + match.start()),
                    f"'{key}' is recommended, but its entry in book/references.bib has no urldate. "
                    "Compare the entry with the work itself, then add the day.",
                )


def _terms(path: Path, text: str) -> Iterator[ContentError]:
    from proxygap.glossary import unknown_terms

    if not _broken_glossary():
        for position, message in unknown_terms(text):
            yield _error(path, _line(text, position), message)


def _glossary() -> Iterator[ContentError]:
    yield from _broken_glossary()


@cache
def _broken_glossary() -> list[ContentError]:
    from proxygap.glossary import problems

    return problems()


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _toc() -> Iterator[ContentError]:
    if not in_checkout():
        return
    path = content_root() / "book" / "_toc.yml"
    text = path.read_text(encoding="utf-8")
    for chapter in inventory_of("chapter"):
        count = len(re.findall(rf"chapters/{re.escape(chapter)}(?:\.md)?\s*$", text, re.MULTILINE))
        if count != 1:
            yield _error(
                path,
                1,
                f"chapter '{chapter}' is listed {count} times. List it once, as "
                f"'- file: chapters/{chapter}'.",
            )


def inventory_of(kind_name: str) -> list[str]:
    """Return the slugs of the kind called `kind_name`."""
    return next(slugs for kind, slugs in inventory().items() if kind.name == kind_name)


def _banks() -> Iterator[ContentError]:
    from proxygap.quiz.loader import problems

    yield from problems()


def _forms() -> Iterator[ContentError]:
    """Find out whether the forms that the pages show still fit the bank."""
    from proxygap.bank.kept_forms import read
    from proxygap.quiz import load_bank

    try:
        bank = [item for quiz in load_bank() for item in quiz.items]
    except ContentError:
        return  # named among the mistakes of the banks
    try:
        read(content_root() / "quizzes" / "forms.json", bank)
    except ContentError as error:
        yield error


def _exercises() -> Iterator[ContentError]:
    for slug in exercise_slugs():
        folder = content_root() / "exercises" / slug
        for name in EXERCISE_FILES:
            if not (folder / name).is_file():
                yield _error(
                    folder / name,
                    1,
                    f"this file is missing; an exercise needs {', '.join(EXERCISE_FILES)}.",
                )
        yield from _wrong_files(folder)


def _wrong_files(folder: Path) -> Iterator[ContentError]:
    wrong = sorted((folder / "wrong").glob("*.py"))
    if len(wrong) < FEWEST_WRONG:
        count = len(wrong)
        yield _error(
            folder / "wrong",
            1,
            f"{count} wrong solutions; write at least {FEWEST_WRONG}, each a mistake people make.",
        )
    for path in wrong:
        if not path.read_text(encoding="utf-8").startswith(WRONG_HEADER):
            yield _error(
                path,
                1,
                f"the first line must name the check that fails: "
                f"'{WRONG_HEADER}<name of its function>'.",
            )


def _simulations() -> Iterator[ContentError]:
    from proxygap import simulations

    for slug in simulations.slugs():
        try:
            simulation = simulations.get(slug)
        except ContentError as error:
            yield _error(error.file, error.line, error.message)
            continue
        path = Path(simulations.__file__).with_name(f"{slug.replace('-', '_')}.py")
        for claim in simulation.claims:
            if claim.source not in bibliography_keys():
                line = _line(text := path.read_text(encoding="utf-8"), text.find(claim.source))
                yield _error(
                    path,
                    line,
                    f"no entry '{claim.source}' in book/references.bib."
                    f"{did_you_mean(claim.source, bibliography_keys())}",
                )
