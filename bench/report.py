"""Writes what was measured as Markdown. Every number comes in as a measurement."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.budgets import Budget
from bench.summary import median, spread

WIDTH = 100

NONE = "–"
"""A cell that has nothing to say."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One budget and what was measured for it."""

    what: str
    measured: float
    shown: str
    budget: Budget
    limit: str = ""
    """How the budget is written, where it is one of several."""

    @property
    def verdict(self) -> str:
        """``met`` or ``**missed**``."""
        return self.budget.verdict(self.measured)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished text; the first column names the row."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Return the table as Markdown, padded so that the source is readable too."""
        lines = [list(self.columns), *map(list, self.rows)]
        if any(len(line) != len(self.columns) for line in lines):
            raise ValueError("every row of a table has as many cells as it has columns")
        cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
        widths = [max(3, *(len(line[k]) for line in cells)) for k in range(len(self.columns))]
        head, *body = ("| " + " | ".join(map(_pad, line, widths)) + " |" for line in cells)
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return "\n".join((head, rule, *body))


@dataclass(frozen=True, slots=True)
class Section:
    """One comparison.

    Attributes
    ----------
    title, intro : str
        What is compared with what, and how.
    tables : list of Table
        What was measured.
    promises : list of Promise
        The budgets that these measurements decide.
    notes : list of str
        What a reader must know to judge the numbers.
    failed : str
        Why it could not be measured here; empty when it was.
    """

    title: str
    intro: str
    tables: list[Table] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: str = ""

    def markdown(self) -> str:
        """Return the section as Markdown."""
        parts = [f"## {self.title}", wrap(self.intro)]
        if self.failed:
            parts.append(wrap(f"**Could not be measured here:** {self.failed}"))
        parts += [table.markdown() for table in self.tables]
        if self.promises:
            parts.append(promised(self.promises).markdown())
        if self.notes:
            parts.append("\n".join(wrap(note, bullet=True) for note in self.notes))
        return "\n\n".join(parts)


def promised(promises: Sequence[Promise]) -> Table:
    """Return the table of budgets with a verdict for each."""
    rows = [(p.what, p.shown, p.limit or str(p.budget), p.verdict) for p in promises]
    return Table(("promise", "measured", "budget", "verdict"), rows)


def document(when: str, machine: Table, sections: Sequence[Section], command: str) -> str:
    """Return the whole of BENCHMARKS.md."""
    promises = [promise for section in sections for promise in section.promises]
    kept = sum(promise.budget.is_met(promise.measured) for promise in promises)
    intro = (
        f"Measured {when} with `{command}`, which builds the references itself, measures both "
        "sides in turns and writes this file. Nothing here was typed in. Ratios travel between "
        "machines, seconds do not."
    )
    parts = ["# Benchmarks", wrap(intro), machine.markdown()]
    if promises:
        parts += ["## Budgets", f"{kept} of {len(promises)} met.", promised(promises).markdown()]
    parts += [section.markdown() for section in sections]
    return "\n\n".join(parts) + "\n"


def wrap(text: str, *, bullet: bool = False) -> str:
    """Return `text` in lines of a readable length, as a list item if wanted."""
    first, later = ("- ", "  ") if bullet else ("", "")
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def timed(values: Sequence[float], unit: str = "s") -> str:
    """Return the median of timings with the fastest and the slowest run."""
    low, high = spread(values)
    middle = f"{_rounded(median(values))} {unit}"
    return middle if len(values) == 1 else f"{middle} ({_rounded(low)}–{_rounded(high)})"


def kilobytes(count: float) -> str:
    """Return a number of bytes in kB of 1000 bytes, in MB above a thousand of them."""
    return f"{count / 1e6:,.2f} MB" if count >= 1e6 else f"{count / 1e3:,.1f} kB"


def times(ratio: float) -> str:
    """Return a ratio such as ``0.37×``."""
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.0f}×"


def _rounded(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _pad(cell: str, width: int) -> str:
    return cell.ljust(width)
