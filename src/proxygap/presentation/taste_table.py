"""How a chapter's row of postures changes with the taste of those who compared, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from proxygap.presentation.posture_table import COLUMNS
from proxygap.presentation.prose import number
from proxygap.simulations._tastes import DRAWS, TEAM, TasteRuns, hangs_on_taste
from proxygap.simulations._techniques import stage

HEADINGS = tuple(heading for _, heading, _ in COLUMNS)


@dataclass(frozen=True)
class TasteTable:
    """The table, for a page or a notebook."""

    chapter: str
    runs: TasteRuns

    def rows(self) -> list[tuple[str, ...]]:
        """Return what each row says: before, every taste, and whether all of them agree."""
        before = stage("instruction-tuning")
        every = self.runs.held()
        return [
            (before.label, *_cells(before.posture)),
            *((taste, *self._marked(taste)) for taste in self.runs.after),
            ("same way for all?", *("yes" if every[name] else "no" for name, _, _ in COLUMNS)),
        ]

    def _marked(self, taste: str) -> list[str]:
        cells, agrees = _cells(self.runs.after[taste][0]), self.runs.agrees(taste)
        return [cell if same else f"{cell}*" for cell, same in zip(cells, agrees, strict=True)]

    def _caption(self) -> str:
        return (
            f"SIMULATED. The row “{stage(self.chapter).label}” with other tastes, one number of "
            f"our team’s changed at a time. * In at least one of {DRAWS} draws of "
            "the comparisons this does not move the way that it does for our team."
        )

    def _repr_html_(self) -> str:
        """Return the table as HTML, folded away."""
        name, title = f"taste-{self.chapter}", f"The same row for {len(self.runs.after)} tastes"
        head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
        return (
            f'<details class="pg-taste sd-dropdown"><summary>{title}</summary>'
            f'<p class="pg-posture-caption" id="{name}">{escape(self._caption())}</p>'
            f'<div class="pst-scrollable-table-container"><table aria-labelledby="{name}">'
            f'<thead><tr><th scope="col">Who compares</th>{head}</tr></thead>'
            f"<tbody>{''.join(_row(row) for row in self.rows())}</tbody></table></div></details>"
        )

    def __repr__(self) -> str:
        """Return the table as plain text, for a terminal."""
        lines = [("who compares", *HEADINGS), *self.rows()]
        return "\n".join(
            f"{first:<26}" + "".join(f"{cell:>14}" for cell in cells) for first, *cells in lines
        )


def taste_table(chapter: str) -> TasteTable:
    """Return the row of `chapter` for every taste: a key of `TRAINED`, say "rlhf"."""
    return TasteTable(chapter, hangs_on_taste(chapter))


def _cells(values: Iterable[float]) -> list[str]:
    return [
        number(100 * value, 1 if name == "over_refusal" else 0)
        for value, (name, _, _) in zip(values, COLUMNS, strict=True)
    ]


def _row(row: tuple[str, ...]) -> str:
    here = ' class="pg-posture-here"' if row[0] == TEAM else ""
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
    return f'<tr{here}><th scope="row">{escape(row[0])}</th>{cells}</tr>'
