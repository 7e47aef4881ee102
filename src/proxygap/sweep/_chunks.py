"""A chunk: a few seeds of one simulation at one setting, and the key of its numbers."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np

from proxygap import simulations
from proxygap.errors import SetupError
from proxygap.simulations import Value

SEEDS = 10
"""Seeds in a chunk. Fixed, so that a longer sweep finds the chunks of a shorter one."""

DESCRIBE_ONLY = {"_spec", "_views", "_registry"}
"""Modules that say what a simulation is and how it looks. No number depends on them."""

Scalars = dict[str, list[float]]
"""For each scalar series one number a seed, in the order of the seeds."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Everything that a chunk's numbers depend on.

    Parameters
    ----------
    slug : str
        The simulation.
    values : tuple
        Its parameters' names and values, in declared order.
    first, stop : int
        The seeds, `stop` excluded.
    code : str
        Fingerprint of the simulation's sources.
    numpy : str
        Version of NumPy.
    """

    slug: str
    values: tuple[tuple[str, Value], ...]
    first: int
    stop: int
    code: str
    numpy: str = np.__version__

    @property
    def key(self) -> str:
        """Fingerprint of all of it, 32 hex digits."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def plan(slug: str, points: list[dict[str, Value]], seeds: int) -> list[list[Chunk]]:
    """Return the chunks of each of `points`, complete settings, for the seeds 0 to `seeds` − 1."""
    code = fingerprint(slug)
    return [
        [
            Chunk(slug, tuple(point.items()), first, min(first + SEEDS, seeds), code)
            for first in range(0, seeds, SEEDS)
        ]
        for point in points
    ]


def run_chunk(chunk: Chunk) -> Scalars:
    """Run the simulation once for each seed of `chunk` and return its scalar series.

    Raises
    ------
    SetupError
        If this process holds other code or another NumPy than the chunk was made for.
    """
    if (here := (fingerprint(chunk.slug), np.__version__)) != (chunk.code, chunk.numpy):
        raise SetupError(
            f"A worker has '{chunk.slug}' in version {here[0]} with NumPy {here[1]}; this sweep is "
            f"version {chunk.code} with NumPy {chunk.numpy}. Install the same course and the same "
            "packages on every worker, then start the workers again."
        )
    simulation = simulations.get(chunk.slug)
    settings = simulation.settings(**dict(chunk.values))
    collected: Scalars = {}
    for seed in range(chunk.first, chunk.stop):
        result = simulation.run(settings, np.random.default_rng(seed))
        for name, series in result.series.items():
            if series.shape == ():
                collected.setdefault(name, []).append(float(series))
    return collected


@cache
def fingerprint(slug: str) -> str:
    """Return a fingerprint, 12 hex digits, of the sources that decide a simulation's numbers."""
    module = import_module(simulations.get(slug).run.__module__)
    total = hashlib.sha256()
    for name, source in sorted(_sources(Path(str(module.__file__))).items()):
        total.update(f"{name}\0{hashlib.sha256(source).hexdigest()}\0".encode())
    return total.hexdigest()[:12]


def _sources(module: Path) -> Mapping[str, bytes]:
    """Return the module and all that it imports from its own folder, by name."""
    found: dict[str, bytes] = {}
    waiting = [module]
    while waiting:
        file = waiting.pop()
        if file.stem not in found:
            found[file.stem] = file.read_bytes()
            waiting += _siblings(file, found[file.stem])
    return found


def _siblings(file: Path, source: bytes) -> Iterator[Path]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "proxygap.simulations."
        ):
            sibling = file.with_name(f"{(node.module or '').rpartition('.')[2]}.py")
            if sibling.stem not in DESCRIBE_ONLY:
                yield sibling
