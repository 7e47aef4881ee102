"""Turn Sphinx's warnings into ``file:line: what is wrong``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

WARNING = re.compile(
    r"^(?P<place>[^\s:][^:]*?(?::\d+)?): (?:WARNING|ERROR|CRITICAL): (?P<text>.*)$"
)
FAILED_CELL = "Executing notebook failed"
SAVED = re.compile(r"Notebook exception traceback saved in: (?P<log>\S+)")
CELL = re.compile(r"^-{18}\n(?P<source>.*?)\n-{18}$", re.MULTILINE | re.DOTALL)
ANSI = re.compile(r"\x1b\[[\d;]*m")
ERROR = re.compile(r"^[\w.]*(?:Error|Exception): .+")
TYPE = re.compile(r" \[[\w.]+\]$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stops the build."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def find(said: str, root: Path) -> list[Problem]:
    """Return the problems in what Sphinx wrote, in its order and without repetition.

    Parameters
    ----------
    said : str
        Sphinx's warnings.
    root : Path
        The checkout; files are shown relative to it.
    """
    found: dict[str, Problem] = {}
    for line in said.splitlines():
        if (match := WARNING.match(line)) and (problem := _problem(match, root)):
            found.setdefault(str(problem), problem)
    return list(found.values())


def cause(said: str) -> str:
    """Return the first error in a traceback that Sphinx wrote: what set off all others."""
    errors = [line for line in said.splitlines() if ERROR.match(line)]
    return errors[0] if errors else said.strip()[-500:]


def _problem(match: re.Match[str], root: Path) -> Problem | None:
    place, text = match["place"], match["text"].strip()
    if FAILED_CELL in text:
        return None  # the line that names the saved traceback says more
    path, number = _split(place)
    if saved := SAVED.search(text):
        return _failed_cell(path, Path(saved["log"]), root)
    return Problem(_shown(path, root), number, TYPE.sub("", text))


def _split(place: str) -> tuple[Path, int]:
    path, _, number = place.rpartition(":")
    return (Path(path), int(number)) if number.isdigit() and path else (Path(place), 1)


def _failed_cell(chapter: Path, log: Path, root: Path) -> Problem:
    said = ANSI.sub("", log.read_text(encoding="utf-8")) if log.is_file() else ""
    last = said.strip().splitlines()[-1:] or ["the traceback was not saved"]
    cell = CELL.search(said)
    line = _line_of(cell["source"], chapter) if cell else 1
    return Problem(_shown(chapter, root), line, f"this cell failed. {_plain(last[0])}")


def _plain(error: str) -> str:
    """Drop the name of an error whose text is a sentence for a person."""
    name, _, text = error.partition(": ")
    return text if name.endswith(("UsageError", "ContentError", "SetupError")) else error


def _line_of(source: str, chapter: Path) -> int:
    """Return the line of `chapter` on which the cell with `source` starts."""
    if not chapter.is_file():
        return 1
    before, found, _ = chapter.read_text(encoding="utf-8").partition(source.strip())
    return before.count("\n") + 1 if found else 1


def _shown(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
