"""Loop or lap: a boat that is paid for targets, and what finishing would have to pay.

A lap round the island takes 24 steps, passes 6 targets and earns a bonus at the finish. A lagoon on
the way has 3 targets, brings the boat back to the junction in 6 steps, and its targets have grown
back by then. Each target pays 1 point. The *performance* counts the steps of finished laps.

Whatever is done again and again is worth its pay per round over its steps per round. The lagoon
pays 3 / 6 = 0.5 a step, the lap (6 + bonus) / 24: the boat races when the bonus is above 6, and
with a bonus of 4 the lagoon pays 20 % more.

>>> threshold(discount=1)
6.0

A boat that counts late points for less needs more, because the bonus comes at the end:

>>> threshold(discount=0.99)
6.743
>>> threshold(discount=0.95)
11.554

Not modelled: steering, other boats, a lagoon that empties. The course was designed; the game behind
it is CoastRunners, in which a program scored 20 % more than people by turning in a lagoon.

Source: amodei2016faulty (the game); sutton2018, sections 3.3 and 10.3 (discounting, pay per step).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations import _coast
from proxygap.simulations._coast import HORIZON, LAGOON, LAP_STEPS, RACE, round_pays, worth
from proxygap.simulations._q_learning import Schedule, examine, q_learning, typical
from proxygap.simulations._spec import Claim, Parameter, Prediction, Result, RunAt, Simulation
from proxygap.simulations._views import Curve, Grid, Line

# Nothing is left to chance: a step size of 1 is exact. Boats that start anywhere on the course
# bring word of the bonus back to the junction in one round.
EPISODES, STEP_SIZE = 20, 1.0
BOATS = 10  # that each learner sends out
BONUSES = np.linspace(0, 14, 281)
SHOWN = 48  # steps of the typical boat: two laps or eight rounds
PERCENT = 100 / HORIZON  # of an episode's points: points per 100 steps


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary, and the size of the experiment."""

    bonus: float = 4.0  # points for a finished lap
    discount: float = 0.99  # weight of the next step's points
    seeds: int = 10  # independent learners


def threshold(discount: float) -> float:
    """Return the bonus, to 0.001, above which laps are worth more than the lagoon."""
    return round(_coast.threshold(discount), 3)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Train boats, and compare lap and lagoon for every bonus on the axis.

    Returns
    -------
    Result
        All per 100 steps. ``bonuses``, ``best_return`` and ``best_performance`` (281,): the better
        of lap and lagoon for each bonus, at the given discount; ``bonus`` () the one that is set;
        ``threshold`` () where the better one changes. ``episode``, ``return_`` and
        ``performance`` (20,) mean over the learners; ``final_return`` and ``final_performance`` ()
        when they explore no more, and ``laps`` () of ten possible. ``path``, ``path_return`` and
        ``path_performance`` (49,) the typical boat, in points.
    """
    schedule = Schedule(EPISODES, STEP_SIZE, float(settings.discount))
    world = _coast.course(float(settings.bonus))
    anywhere = world._replace(start=np.full(world.states, 1 / world.states))
    trained = q_learning(anywhere, rng, seeds=settings.seeds, episodes=EPISODES, schedule=schedule,
                         walkers=BOATS)  # fmt: skip
    examined = examine(world, trained.q)
    shown = typical(examined.performance[-1])
    change = _coast.threshold(settings.discount)
    races = change < BONUSES
    laps = np.array([worth(round_pays(bonus, RACE), 1) for bonus in BONUSES])
    return Result(
        {
            "bonuses": BONUSES,
            "best_return": 100 * np.where(races, laps, worth(round_pays(0.0, LAGOON), 1)),
            "best_performance": np.where(races, 100.0, 0.0),
            "bonus": np.asarray(float(settings.bonus)),
            "threshold": np.asarray(change),
            "episode": np.arange(1.0, EPISODES + 1),
            "return_": PERCENT * trained.return_.mean(axis=1),
            "performance": PERCENT * trained.performance.mean(axis=1),
            "final_return": PERCENT * examined.return_[-1].mean(),
            "final_performance": PERCENT * examined.performance[-1].mean(),
            "laps": examined.performance[-1].mean() / LAP_STEPS,
            "path": _coast.cells()[examined.states[: SHOWN + 1, shown]],
            "path_return": examined.return_[: SHOWN + 1, shown],
            "path_performance": examined.performance[: SHOWN + 1, shown],
        }
    )


def _laps(run_at: RunAt, bonus: float, discount: float = 0.99) -> float:
    return float(run_at(bonus=bonus, discount=discount)["laps"])


def premium(bonus: float) -> float:
    """Return how many times as much a step in the lagoon pays as one on the lap."""
    return worth(round_pays(bonus, LAGOON), 1) / worth(round_pays(bonus, RACE), 1)


CLAIMS = (
    Claim("Patient boats race when the bonus is above 6: 3 / 6 = (6 + 6) / 24", "sutton2018",
          lambda _: threshold(1), 6, 6),
    Claim("With a bonus of 4 the lagoon pays 1.2 times as much a step", "sutton2018",
          lambda _: premium(4), 1.2 - 1e-9, 1.2 + 1e-9),
    Claim("With a bonus of 4 no trained boat finishes a lap", "amodei2016faulty",
          lambda run_at: _laps(run_at, 4), 0, 0),
    Claim("Looking 100 steps ahead, they turn in the lagoon at a bonus of 6, under 6.743",
          "sutton2018", lambda run_at: _laps(run_at, 6), 0, 0),
    Claim("… and finish 10 of 10 laps at 7", "sutton2018",
          lambda run_at: _laps(run_at, 7), 10, 10),
    Claim("Looking 20 steps ahead, they turn in the lagoon at a bonus of 11, under 11.554",
          "sutton2018", lambda run_at: _laps(run_at, 11, 0.95), 0, 0),
    Claim("… and finish 10 of 10 laps at 12", "sutton2018",
          lambda run_at: _laps(run_at, 12, 0.95), 10, 10),
)  # fmt: skip

SIMULATION = Simulation(
    slug="loop-or-lap",
    title="Loop or lap",
    parameters=(
        Parameter("bonus", "Bonus for a finished lap",
                  (0.0, 2.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 11.0, 12.0, 14.0), 4.0,
                  unit="points"),
        Parameter("discount", "How far ahead the boat looks", (0.95, 0.98, 0.99), 0.99,
                  value_labels=("about 20 steps", "about 50 steps", "about 100 steps")),
    ),
    settings=Settings,
    run=run,
    views=(
        Grid("A typical boat after training", _coast.art(), "path",
             (Line("path_return", "return", "proxy"),
              Line("path_performance", "performance", "truth")),
             walker="boat",
             legend={"#": "land", "J": "junction and finish", "T": "target: 1 point",
                     ">v<^": "current"}),
        Curve("Lap or lagoon, for each bonus", "bonuses",
              (Line("best_return", "return (what is paid)", "proxy"),
               Line("best_performance", "performance (what we wanted)", "truth")),
              "bonus for a finished lap, points", "points per 100 steps", (0.0, 110.0),
              marker="bonus"),
        Curve("Learning by trial and error", "episode",
              (Line("return_", "return", "proxy"), Line("performance", "performance", "truth")),
              "episodes trained", "points per 100 steps", (0.0, 110.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "A course round an island with a small lagoon inside. The trained boat turns in the lagoon "
        "from target to target and never goes round the island. Two charts: over the bonus for a "
        "finished lap, the performance jumps from 0 to 100 at 6.7 points while the return stays at "
        "50 and then rises; over 20 training episodes the performance falls from about 81 to 10."
    ),
    finding=(
        "The boat turns in the lagoon, which pays 20 % more a step than racing. A bonus for "
        "finishing changes nothing until it is large enough, and then everything."
    ),
    summary=(
        "Bonus for a lap: {bonus}; the boat looks {discount} ahead. Trained boats are paid "
        "{final_return:.0f} points per 100 steps and finish {laps:.0f} of 10 laps. They would race "
        "above a bonus of {threshold:.1f}."
    ),
    prediction=Prediction(
        id="loop-or-lap-threshold",
        prompt=(
            "Every target pays 1 point. The lagoon: 3 targets in 6 steps, again and again. A lap: "
            "6 targets in 24 steps, and a bonus at the finish. With a bonus of 4 the boat turns "
            "in the lagoon. Above which bonus does it race?"
        ),
        outcome=lambda result: float(result["threshold"]),
        low=0,
        high=14,
        unit="points for a finished lap",
        step=0.5,
        tolerance=1,
    ),
)  # fmt: skip
