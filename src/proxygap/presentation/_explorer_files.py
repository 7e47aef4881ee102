"""What an explorer on a page fetches, and what its simulation claims, kept between builds.

Their names carry a fingerprint of the code that makes them, so that whether one is there can be
told without importing the simulation.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from pathlib import Path

from proxygap.presentation import _origins
from proxygap.presentation._kept import Kept, keep
from proxygap.simulations import Simulation, get, slugs

PARTS = {
    "table": "tables.py", "wide": "figures.py", "narrow": "figures.py", "claims": "claims.py",
}  # fmt: skip
"""What is kept of each simulation, and the module of this folder that makes it."""


def table(simulation: Simulation, kept: Path | None) -> Kept:
    """Return the table's data and what a page needs to read it."""
    return keep(_place(simulation, kept, "table"), partial(_make_table, simulation))


def still(simulation: Simulation, kept: Path | None, *, narrow: bool) -> Kept:
    """Return a still picture and its size in CSS pixels."""
    place = _place(simulation, kept, "narrow" if narrow else "wide")
    return keep(place, partial(_make_still, simulation, narrow=narrow))


def claims(simulation: Simulation, kept: Path | None) -> Kept:
    """Return what the simulation claims and what was measured."""
    return keep(_place(simulation, kept, "claims"), partial(_measure, simulation))


def is_ready(slug: str, kept: Path) -> bool:
    """Return whether everything that is made of the simulation `slug` is kept."""
    return all((kept / _name(slug, part)).is_file() for part in PARTS)


def make_ready(slug: str, kept: Path) -> None:
    """Make and keep everything that pages show of the simulation `slug`."""
    simulation = get(slug)
    table(simulation, kept)
    claims(simulation, kept)
    for narrow in (False, True):
        still(simulation, kept, narrow=narrow)


def source_of(slug: str) -> Path:
    """Return the module of the simulation called `slug`."""
    return _origins.PACKAGE / "simulations" / f"{slug.replace('-', '_')}.py"


def _place(simulation: Simulation, kept: Path | None, part: str) -> Path | None:
    """Return where a part is kept; it is known only of the course's own what they are made of."""
    slug = simulation.slug
    if kept is None or slug not in slugs() or get(slug) is not simulation:
        return None
    return kept / _name(slug, part)


def _name(slug: str, part: str) -> str:
    makers = (source_of(slug), Path(__file__).with_name(PARTS[part]), Path(__file__))
    libraries = "numpy" if part in {"table", "claims"} else "matplotlib"
    made_of = _origins.fingerprint(makers, version("numpy"), version(libraries))
    return f"{slug}-{part}.{made_of}"


def _make_table(simulation: Simulation) -> Kept:
    from proxygap.presentation.tables import build_table

    built = build_table(simulation)
    return Kept(built.as_json(), built.data)


def _measure(simulation: Simulation) -> Kept:
    from proxygap.presentation.claims import measure

    return measure(simulation)


def _make_still(simulation: Simulation, *, narrow: bool) -> Kept:
    from proxygap.presentation.figures import picture

    drawn = picture(simulation, narrow=narrow)
    return Kept({"width": drawn.width, "height": drawn.height}, drawn.svg)
