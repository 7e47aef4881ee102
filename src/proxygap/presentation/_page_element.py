"""The explorer as an element of a page, with its table and its figure as served files."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proxygap.presentation._explorer_files import still, table
from proxygap.presentation.served import script_json, serve
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
    kept : Path or None
        Folder of what earlier builds computed.
    """

    simulation: Simulation
    spec: dict[str, Any]
    served: Path
    kept: Path | None = None

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
        """Serve the table and return what the page needs to find and read it."""
        about, data = table(self.simulation, self.kept)
        return {"url": serve(self.served, f"tables/{self.simulation.slug}", "bin", data), **about}

    def _figure(self) -> str:
        """Serve the still pictures and return what stands in for the explorer without scripts."""
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
        size, svg = still(self.simulation, self.kept, narrow=narrow)
        stem = f"figures/{self.simulation.slug}{'-narrow' * narrow}"
        name = serve(self.served, stem, "svg", svg)
        return f"pg-static:{name}", f'width="{size["width"]}" height="{size["height"]}"'
