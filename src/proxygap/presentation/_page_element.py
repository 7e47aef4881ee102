"""The explorer as an element of a page, with its table and its figure as served files."""

from __future__ import annotations

import hashlib
import html
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import proxygap.simulations
from proxygap.presentation import tables
from proxygap.presentation.figures import picture
from proxygap.presentation.served import script_json, serve, write_whole
from proxygap.simulations import Simulation


@dataclass(frozen=True, slots=True)
class PageExplorer:
    """What a cell shows while a site is being built.

    Parameters
    ----------
    simulation : Simulation
        What is explored.
    spec : dict
        What the front end needs to know about it.
    served : Path
        Folder of the files that the site serves.
    """

    simulation: Simulation
    spec: dict[str, Any]
    served: Path

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.simulation.finding}

    def html(self) -> str:
        """Write the served files and return the element."""
        payload = {"kind": "explorer", "spec": self.spec, "table": self._table()}
        asks = " data-asks" if self.spec["prediction"] else ""
        return (
            f'<pg-explorer data-slug="{self.simulation.slug}"{asks}>'
            f'<script type="application/json">{script_json(payload)}</script>'
            f"<noscript>{self._figure()}</noscript></pg-explorer>"
        )

    def _table(self) -> dict[str, Any]:
        """Write the table and return what the page needs to find and read it.

        A table takes seconds. Another chapter, or an earlier build of the same code, may have
        written it already.
        """
        slug = self.simulation.slug
        note = self.served / "tables" / f"{slug}.json"
        made_by = _fingerprint(self.simulation)
        known = _read_note(note)
        if known.get("made_by") == made_by and (self.served / known["table"]["url"]).is_file():
            return dict(known["table"])
        built = tables.build_table(self.simulation)
        url = serve(self.served, f"tables/{slug}", "bin", built.data)
        table = {"url": url, **built.as_json()}
        write_whole(note, json.dumps({"made_by": made_by, "table": table}).encode())
        return table

    def _figure(self) -> str:
        """Write the still pictures and return what stands in for the explorer without scripts."""
        wide, narrow = (self._still(narrow=narrow) for narrow in (False, True))
        return (
            f'<figure class="pg-still"><figcaption>{html.escape(self.simulation.finding)}'
            f"</figcaption><picture>"
            f'<source media="(max-width: 40rem)" srcset="{narrow[0]}" {narrow[1]}>'
            f'<img src="{wide[0]}" {wide[1]} alt="{html.escape(self.simulation.alt_text)}">'
            "</picture></figure>"
        )

    def _still(self, *, narrow: bool) -> tuple[str, str]:
        """Return the address and the size of a served picture, as attributes."""
        drawn = picture(self.simulation, narrow=narrow)
        stem = f"figures/{self.simulation.slug}{'-narrow' * narrow}"
        name = serve(self.served, stem, "svg", drawn.svg)
        return f"pg-static:{name}", f'width="{drawn.width}" height="{drawn.height}"'


def _read_note(note: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return {}
    return known


def _fingerprint(simulation: Simulation) -> str:
    """Return a fingerprint of what decides what a table holds: the code and the grid."""
    maths = Path(proxygap.simulations.__file__).parent
    total = hashlib.sha256(repr(simulation.parameters).encode())
    for source in [*sorted(maths.rglob("*.py")), Path(tables.__file__)]:
        total.update(source.read_bytes())
    return total.hexdigest()
