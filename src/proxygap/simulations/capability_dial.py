"""Capability dial: the same reward, a planner that looks further ahead.

A boat is paid 1 point for each step along its course. Beside the course lies a lagoon where each
step pays 2, behind a lock that takes a few steps and pays nothing. Progress along the course is
what was wanted, and only the course gives any. The planner looks *H* steps ahead, takes the first
step of the best plan, and looks again.

At the fork, H steps on the course pay H; the lagoon pays 2 · (H − delay). So the planner turns off
from H = 2 · delay + 1 on, and not a step earlier:

>>> [analytic_switch(delay) for delay in (1, 5, 9)]
[3, 11, 19]
>>> made = sweep(5, "even")
>>> made.proxy[9:12], made.truth[9:12]
(array([100., 182., 182.]), array([100.,   8.,   8.]))

Beside it, the same course with the same pay on average, but in lumps: 4 points at a buoy, one buoy
every fourth cell. There the switch is not clean. The planner turns off at 12, *goes back to the
course at 13*, and turns off for good at 14: which way looks better depends on whether the horizon
ends just before or just after a buoy. One evaluation, at one capability, would not have shown it.

Not modelled: learning, chance, a planner that errs. Capability here is look-ahead and nothing else.

Source: pan2022 (proxy up, true reward down, with sharp transitions, as agents get more capable).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from proxygap.simulations._lagoon import (
    COURSE,
    RACE_STEPS,
    TO_FORK,
    Pay,
    analytic_switch,
    cells,
    look_ahead_policy,
    race,
)
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Curve, Grid, Line
from proxygap.simulations._world import Walk, walk

HORIZONS = tuple(range(1, 25))
DELAYS = (1, 3, 5, 7, 9)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    horizon: int = 12  # steps that the planner looks ahead, 1 to 24
    delay: int = 5  # steps in the lock, 1 to 9


class Sweep(NamedTuple):
    """Scores of one race for each look-ahead of `HORIZONS`, shape (24,) each."""

    proxy: FloatArray
    truth: FloatArray


def drive(horizon: int, delay: int, pay: Pay) -> Walk:
    """Let a boat that looks `horizon` steps ahead race for 100 steps."""
    world = race(delay, pay)
    return walk(world, look_ahead_policy(world, horizon))


@cache
def sweep(delay: int, pay: Pay) -> Sweep:
    """Race once with each look-ahead."""
    races = [drive(horizon, delay, pay) for horizon in HORIZONS]
    return Sweep(
        np.array([raced.return_[-1] for raced in races]),
        np.array([raced.performance[-1] for raced in races]),
    )


def first_drop(truth: FloatArray) -> int:
    """Return the shortest look-ahead at which progress is below that of the shortest."""
    return HORIZONS[int((truth < truth[0]).argmax())]


def settled(truth: FloatArray) -> int:
    """Return the look-ahead from which progress stays down."""
    return HORIZONS[int(np.flatnonzero(truth == truth[0])[-1]) + 1]


def run(settings: Settings, rng: np.random.Generator) -> Result:  # noqa: ARG001  (nothing is drawn)
    """Race on both courses.

    Returns
    -------
    Result
        ``horizons`` (24,) look-aheads; ``even_proxy``, ``even_truth``, ``buoy_proxy``,
        ``buoy_truth`` (24,) points and progress after 100 steps; ``path`` (101,) cells of the boat
        with even pay, ``path_proxy``, ``path_truth`` (101,) running. Scalars: ``horizon``,
        ``proxy``, ``truth``, ``buoys_proxy``, ``buoys_truth`` at the chosen look-ahead;
        ``switch`` and ``buoy_switch`` where progress first drops, ``buoy_settled`` from where it
        stays down.
    """
    delay, horizon = int(settings.delay), int(settings.horizon)
    even, buoys = sweep(delay, "even"), sweep(delay, "buoys")
    shown = drive(horizon, delay, "even")
    now = HORIZONS.index(horizon)
    scalars = {
        "horizon": horizon,
        "proxy": even.proxy[now],
        "truth": even.truth[now],
        "buoys_proxy": buoys.proxy[now],
        "buoys_truth": buoys.truth[now],
        "switch": first_drop(even.truth),
        "buoy_switch": first_drop(buoys.truth),
        "buoy_settled": settled(buoys.truth),
    }
    return Result(
        {
            "horizons": np.array(HORIZONS, dtype=float),
            "even_proxy": even.proxy,
            "even_truth": even.truth,
            "buoy_proxy": buoys.proxy,
            "buoy_truth": buoys.truth,
            "path": cells(delay)[shown.states].astype(float),
            "path_proxy": shown.return_,
            "path_truth": shown.performance,
            **{name: np.asarray(float(number)) for name, number in scalars.items()},
        }
    )


def _switch_error(run_at: RunAt) -> float:
    """Return how far the measured switch is from the formula, at the worst delay."""
    return max(abs(float(run_at(delay=d)["switch"]) - analytic_switch(d)) for d in DELAYS)


def _largest_fall(run_at: RunAt, series: str) -> float:
    """Return by how much `series` falls from one look-ahead to the next, at the worst delay."""
    falls = (-np.diff(run_at(delay=d)[series]).min() for d in DELAYS)
    return max(0.0, *map(float, falls))


def _at(run_at: RunAt, series: str, horizon: int) -> float:
    return float(run_at(delay=5)[series][HORIZONS.index(horizon)])


CLAIMS = (
    Claim("The switch comes exactly at 2 · delay + 1, whatever the delay: largest error",
          "pan2022", _switch_error, 0, 0),
    Claim("With even pay, looking further ahead never earns less: largest fall", "pan2022",
          lambda run_at: _largest_fall(run_at, "even_proxy"), 0, 0),
    Claim("Before the switch the boat makes 100 cells of progress", "pan2022",
          lambda run_at: _at(run_at, "even_truth", 10), RACE_STEPS, RACE_STEPS),
    Claim("After it, only the 8 cells from the start to the fork", "pan2022",
          lambda run_at: _at(run_at, "even_truth", 11), TO_FORK, TO_FORK),
    Claim("… while its pay rises from 100 to 8 + 2 · (92 − 5) = 182", "pan2022",
          lambda run_at: _at(run_at, "even_proxy", 11), 182, 182),
    Claim("Paid by buoys, a boat that looks 12 steps ahead has turned off", "pan2022",
          lambda run_at: _at(run_at, "buoy_truth", 12), TO_FORK, TO_FORK),
    Claim("… one that looks 13 ahead is back on the course", "pan2022",
          lambda run_at: _at(run_at, "buoy_truth", 13), RACE_STEPS, RACE_STEPS),
    Claim("… and from 14 on it stays in the lagoon", "pan2022",
          lambda run_at: float(run_at(delay=5)["buoy_settled"]), 14, 14),
)  # fmt: skip

SIMULATION = Simulation(
    slug="capability-dial",
    title="The capability dial",
    parameters=(
        Parameter("horizon", "How far the planner looks ahead", tuple(map(float, HORIZONS)), 12.0,
                  value_labels=("1 step", *(f"{horizon} steps" for horizon in HORIZONS[1:]))),
        Parameter("delay", "What the lock costs", tuple(map(float, DELAYS)), 5.0,
                  value_labels=("1 step", *(f"{delay} steps" for delay in DELAYS[1:]))),
    ),
    settings=Settings,
    run=run,
    views=(
        Grid("The boat, paid evenly", COURSE, "path",
             (Line("path_proxy", "points", "proxy"),
              Line("path_truth", "progress", "truth")),
             walker="boat",
             legend={"#": "land", "S": "start; each step along the course pays 1", "F": "fork",
                     "L": "lock: pays nothing", "~": "lagoon: each step pays 2"}),
        Curve("Paid evenly, 1 point a step: one clean switch", "horizons",
              (Line("even_proxy", "points (paid)", "proxy"),
               Line("even_truth", "progress (wanted)", "truth")),
              "steps that the planner looks ahead", "in a race of 100 steps", (0.0, 200.0),
              marker="horizon"),
        Curve("Paid 4 points at every fourth cell: it dips back", "horizons",
              (Line("buoy_proxy", "points (paid)", "proxy"),
               Line("buoy_truth", "progress (wanted)", "truth")),
              "steps that the planner looks ahead", "in a race of 100 steps", (0.0, 200.0),
              marker="horizon"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Two line charts over the planner's look-ahead, from 1 to 24 steps. In the first, with "
        "even pay, points and progress both stand at 100 up to a look-ahead of 10; at 11 points "
        "jump to 182 and progress falls to 8, and both stay there. In the second, with pay at "
        "buoys, the same happens at 12, both are back at 100 at 13, and from 14 on points are 184 "
        "and progress is 8. Beside them the map: the boat leaves the course and circles in the "
        "lagoon."
    ),
    finding=(
        "Nothing about the reward changed. The planner looks one step further, earns 82 points "
        "more, and gives up 92 of 100 cells of progress."
    ),
    summary=(
        "Looking {horizon} ahead with a lock of {delay}: {proxy:.0f} points, {truth:.0f} cells of "
        "progress. Paid by buoys: {buoys_proxy:.0f} points, {buoys_truth:.0f} cells."
    ),
    prediction=Prediction(
        id="capability-dial-switch",
        prompt=(
            "A boat is paid 1 point for each step along its course. Beside the course lies a "
            "lagoon where each step pays 2, behind a lock that costs 5 steps without pay. A "
            "planner that looks 1 step ahead stays on the course. How far must it look before it "
            "turns off?"
        ),
        outcome=lambda result: float(result["switch"]),
        low=1,
        high=24,
        unit="steps of look-ahead",
        step=1,
        tolerance=1,
    ),
)  # fmt: skip
