"""Find, read and check the item bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from proxygap.content import content_root
from proxygap.errors import ContentError, UsageError, did_you_mean
from proxygap.quiz.build import build_quiz
from proxygap.quiz.checks import References, item_errors
from proxygap.quiz.model import Misconception, Quiz
from proxygap.quiz.schema import schema_errors
from proxygap.quiz.sources import bibliography_keys, chapter_sections, chapter_slugs
from proxygap.quiz.yaml_lines import Document, read

GLOSSARY = "misconceptions"


def _folder() -> Path:
    return content_root() / "quizzes"


def quiz_slugs() -> tuple[str, ...]:
    """Return the chapters that have a quiz, in alphabetical order."""
    return tuple(sorted(p.stem for p in _folder().glob("*.yml") if p.stem != GLOSSARY))


@cache
def load_misconceptions(folder: Path | None = None) -> dict[str, Misconception]:
    """Return the glossary of misconceptions by id.

    Raises
    ------
    ContentError
        If the glossary breaks its schema.
    """
    document = read((folder or _folder()) / f"{GLOSSARY}.yml")
    _raise_first(schema_errors(document, f"{GLOSSARY}.schema"))
    return {
        name: Misconception(id=name, line=document.line(name), **entry)
        for name, entry in document.data.items()
    }


def load_quiz(slug: str) -> Quiz:
    """Return the quiz of the chapter `slug`.

    Raises
    ------
    UsageError
        If the chapter has no quiz; the message suggests the nearest name.
    ContentError
        If the file has a mistake; the error names the first one.
    """
    if slug not in quiz_slugs():
        known = ", ".join(quiz_slugs())
        hint = did_you_mean(slug, quiz_slugs())
        raise UsageError(f"There is no quiz called '{slug}'.{hint} All quizzes: {known}.")
    return load_file(_folder() / f"{slug}.yml")


def load_file(path: Path) -> Quiz:
    """Return the quiz in the file at `path`, which need not lie in the course.

    Raises
    ------
    ContentError
        If the file has a mistake; the error names the first one.
    """
    document = read(path)
    _raise_first(document_errors(document))
    return build_quiz(document)


def document_errors(document: Document) -> list[ContentError]:
    """Return the mistakes in one quiz file, in the order of its lines."""
    found = schema_errors(document, "schema")
    if found:  # what follows relies on the shape
        return found
    chapter = document.data["chapter"]
    sections = chapter_sections(chapter)
    references = References(
        objectives=frozenset(document.data["objectives"]),
        misconceptions=frozenset(load_misconceptions()),
        sources=bibliography_keys(),
        anchors=None if sections is None else frozenset(sections),
    )
    found = [*_name_errors(document), *item_errors(document, references)]
    return sorted(found, key=lambda error: error.line)


def _name_errors(document: Document) -> Iterator[ContentError]:
    chapter = document.data["chapter"]
    if chapter != document.file.stem:
        yield document.error(
            f"'chapter' is '{chapter}', but the file is {document.file.name}. "
            "Give both the same name.",
            "chapter",
        )


def load_bank() -> tuple[Quiz, ...]:
    """Return every quiz of the course.

    Raises
    ------
    ContentError
        At the first mistake; `problems` returns all of them.
    """
    quizzes = tuple(load_quiz(slug) for slug in quiz_slugs())
    _raise_first(_repeated_ids(quizzes))
    return quizzes


def problems() -> list[ContentError]:
    """Return every mistake in the item bank, the audit's findings included."""
    from proxygap.quiz.audit import audit

    try:
        glossary = read(_folder() / f"{GLOSSARY}.yml")
    except ContentError as error:
        return [error]
    if broken := schema_errors(glossary, f"{GLOSSARY}.schema"):
        return broken  # every quiz relies on its shape
    found = list(_misplaced(glossary))
    quizzes = []
    for slug in quiz_slugs():
        try:
            document = read(_folder() / f"{slug}.yml")
        except ContentError as error:
            found.append(error)
            continue
        mistakes = document_errors(document)
        found += mistakes
        if not mistakes:
            quizzes.append(build_quiz(document))
    found += _repeated_ids(quizzes)
    return found + [error for quiz in quizzes for error in audit(quiz)]


def _misplaced(glossary: Document) -> Iterator[ContentError]:
    """Yield the misconceptions that name no section of a chapter which mends them."""
    if not chapter_slugs():  # an installed package carries no chapters
        return
    for name, entry in glossary.data.items():
        sections = chapter_sections(entry["chapter"])
        known = chapter_slugs() if sections is None else sections
        key = "chapter" if sections is None else "section"
        if entry[key] not in known:
            hint = did_you_mean(entry[key], known)
            yield glossary.error(
                f"misconception '{name}': there is no {key} '{entry[key]}'.{hint} Name where the "
                f"refutation is shown; use one of: {', '.join(known)}.",
                name, key,
            )  # fmt: skip


def _repeated_ids(quizzes: Iterable[Quiz]) -> list[ContentError]:
    seen: dict[str, str] = {}
    found = []
    for quiz in quizzes:
        for item in quiz.items:
            here = f"{quiz.file}:{item.line}"
            if (first := seen.setdefault(item.id, here)) != here:
                message = f"item '{item.id}': this id is taken by {first}. Give it another."
                found.append(ContentError(message, file=quiz.file, line=item.line))
    return found


def _raise_first(errors: list[ContentError]) -> None:
    if errors:
        raise errors[0]
