"""Write the files of a new slice from templates that already work."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import NamedTuple

from proxygap.content import checkout_root
from proxygap.errors import UsageError

TEMPLATES = Path(__file__).parent / "templates"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
EXERCISE_TEMPLATE = TEMPLATES / "exercise"


class Written(NamedTuple):
    """What was written and what the author should look at next.

    Attributes
    ----------
    files : tuple of Path
        New and changed files, relative to the checkout.
    next_step : str
        One sentence.
    """

    files: tuple[Path, ...]
    next_step: str


def simulation(slug: str, chapter: str | None = None) -> Written:
    """Write a simulation with its test, and show it in a chapter.

    Parameters
    ----------
    slug : str
        Name of the simulation.
    chapter : str, optional
        Chapter to show it in; the last one of the table of contents unless given.
    """
    _check_slug(slug)
    module = slug.replace("-", "_")
    page = _chapter_page(chapter)
    files = {
        Path(f"src/proxygap/simulations/{module}.py"): TEMPLATES / "simulation.py.tmpl",
        Path(f"tests/simulations/test_{module}.py"): TEMPLATES / "test_simulation.py.tmpl",
    }
    written = _write(files, slug)
    _insert_before(page, "\n## Why it happens", _explorer_cell(slug))
    return Written(
        (*written, page.relative_to(checkout_root())),
        f"It is shown at the end of 'Try it' in {page.name}; move it where it belongs. "
        f"Try it with: proxygap run {slug}",
    )


def quiz(slug: str) -> Written:
    """Write an item bank for the chapter `slug`."""
    _check_slug(slug)
    written = _write({Path(f"quizzes/{slug}.yml"): TEMPLATES / "quiz.yml.tmpl"}, slug)
    return Written(written, f"Play it with: proxygap quiz {slug}")


def exercise(slug: str) -> Written:
    """Write an exercise; `slug` is ``chapter/name``."""
    chapter, slash, name = slug.partition("/")
    if not slash:
        raise UsageError(f"An exercise is called chapter/name, as in {slug}/first-steps.")
    _check_slug(chapter)
    _check_slug(name)
    target = Path("exercises") / chapter / name
    files = {target / path.relative_to(EXERCISE_TEMPLATE).with_suffix(""): path
             for path in sorted(EXERCISE_TEMPLATE.rglob("*.tmpl"))}  # fmt: skip
    written = _write(files, name)
    shown = _show_exercise(chapter, slug)
    return Written((*written, *shown), f"Check its solution with: proxygap check {slug} "
                                       f"{target / 'solution.py'}")  # fmt: skip


def chapter(slug: str) -> Written:
    """Write a chapter with its simulation, item bank and exercise, and list it."""
    _check_slug(slug)
    page = Path(f"book/chapters/{slug}.md")
    module = slug.replace("-", "_")
    files = {
        page: TEMPLATES / "chapter.md.tmpl",
        Path(f"src/proxygap/simulations/{module}.py"): TEMPLATES / "simulation.py.tmpl",
        Path(f"tests/simulations/test_{module}.py"): TEMPLATES / "test_simulation.py.tmpl",
        Path(f"quizzes/{slug}.yml"): TEMPLATES / "quiz.yml.tmpl",
    }
    written = _write(files, slug) + exercise(f"{slug}/first-steps").files
    toc = _list_chapter(slug)
    return Written((*written, toc), f"Open {page} and write; see it with: make serve")


def _check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug):
        raise UsageError(
            f"'{slug}' cannot be a name. Use lower-case letters, digits and single hyphens, "
            "starting with a letter: reward-hacking."
        )


def _write(files: dict[Path, Path], slug: str) -> tuple[Path, ...]:
    root = checkout_root()
    present = [str(path) for path in files if (root / path).exists()]
    if present:
        raise UsageError(f"{present[0]} exists already; nothing was written. Choose another name.")
    for path, template in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(template, slug), encoding="utf-8")
    return tuple(files)


def _filled(template: Path, slug: str) -> str:
    title = slug.replace("-", " ").capitalize()
    return Template(template.read_text(encoding="utf-8")).safe_substitute(
        slug=slug, module=slug.replace("-", "_"), title=title, title_lower=title.lower()
    )


def _chapter_page(chapter: str | None) -> Path:
    toc = (checkout_root() / "book" / "_toc.yml").read_text(encoding="utf-8")
    listed = re.findall(r"chapters/([a-z0-9-]+)", toc)
    name = chapter or listed[-1]
    if name not in listed:
        raise UsageError(f"There is no chapter '{name}' in book/_toc.yml. "
                         f"Chapters: {', '.join(listed)}.")  # fmt: skip
    return checkout_root() / "book" / "chapters" / f"{name}.md"


def _explorer_cell(slug: str) -> str:
    return (
        "\n```{code-cell} python\n:tags: [remove-input]\n"
        f'from proxygap import explore\n\nexplore("{slug}")\n```\n'
    )


def _show_exercise(chapter: str, slug: str) -> tuple[Path, ...]:
    """Add the exercise to its chapter unless it is there; a chapter to come needs nothing."""
    page = checkout_root() / "book" / "chapters" / f"{chapter}.md"
    if not page.is_file() or f"{{exercise}} {slug}\n" in page.read_text(encoding="utf-8"):
        return ()
    _insert_before(page, "\n## What it means", f"\n```{{exercise}} {slug}\n```\n")
    return (page.relative_to(checkout_root()),)


def _insert_before(page: Path, heading: str, text: str) -> None:
    before, found, after = page.read_text(encoding="utf-8").partition(heading)
    if not found:
        raise UsageError(f"{page.name} has no heading '{heading.strip()}'. "
                         f"Add it, or run: proxygap validate {page.stem}")  # fmt: skip
    page.write_text(before + text + found + after, encoding="utf-8")


def _list_chapter(slug: str) -> Path:
    """Add the chapter after the last one that is listed."""
    toc = checkout_root() / "book" / "_toc.yml"
    text = toc.read_text(encoding="utf-8")
    last = list(re.finditer(r"^(\s*- file: )chapters/\S+$", text, re.MULTILINE))[-1]
    line = f"\n{last[1].lstrip(chr(10))}chapters/{slug}"
    toc.write_text(text[: last.end()] + line + text[last.end() :], encoding="utf-8")
    return toc.relative_to(checkout_root())
