"""Small simulations whose results a test chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from proxygap.simulations import Bars, Curve, Line, Parameter, Prediction, Result, Simulation

Compute = Callable[..., dict[str, object]]


def make_simulation(compute: Compute, **overrides: object) -> Simulation:
    """Return a simulation with parameters `pressure` and `mood` whose series `compute` returns."""

    def run(settings: SimpleNamespace, rng: np.random.Generator) -> Result:
        series = compute(settings.pressure, settings.mood)
        return Result({name: np.asarray(value, float) for name, value in series.items()})

    fields = {
        "slug": "toy",
        "title": "A toy",
        "parameters": (
            Parameter("pressure", "Pressure", (0.0, 1.0, 2.0), 1.0, unit="nats"),
            Parameter("mood", "Mood", ("calm", "wild"), "calm"),
        ),
        "settings": SimpleNamespace,
        "run": run,
        "views": (
            Curve("Scores", "step", (Line("proxy", "what is paid", "proxy"),
                                     Line("truth", "what we wanted", "truth")),
                  "steps", "points", (-10.0, 10.0)),
            Bars("At the end", (Line("last", "final score", "truth"),), "points", (-10.0, 10.0)),
        ),
        "claims": (),
        "alt_text": "Two lines <part> & a bar.",
        "finding": "The lines part.",
        "summary": "At {pressure}, {mood}: {last:.1f}.",
        **overrides,
    }  # fmt: skip
    return Simulation(**fields)


def two_lines(pressure: float, mood: str) -> dict[str, object]:
    """Return series that part: the proxy climbs with pressure, the truth falls when wild."""
    step = np.arange(5.0)
    proxy = pressure * step
    truth = np.where(step < 4, -step if mood == "wild" else step, np.nan)
    return {"step": step, "proxy": proxy, "truth": truth, "last": proxy[-1] - pressure / 3}


@dataclass
class Counter:
    """Computes `two_lines` and counts how often."""

    calls: int = 0

    def __call__(self, pressure: float, mood: str) -> dict[str, object]:
        self.calls += 1
        return two_lines(pressure, mood)


QUESTION = Prediction(
    "toy-last", "Where does it end?", lambda r: float(r["last"]), -10, 10, "points"
)
