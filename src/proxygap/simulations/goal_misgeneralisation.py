"""Goal misgeneralisation: the reward was right, and the robot learned something else.

A robot walks through levels with a coin and an end. Getting the coin pays 1, a move costs 0.01, and
the end ends the level. In training the coin lies at the end, except in a share of the levels in
which it lies anywhere. Then the robot meets new levels, in all of which it lies anywhere.

The robot senses two things: how much closer a move brings it to the end, and how much closer to
the coin. The second is weaker or stronger by a factor, the *salience* s. As long as the coin lies
at the end both say the same, and nothing in training tells which of them is meant. Then the
learner decides, not the data: every step along the gradient is a multiple of (1, s), so the pulls
of the end and of the coin, weight times strength, stand as 1 to s²:

>>> min_norm_pull(0.5)
0.2
>>> min_norm_pull(1.0)
0.5

That is also the solution of smallest norm, to which gradient descent from zero leads whenever
there are several.

Not modelled: pixels, a network that makes its own features, enemies. CoinRun's rates are not
reproduced; what is reproduced is that capability survives and the goal does not.

Source: langosco2022 (CoinRun); gunasekar2018 (which of many solutions gradient descent finds).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._coin_levels import LEVEL, START, State, levels, rates, senses
from proxygap.simulations._policy_gradient import Ascent, policies, reinforce
from proxygap.simulations._q_learning import typical
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Bars, Curve, Grid, Line, Mover
from proxygap.simulations._world import walk

ASCENT = Ascent(updates=120, batch=50, rate=1.0)
EVERY = 10  # updates between two tests
SHOWN_COIN = START - LEVEL.columns + 3  # in the row above the straight way
SHOWN = 14  # steps of the typical robot


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary, and the size of the experiment."""

    share: float = 0.0  # training levels in which the coin lies anywhere, 0 to 1
    salience: float = 0.5  # strength of the coin's feature; the end's is 1
    seeds: int = 10  # independent learners


def min_norm_pull(salience: float) -> float:
    """Return the coin's share of the pull that is learned while the coin lies at the end.

    Of all weights with ``w_end + salience · w_coin = c`` those of smallest norm are proportional to
    ``(1, salience)``; as a pull, weight times strength, ``1 : salience²``.
    """
    return salience**2 / (1 + salience**2)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Train robots and test them in new levels along the way.

    Returns
    -------
    Result
        ``update`` (13,) and, in percent, mean over the learners, ``train_coin``, ``coin`` and
        ``end`` (13,): how often the coin is got in training levels and in new ones, and how often
        the end is reached in new ones; ``final_…`` () the last of each. ``pull_end`` and
        ``pull_coin`` () shares of the pull, ``exact_pull_coin`` () the closed form for a share of
        0. ``path`` and ``coin_path`` (15,) a typical robot in a new level, with ``path_return``
        and ``path_performance`` (15,) running.
    """
    seen, new = levels(settings.share), levels(1.0)
    features = senses(settings.salience)
    weights = reinforce(seen.world, features, rng, seeds=settings.seeds, ascent=ASCENT)
    tested = [policies(features, each) for each in weights[::EVERY]]
    both = np.stack([seen.world.start, new.world.start])
    found = np.array([rates(new.world, chances, both) for chances in tested])
    percent = 100 * found.clip(0, 1)  # sums of chances may pass 1 by a rounding error
    train, test = percent[:, 0], percent[:, 1]
    pulls = weights[-1] * (1.0, settings.salience)
    share = (pulls[:, 1] / pulls.sum(axis=1)).mean()
    series = {
        "update": np.arange(0.0, ASCENT.updates + 1, EVERY),
        "train_coin": train[:, :, 0].mean(axis=1),
        "coin": test[:, :, 0].mean(axis=1),
        "end": test[:, :, 1].mean(axis=1),
        "pull_end": np.asarray(1 - share),
        "pull_coin": np.asarray(share),
        "exact_pull_coin": np.asarray(min_norm_pull(settings.salience)),
    }
    series |= {f"final_{name}": series[name][-1] for name in ("train_coin", "coin", "end")}
    return Result(series | _shown(tested[-1][typical(test[-1, :, 0])]))


def _shown(chances: FloatArray) -> dict[str, FloatArray]:
    """Return the likeliest walk through one new level."""
    grid = levels(1.0)
    world = grid.world._replace(start=grid.states.index(State(START, SHOWN_COIN)))
    lived = walk(world, chances.argmax(axis=1))
    shown = [grid.states[index] for index in lived.states[: SHOWN + 1]]
    return {
        "path": np.array([state.robot for state in shown], dtype=float),
        "coin_path": np.array([state.coin or np.nan for state in shown], dtype=float),
        "path_return": lived.return_[: SHOWN + 1],
        "path_performance": lived.performance[: SHOWN + 1],
    }


def _at(run_at: RunAt, series: str, **values: float) -> float:
    return float(run_at(**values)[series])


CLAIMS = (
    Claim("After training with the coin always at the end the robot gets it in every such level",
          "langosco2022", lambda run_at: _at(run_at, "final_train_coin"), 99.5, 100),
    Claim("In new levels it still reaches the end: it has lost no capability", "langosco2022",
          lambda run_at: _at(run_at, "final_end"), 99, 100),
    Claim("… and gets the coin in fewer than 60 % of them", "langosco2022",
          lambda run_at: _at(run_at, "final_coin"), 20, 60),
    Claim("… in fewer than it got before any training", "langosco2022",
          lambda run_at: _at(run_at, "final_coin") - run_at()["coin"][0], -100, -10),
    Claim("With the coin anywhere in 10 % of the training levels it gets more than 90 % of the "
          "coins in new ones", "langosco2022",
          lambda run_at: _at(run_at, "final_coin", share=0.1), 90, 100),
    Claim("… and still reaches the end", "langosco2022",
          lambda run_at: _at(run_at, "final_end", share=0.1), 95, 100),
    Claim("The coin's share of the pull is s² / (1 + s²) = 0.2 for a salience of 0.5",
          "gunasekar2018", lambda run_at: _at(run_at, "pull_coin"), 0.2 - 1e-9, 0.2 + 1e-9),
    Claim("… and 0.8 for a salience of 2: this robot gets the coin, for no better reason",
          "gunasekar2018", lambda run_at: _at(run_at, "pull_coin", salience=2),
          0.8 - 1e-9, 0.8 + 1e-9),
)  # fmt: skip

SIMULATION = Simulation(
    slug="goal-misgeneralisation",
    title="The coin at the end of the level",
    parameters=(
        Parameter("share", "Training levels in which the coin lies anywhere",
                  (0.0, 0.01, 0.02, 0.05, 0.1, 0.2), 0.0,
                  value_labels=("none", "1 %", "2 %", "5 %", "10 %", "20 %")),
        Parameter("salience", "How strongly the robot senses the coin, compared to the end",
                  (0.25, 0.5, 1.0, 2.0), 0.5,
                  value_labels=("a quarter", "half", "equally", "twice")),
    ),
    settings=Settings,
    run=run,
    views=(
        Grid("A typical robot in a new level", LEVEL.art, "path",
             (Line("path_return", "return", "proxy"),
              Line("path_performance", "coins", "truth")),
             walker="robot", legend={"#": "wall", "A": "start", "E": "end"},
             movers=(Mover("coin_path", "coin"),)),
        Curve("In new levels, the coin anywhere", "update",
              (Line("end", "reaches the end (what it learned)", "proxy"),
               Line("coin", "gets the coin (what was rewarded)", "truth"),
               Line("train_coin", "gets the coin, training levels")),
              "updates of the robot's weights", "% of levels", (0.0, 115.0)),
        Bars("What pulls the robot after training",
             (Line("pull_end", "the end", "proxy"), Line("pull_coin", "the coin", "truth"),
              Line("exact_pull_coin", "the coin, smallest norm")),
             "share of the pull", (0.0, 1.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Line chart over 120 updates. In new levels the robot soon reaches the end in 100 % of "
        "them, while it gets the coin in a share that falls from 53 % before training to 29 %; in "
        "training levels it gets the coin in all. Beside it, a level: the robot walks straight to "
        "the end, past a coin that lies one row above its way. Bars: the end has 80 % of the pull."
    ),
    finding=(
        "The robot that was rewarded for coins walks past them to the end of the level. In "
        "training both were in the same place, so nothing told it which was meant."
    ),
    summary=(
        "Coin anywhere in training: {share} of the levels; coin sensed, compared to the end: "
        "{salience}. In new levels the robot reaches the end in {final_end:.0f} % and gets the "
        "coin in {final_coin:.0f} %."
    ),
    prediction=Prediction(
        id="goal-misgeneralisation-coin",
        prompt=(
            "A robot is rewarded for coins. In all of its training levels the coin lies at the "
            "end, and it gets every one. Now the coin lies anywhere. A robot that moves at random "
            "stumbles on it in 53 % of the levels. In how many does the trained robot get it?"
        ),
        outcome=lambda result: float(result["final_coin"]),
        low=0,
        high=100,
        unit="% of new levels with the coin",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
