"""Find exercises and read what their folders hold."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proxygap.content import content_root, relative
from proxygap.errors import ContentError, UsageError, did_you_mean
from proxygap.grading.authoring import Check

FILES = ("README.md", "starter.py", "solution.py", "checks.py")


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise's folder, ``exercises/<chapter>/<name>``."""

    slug: str
    folder: Path

    @property
    def title(self) -> str:
        """The first heading of its README."""
        return self.text.partition("\n")[0].removeprefix("#").strip()

    @property
    def text(self) -> str:
        """What the learner reads first, in Markdown."""
        return self.read("README.md")

    @property
    def starter(self) -> str:
        """The code that the learner starts from."""
        return self.read("starter.py")

    @property
    def solution(self) -> str:
        """A model solution, shown when the learner's own has passed."""
        return self.read("solution.py")

    def read(self, name: str) -> str:
        """Return the text of one of the exercise's files.

        Raises
        ------
        ContentError
            If the file is missing.
        """
        path = self.folder / name
        if not path.is_file():
            raise ContentError(
                f"exercise '{self.slug}' has no {name}. It needs {', '.join(FILES)}.",
                file=relative(path),
            )
        return path.read_text(encoding="utf-8")

    def wrong(self) -> Iterator[Path]:
        """Yield the foreseen mistakes, each with the check that it must fail in its first line."""
        yield from sorted((self.folder / "wrong").glob("*.py"))

    def checks(self) -> tuple[Check, ...]:
        """Return its checks from top to bottom, freshly loaded.

        Raises
        ------
        ContentError
            If ``checks.py`` cannot be loaded or defines no check.
        """
        path = self.folder / "checks.py"
        self.read(path.name)
        try:
            defined = runpy.run_path(str(path), run_name=f"checks of {self.slug}")
        except Exception as error:
            raise ContentError(
                f"checks.py cannot be loaded: {type(error).__name__}: {error}",
                file=relative(path),
                line=_line_of(error, path),
            ) from error
        checks = tuple(value for value in defined.values() if isinstance(value, Check))
        if not checks:
            raise ContentError(
                "no check is defined. Write a function with @check above it.", file=relative(path)
            )
        return checks


def _line_of(error: BaseException, path: Path) -> int:
    """Return the last line of `path` on the way to `error`."""
    line = (error.lineno or 1) if isinstance(error, SyntaxError) else 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def slugs() -> tuple[str, ...]:
    """Return every exercise's slug in alphabetical order."""
    root = content_root() / "exercises"
    found = (path.parent.relative_to(root).as_posix() for path in root.glob("*/*/checks.py"))
    return tuple(sorted(found))


def find(slug: str) -> Exercise:
    """Return the exercise called `slug`.

    Raises
    ------
    UsageError
        If there is none; the message suggests the nearest name.
    """
    known = slugs()
    if slug not in known:
        raise UsageError(
            f"Unknown exercise '{slug}'.{did_you_mean(slug, known)} "
            f"All exercises: {', '.join(known) or 'none'}."
        )
    return Exercise(slug, content_root() / "exercises" / slug)
