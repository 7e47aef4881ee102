"""Find simulations by slug. A module in this folder that defines ``SIMULATION`` is registered."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from proxygap.errors import UsageError, did_you_mean
from proxygap.simulations._spec import Simulation


def _module_names() -> Iterator[str]:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("_"):
            yield module.name


def _load(module_name: str) -> Simulation:
    module = importlib.import_module(f"{__package__}.{module_name}")
    simulation: Simulation = module.SIMULATION
    return simulation


@cache
def discover() -> dict[str, Simulation]:
    """Return every simulation by slug, in alphabetical order."""
    found = [_load(name) for name in _module_names()]
    return {simulation.slug: simulation for simulation in sorted(found, key=lambda s: s.slug)}


def slugs() -> tuple[str, ...]:
    """Return every slug without importing any simulation."""
    return tuple(sorted(name.replace("_", "-") for name in _module_names()))


def get(slug: str) -> Simulation:
    """Return the simulation called `slug`.

    Raises
    ------
    UsageError
        If there is none; the message suggests the nearest name.
    """
    if slug not in slugs():
        raise UsageError(
            f"Unknown simulation '{slug}'.{did_you_mean(slug, slugs())} "
            "All simulations: proxygap list"
        )
    return _load(slug.replace("-", "_"))
