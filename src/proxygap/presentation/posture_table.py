"""The table on which the chapters on training are compared: one row for each technique so far."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from proxygap.presentation.prose import number
from proxygap.simulations._techniques import Stage, path

COLUMNS = (
    ("helpfulness", "Helpful", "allowed prompts answered correctly and completely, in %"),
    ("harm", "Harm", "disallowed prompts at which the rule is broken, in %"),
    ("over_refusal", "Over-refusal", "borderline prompts that are refused, in %"),
    ("courtesy", "Courtesy", "mean courtesy of the replies, from 0 to 100"),
    ("truth", "True value", "mean true value of the replies, from −100 to 100"),
)
"""Measure, heading, and what it counts. All are drawn from 0 to 100, the true value from −100."""

CAPTION = (
    "The same assistant on the same 40 prompts, chapter by chapter (SIMULATED). "
    "Every number is exact, since all replies and their values are known."
)


@dataclass(frozen=True)
class PostureTable:
    """The table, for a page or a notebook."""

    stages: tuple[Stage, ...]

    def _repr_html_(self) -> str:
        """Return the table as HTML."""
        head = "".join(
            f'<th scope="col"><abbr title="{escape(what)}">{name}</abbr></th>'
            for _, name, what in COLUMNS
        )
        rows = "".join(_row(stage, last=stage is self.stages[-1]) for stage in self.stages)
        name = f"posture-{self.stages[-1].chapter}"
        return (  # what the table is stands outside of it, where it does not scroll away
            f'<div class="pg-posture"><p class="pg-posture-caption" id="{name}">{CAPTION}</p>'
            f'<div class="pst-scrollable-table-container"><table aria-labelledby="{name}">'
            f'<thead><tr><th scope="col">The assistant</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>{_key()}</div>"
        )

    def __repr__(self) -> str:
        """Return the table as plain text, for a terminal."""
        lines = [
            f"{stage.label:<32}"
            + "".join(f"{name} {_cell(stage, measure):>4}  " for measure, name, _ in COLUMNS)
            for stage in self.stages
        ]
        return "\n".join(lines)


def posture_table(chapter: str) -> PostureTable:
    """Return the table up to and including the technique of `chapter`.

    Raises
    ------
    UsageError
        If no technique belongs to that chapter.
    """
    return PostureTable(path(chapter))


def _row(stage: Stage, *, last: bool) -> str:
    cells = "".join(f"<td>{_cell(stage, measure)}</td>" for measure, _, _ in COLUMNS)
    here = ' class="pg-posture-here" aria-current="true"' if last else ""
    return f'<tr{here}><th scope="row">{escape(stage.label)}</th>{cells}</tr>'


def _cell(stage: Stage, measure: str) -> str:
    return number(100 * float(getattr(stage.posture, measure)))


def _key() -> str:
    entries = "".join(f"<dt>{name}</dt><dd>{escape(what)}</dd>" for _, name, what in COLUMNS)
    return f"<details><summary>What the columns count</summary><dl>{entries}</dl></details>"
