"""The table that takes a kernel's place on a page: every result that a learner can ask for.

All grid points of a simulation are computed once. Numbers are stored as unsigned 16-bit integers,
little-endian, on a linear scale per series: code 0 is the series' lowest number, code 65534 its
highest, code 65535 means "no number". What a page shows is therefore within half a quantum of what
Python computed; a series of whole numbers is exact. A series of positive numbers that differ by
large factors, such as steps on a logarithmic axis, is stored by its logarithms. A series that no
parameter changes is stored once.
"""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from proxygap.content import relative
from proxygap.errors import ContentError
from proxygap.simulations import FloatArray, Result, Simulation, Value

BUDGET = 400_000  # bytes: what a page may fetch for one explorer
TOP = 65_534  # code of the highest number
MISSING = 65_535  # code of NaN
BYTES = 2  # per number
FACTOR = 1_000  # between the ends of a positive series, from which on it is stored by logarithms

Codes = NDArray[np.uint16]


class TableTooLarge(ContentError):  # noqa: N818 (reads as the finding that it is)
    """A simulation offers more results than a page may fetch."""


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """Where one series lies in the table and how to read it.

    Attributes
    ----------
    name : str
        The series.
    shape : tuple of int
        Shape at one grid point.
    offset : int
        First number of the series, counted in numbers from the start of the table.
    varies : bool
        Whether there is one copy for each grid point, or one for all.
    low, high : float
        Numbers with the codes 0 and 65534; their natural logarithms on a logarithmic scale.
    scale : str
        Whether codes are equal steps or equal factors apart.
    missing : int
        Code of NaN.
    """

    name: str
    shape: tuple[int, ...]
    offset: int
    varies: bool
    low: float
    high: float
    scale: Literal["linear", "log"] = "linear"
    missing: int = MISSING

    @property
    def quantum(self) -> float:
        """Distance between two neighbouring codes, in the units of `low` and `high`."""
        return (self.high - self.low) / TOP


@dataclass(frozen=True, slots=True)
class Table:
    """Every result of a simulation, quantised.

    Attributes
    ----------
    data : bytes
        The numbers of all series, one series after the other.
    series : tuple of SeriesEntry
        How to read them.
    summaries : tuple of str
        The sentence about each grid point; the last parameter varies fastest.
    """

    data: bytes
    series: tuple[SeriesEntry, ...]
    summaries: tuple[str, ...]

    def decode(self, point: int) -> dict[str, FloatArray]:
        """Return every series at grid point `point`, as a page reads it."""
        codes = np.frombuffer(self.data, "<u2")
        return {entry.name: _decode(codes, entry, point) for entry in self.series}

    def as_json(self) -> dict[str, Any]:
        """Return what a page needs to read the data."""
        return {
            "bytes": len(self.data),
            "series": [asdict(entry) for entry in self.series],
            "summaries": list(self.summaries),
        }


def grid_points(simulation: Simulation) -> Iterator[dict[str, Value]]:
    """Yield every combination of values on offer; the last parameter varies fastest."""
    names = [parameter.name for parameter in simulation.parameters]
    for values in itertools.product(*(parameter.values for parameter in simulation.parameters)):
        yield dict(zip(names, values, strict=True))


def build_table(simulation: Simulation, budget: int = BUDGET) -> Table:
    """Return the table of `simulation`.

    Raises
    ------
    TableTooLarge
        If it takes more than `budget` bytes; as early as that can be known.
    """
    _check_size(simulation, _expected_shapes(simulation), budget)
    points = list(grid_points(simulation))
    results = [simulation.run_at(**values) for values in points]
    stacked = {name: np.stack([r[name] for r in results]) for name in results[0].series}
    _check_size(
        simulation, {name: _stored_shape(values) for name, values in stacked.items()}, budget
    )
    entries, codes, offset = [], [], 0
    for name, values in stacked.items():
        entry, coded = _encode(name, values, offset)
        entries.append(entry)
        codes.append(coded)
        offset += coded.size
    data = np.concatenate([coded.ravel() for coded in codes]).astype("<u2").tobytes()
    summaries = tuple(simulation.summarise(**values) for values in points)
    return Table(data, tuple(entries), summaries)


def _varies(values: FloatArray) -> bool:
    """Return whether the grid points, along the first axis, differ."""
    return not np.array_equal(values, np.broadcast_to(values[:1], values.shape), equal_nan=True)


def _stored_shape(values: FloatArray) -> tuple[int, ...]:
    return values.shape if _varies(values) else values.shape[1:]


def _encode(name: str, values: FloatArray, offset: int) -> tuple[SeriesEntry, Codes]:
    stored = values if (varies := _varies(values)) else values[0]
    logarithmic = _spans_factors(stored)
    measured = np.log(stored) if logarithmic else stored
    low, high = _scale(measured)
    codes = np.full(stored.shape, MISSING, np.uint16)
    known = np.isfinite(stored)
    if high > low:
        codes[known] = np.rint((measured[known] - low) / (high - low) * TOP)
    else:
        codes[known] = 0
    scale: Literal["linear", "log"] = "log" if logarithmic else "linear"
    return SeriesEntry(name, values.shape[1:], offset, varies, low, high, scale), codes


def _spans_factors(values: FloatArray) -> bool:
    """Return whether equal steps would be too coarse for the smallest of `values`."""
    known = values[np.isfinite(values)]
    if known.size == 0 or known.min() <= 0 or known.max() < FACTOR * known.min():
        return False
    return not _whole(known)


def _whole(known: FloatArray) -> bool:
    """Return whether `known` are whole numbers that a table holds exactly."""
    return bool(known.max() - known.min() <= TOP) and np.array_equal(known, np.rint(known))


def _scale(values: FloatArray) -> tuple[float, float]:
    """Return the numbers with the lowest and the highest code; whole numbers get a quantum of 1."""
    known = values[np.isfinite(values)]
    if known.size == 0:
        return 0.0, 0.0
    low, high = float(known.min()), float(known.max())
    if _whole(known):
        return low, low + TOP
    return low, high


def _decode(codes: Codes, entry: SeriesEntry, point: int) -> FloatArray:
    size = math.prod(entry.shape)
    start = entry.offset + (point * size if entry.varies else 0)
    here = codes[start : start + size]
    values: FloatArray = np.asarray(entry.low + here * entry.quantum, np.float64)
    values = np.where(
        here == entry.missing, np.nan, np.exp(values) if entry.scale == "log" else values
    )
    return values.reshape(entry.shape)


def _expected_shapes(simulation: Simulation) -> dict[str, tuple[int, ...]]:
    """Return the least that must be stored, from the ends of each parameter.

    What differs between these few runs varies; the full grid may show that more does.
    """
    ends = [{p.name: value} for p in simulation.parameters for value in (p.values[0], p.values[-1])]
    runs = [simulation.run_at(), *(simulation.run_at(**end) for end in ends)]
    points = math.prod(len(parameter.values) for parameter in simulation.parameters)
    return {
        name: (points, *value.shape) if _differs(name, runs) else value.shape
        for name, value in runs[0].series.items()
    }


def _differs(name: str, runs: list[Result]) -> bool:
    return any(not np.array_equal(run[name], runs[0][name], equal_nan=True) for run in runs)


def _check_size(simulation: Simulation, shapes: Mapping[str, tuple[int, ...]], budget: int) -> None:
    sizes = {name: BYTES * math.prod(shape) for name, shape in shapes.items()}
    total = sum(sizes.values())
    if total <= budget:
        return
    longest = max(simulation.parameters, key=lambda parameter: len(parameter.values))
    count = len(longest.values)
    keep = max(1, count * budget // total)
    largest = max(sizes, key=sizes.__getitem__)
    raise TableTooLarge(
        f"the table of '{simulation.slug}' takes {_bytes(total)}; a page may fetch "
        f"{_bytes(budget)}. Thin the parameter '{longest.name}': offer about {keep} of its "
        f"{count} values. Or shorten the series '{largest}', which takes {_bytes(sizes[largest])}.",
        file=relative(Path(inspect.getfile(simulation.run))),
        line=inspect.getsourcelines(simulation.run)[1],
    )


def _bytes(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size >= 10_000 else f"{size} bytes"
