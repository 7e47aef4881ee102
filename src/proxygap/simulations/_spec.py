"""The simulation contract: what a simulation declares, as plain data.

A simulation is a pure function from parameters and a random generator to arrays, plus everything
that the course needs to show it, check it and cite it. Nothing here draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from proxygap.errors import UsageError, did_you_mean
from proxygap.simulations._views import View

FloatArray = NDArray[np.float64]
Value = float | str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a learner may vary.

    Parameters
    ----------
    name : str
        Field of the simulation's settings, and the name after ``--set``.
    label : str
        What the learner reads.
    values : tuple
        Every value on offer, in slider order: all numbers, or all names.
    default : float or str
        One of `values`; the state that a page shows before anything is touched.
    unit : str
        Unit of a number, in words; empty for names.
    value_labels : tuple of str
        What the learner reads for each value; defaults to the value and its unit.
    """

    name: str
    label: str
    values: tuple[Value, ...]
    default: Value
    unit: str = ""
    value_labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.default not in self.values:
            raise ValueError(f"{self.name}: default {self.default!r} is not one of {self.values}")
        if self.value_labels and len(self.value_labels) != len(self.values):
            raise ValueError(
                f"{self.name}: {len(self.value_labels)} labels for {len(self.values)} values"
            )

    @property
    def labels(self) -> tuple[str, ...]:
        """What the learner reads for each value."""
        if self.value_labels:
            return self.value_labels
        return tuple(f"{value:g} {self.unit}".strip() if isinstance(value, (int, float)) else value
                     for value in self.values)  # fmt: skip

    def parse(self, text: str) -> Value:
        """Return the value that `text` names.

        Raises
        ------
        UsageError
            If `text` is none of the values on offer.
        """
        for value in self.values:
            if text == str(value) or (not isinstance(value, str) and _is_number(text, value)):
                return value
        allowed = ", ".join(str(value) for value in self.values)
        hint = did_you_mean(text, [str(value) for value in self.values])
        raise UsageError(f"{self.name}={text} is not on offer.{hint} Allowed: {allowed}.")


def _is_number(text: str, value: float) -> bool:
    try:
        return float(text) == value
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Result:
    """What one run produced.

    Parameters
    ----------
    series : mapping from str to array
        Named arrays of float. A scalar has shape (). NaN means "not reached yet".
    """

    series: Mapping[str, FloatArray]

    def __getitem__(self, name: str) -> FloatArray:
        return self.series[name]


class RunAt(Protocol):
    """Run the simulation at named values; values left out take their default."""

    def __call__(self, **values: Value) -> Result: ...


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that the simulation supports, with the code that checks it.

    Parameters
    ----------
    text : str
        The statement, in words.
    source : str
        Key in ``book/references.bib`` of who published the expected value, or of the closed form.
    measure : callable
        Receives `RunAt`, returns the measured number.
    low, high : float
        The claim holds when ``low <= measured <= high``.
    """

    text: str
    source: str
    measure: Callable[[RunAt], float]
    low: float
    high: float

    @property
    def expected(self) -> str:
        """The interval, in words."""
        if self.low == self.high:
            return f"{self.low:g}"
        if np.isinf(self.high):
            return f"at least {self.low:g}"
        if np.isinf(self.low):
            return f"at most {self.high:g}"
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """A claim after it was measured."""

    claim: Claim
    measured: float

    @property
    def passed(self) -> bool:
        """Whether the measured number lies in the claim's interval."""
        return bool(self.claim.low <= self.measured <= self.claim.high)

    def as_json(self) -> dict[str, Any]:
        """Return the keys that ``proxygap run --json`` prints for each claim."""
        claim = self.claim
        return {"text": claim.text, "source": claim.source, "expected": claim.expected,
                "measured": self.measured, "passed": self.passed}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question that the learner answers before the result is shown.

    Parameters
    ----------
    id : str
        Stable and unique in the course; progress is stored under it.
    prompt : str
        The question, plain text.
    outcome : callable
        Receives the default `Result`, returns the number that came out.
    low, high : float
        Ends of the axis on which the learner places a point.
    unit : str
        What the axis measures, in words.
    step : float
        Distance between two positions of the marker.
    tolerance : float
        A prediction this close counts as right in the calibration score.
    """

    id: str
    prompt: str
    outcome: Callable[[Result], float]
    low: float
    high: float
    unit: str
    step: float = 1.0
    tolerance: float = 10.0


@dataclass(frozen=True, eq=False)
class Simulation:
    """Everything that the course knows about one simulation.

    Parameters
    ----------
    slug : str
        Its name in addresses, commands and files, with hyphens.
    title : str
        Its name for readers.
    parameters : tuple of Parameter
        What may be varied: at most two jointly, so that a page's table stays small.
    settings : type
        Frozen dataclass with one field per parameter (and perhaps constants).
    run : callable
        ``(settings, rng) -> Result``: pure, seeded by `rng` alone.
    views : tuple of View
        What to draw, as data.
    claims : tuple of Claim
        What the simulation must show; executed as tests.
    alt_text : str
        What the static figure shows, for somebody who cannot see it.
    finding : str
        The one sentence to take away from the default state.
    summary : str
        `str.format` template over scalar series and parameter labels, announced when a control
        moves: ``"After {episodes}: return {final_return:.0f}."``.
    prediction : Prediction or None
        Asked before the result is shown.
    seed : int
        Seed of the default generator.
    """

    slug: str
    title: str
    parameters: tuple[Parameter, ...]
    settings: Callable[..., Any]
    run: Callable[[Any, np.random.Generator], Result]
    views: tuple[View, ...]
    claims: tuple[Claim, ...]
    alt_text: str
    finding: str
    summary: str
    prediction: Prediction | None = None
    seed: int = 0

    def parameter(self, name: str) -> Parameter:
        """Return the parameter called `name`.

        Raises
        ------
        UsageError
            If there is none.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        raise UsageError(
            f"Simulation '{self.slug}' has no parameter '{name}'.{did_you_mean(name, names)} "
            f"Parameters: {', '.join(names)}."
        )

    def complete(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return `values` checked and filled up with defaults, in declared order.

        Raises
        ------
        UsageError
            If a name is unknown or a value is not on offer.
        """
        given = {name: self.parameter(name).parse(str(value)) for name, value in values.items()}
        return {p.name: given.get(p.name, p.default) for p in self.parameters}

    def run_at(self, **values: Value) -> Result:
        """Run at `values` with the simulation's own seed; equal calls return the same result."""
        return _run_cached(self, tuple(self.complete(values).items()))

    def verify(self) -> tuple[ClaimOutcome, ...]:
        """Measure every claim."""
        return tuple(ClaimOutcome(c, float(c.measure(self.run_at))) for c in self.claims)

    def summarise(self, **values: Value) -> str:
        """Return the one-sentence summary of the state at `values`."""
        complete = self.complete(values)
        result = self.run_at(**complete)
        words: dict[str, Any] = {k: float(v) for k, v in result.series.items() if v.shape == ()}
        for parameter in self.parameters:
            index = parameter.values.index(complete[parameter.name])
            words[parameter.name] = parameter.labels[index]
        return re.sub(r"-(?=\d)", "\N{MINUS SIGN}", self.summary.format(**words))


@lru_cache(maxsize=256)
def _run_cached(simulation: Simulation, values: tuple[tuple[str, Value], ...]) -> Result:
    settings = simulation.settings(**dict(values))
    return simulation.run(settings, np.random.default_rng(simulation.seed))
