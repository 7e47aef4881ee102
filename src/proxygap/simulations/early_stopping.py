"""Early stopping: when to stop training on a proxy that points only roughly the right way.

A policy is a point, its *occupancy*: how often it takes each action in each state. Over these
points both returns are linear, and the angle between truth and proxy, measured along the polytope
of policies, says how far the proxy points astray. Training is steepest ascent on the proxy, from
the policy that takes each action equally often. While nothing is in the way the truth rises too, if
the angle is below 90°. At the walls of the polytope the path bends, the proxy gains less and less,
and the truth may turn down: Goodhart's law as geometry.

The stopping rule needs one number, a bound θ on the angle. Stop as soon as the proxy gains less
than sin θ, as a share of its first gain, for each unit of change. Then no truth within θ of the
proxy has fallen.

Each world is drawn at random: 8 states, 3 actions, discount 0.9. One world is trained live. How
often the truth turns down is counted over 60 worlds for each angle; that takes half a minute and is
kept in a file, which this command writes again::

    proxygap sweep early-stopping --set world=1 --over angle --seeds 60 \
        --output src/proxygap/simulations/_early_stopping.json

*Turns down* means: the truth rises first, and ends lower than its peak by at least 1 % of the
distance from its lowest to its highest value.

Not modelled: sampling, function approximation, a bound on the angle that is wrong.

Source: karwowski2024, sections 4 and 5. The shares are ours; its worlds and its measure of a drop
are not the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from proxygap.simulations._ascent import (
    Ascent,
    Rewards,
    ascend,
    directions,
    highest,
    pieces_allowed,
    random_process,
    rewards_at,
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
from proxygap.simulations._views import Curve, Line

ANGLES = tuple(float(degrees) for degrees in range(5, 180, 15))
WORLDS = tuple(float(world) for world in range(1, 9))
TURNS_DOWN = 0.01  # of the truth's range
POINTS = 101  # at which a path is shown
SURVEY = Path(__file__).with_name("_early_stopping.json")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary, and the size of a world."""

    angle: float = 80.0  # between truth and proxy, degrees; the rule is told this number
    world: int = 7  # which of the worlds that a seed gives, from 1
    states: int = 8
    actions: int = 3
    discount: float = 0.9


class Training(NamedTuple):
    """One training run, on scales from 0 (the lowest any policy gets) to 1 (the highest).

    Attributes
    ----------
    travelled : (K + 1,) float
        Share of the path's length at each corner.
    proxy, truth : (K + 1,) float
        Scores at the corners; straight in between.
    stop : int
        Corner at which the rule stops.
    """

    travelled: FloatArray
    proxy: FloatArray
    truth: FloatArray
    stop: int

    @property
    def drop(self) -> float:
        """How far the truth ends below its peak."""
        return float(self.truth.max() - self.truth[-1])

    @property
    def turns_down(self) -> bool:
        """Whether the truth rises first and then loses at least 1 % of its range."""
        return bool(self.truth.argmax() > 0 and self.drop >= TURNS_DOWN)

    @property
    def falls_before_stop(self) -> bool:
        """Whether the truth falls on any piece that the rule allows; it never should."""
        return bool((np.diff(self.truth[: self.stop + 1]) < -1e-9).any())


def train(settings: Settings, rng: np.random.Generator) -> Training:
    """Draw a world, a truth and a proxy at the given angle, and climb the proxy to its top."""
    rng = rng.spawn(int(settings.world))[-1]
    process = random_process(
        rng, states=settings.states, actions=settings.actions, discount=settings.discount
    )
    basis, angle = directions(process), float(np.radians(settings.angle))
    rewards = rewards_at(basis, angle, rng)
    path = ascend(process, rewards.proxy, basis)
    scores = [_from_lowest_to_highest(process, path, reward) for reward in rewards]
    return Training(
        travelled=np.concatenate([[0.0], path.lengths.cumsum() / path.lengths.sum()]),
        truth=scores[Rewards._fields.index("truth")],
        proxy=scores[Rewards._fields.index("proxy")],
        stop=pieces_allowed(path, rewards.proxy, angle),
    )


def _from_lowest_to_highest(process: Any, path: Ascent, reward: FloatArray) -> FloatArray:
    low, high = -highest(process, -reward), highest(process, reward)
    score: FloatArray = (path.corners @ reward - low) / (high - low)
    return score


@cache
def survey() -> Mapping[str, Any]:
    """Return the counts over 60 worlds, as ``proxygap sweep`` wrote them."""
    counted: Mapping[str, Any] = json.loads(SURVEY.read_text(encoding="utf-8"))
    return counted


def surveyed(series: str) -> FloatArray:
    """Return the mean of `series` over the surveyed worlds at each of `ANGLES`, shape (12,).

    NaN where nothing was surveyed yet, so that the survey can be made.
    """
    means = {
        point["parameters"]["angle"]: point["series"][series]["mean"]
        for point in survey()["points"]
    }
    return np.array([means.get(angle, np.nan) for angle in ANGLES])


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Train in one world and set it beside the survey.

    Returns
    -------
    Result
        ``travelled`` (101,) percent of the path; ``proxy``, ``truth`` (101,) percent from lowest to
        highest. Scalars, percent: ``stop_at`` where on the path the rule stops; ``truth_start``,
        ``truth_stop``, ``truth_peak``, ``truth_end``, ``proxy_stop``; ``drop`` from peak to end.
        ``turns_down`` and ``falls_before_stop`` 0 or 1; ``angle`` degrees. Of the survey, (12,)
        each: ``angles``; ``share`` percent of worlds whose truth turns down, ``share_stopped`` of
        those in which it falls before the rule stops; ``mean_peak``, ``mean_end``, ``mean_stop``.
    """
    made = train(settings, rng)
    travelled = np.linspace(0, 1, POINTS)
    percent = {
        "stop_at": made.travelled[made.stop],
        "truth_start": made.truth[0],
        "truth_stop": made.truth[made.stop],
        "truth_peak": made.truth.max(),
        "truth_end": made.truth[-1],
        "proxy_stop": made.proxy[made.stop],
        "drop": made.drop,
    }
    return Result(
        {
            "travelled": 100 * travelled,
            "proxy": 100 * np.interp(travelled, made.travelled, made.proxy),
            "truth": 100 * np.interp(travelled, made.travelled, made.truth),
            **{name: np.asarray(100 * float(share)) for name, share in percent.items()},
            "turns_down": np.asarray(float(made.turns_down)),
            "falls_before_stop": np.asarray(float(made.falls_before_stop)),
            "angle": np.asarray(float(settings.angle)),
            "angles": np.array(ANGLES),
            "share": 100 * surveyed("turns_down"),
            "share_stopped": 100 * surveyed("falls_before_stop"),
            "mean_peak": surveyed("truth_peak"),
            "mean_end": surveyed("truth_end"),
            "mean_stop": surveyed("truth_stop"),
        }
    )


def _share(run_at: RunAt, low: float, high: float) -> FloatArray:
    """Return the shares at the angles from `low` to `high`."""
    result = run_at()
    return result["share"][(result["angles"] >= low) & (result["angles"] <= high)]


def _falls_in_the_worlds_on_offer(run_at: RunAt) -> float:
    below = [angle for angle in ANGLES if angle < 90][::2]
    return sum(float(run_at(angle=a, world=w)["falls_before_stop"]) for a in below for w in WORLDS)


CLAIMS = (
    Claim("With the proxy 5° off, share of 60 worlds whose truth turns down (percent)",
          "karwowski2024", lambda run_at: float(_share(run_at, 5, 5)[0]), 0, 0),
    Claim("The largest share, at angles from 50° to 95° (percent)", "karwowski2024",
          lambda run_at: float(_share(run_at, 50, 95).max()), 40, 100),
    Claim("From 125° on the truth falls from the start and turns down nowhere (percent)",
          "karwowski2024", lambda run_at: float(_share(run_at, 125, 180).max()), 0, 0),
    Claim("Share over all angles (percent)", "karwowski2024",
          lambda run_at: float(_share(run_at, 0, 180).mean()), 10, 35),
    Claim("Surveyed worlds in which the truth falls before the rule stops (percent)",
          "karwowski2024", lambda run_at: float(run_at()["share_stopped"].max()), 0, 0),
    Claim("The same, counted now in the worlds on offer", "karwowski2024",
          _falls_in_the_worlds_on_offer, 0, 0),
    Claim("Training ends where the proxy is highest: its lowest end (percent)", "karwowski2024",
          lambda run_at: min(float(run_at(world=w)["proxy"][-1]) for w in WORLDS),
          100 - 1e-6, 100 + 1e-6),
)  # fmt: skip

SIMULATION = Simulation(
    slug="early-stopping",
    title="When to stop training on a proxy",
    parameters=(
        Parameter("angle", "How far the proxy points astray", ANGLES, 80.0,
                  value_labels=tuple(f"{angle:.0f}°" for angle in ANGLES)),
        Parameter("world", "Which random world", WORLDS, 7.0,
                  value_labels=tuple(f"world {world:.0f}" for world in WORLDS)),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("One world; the rule stops at the mark", "travelled",
              (Line("proxy", "proxy (paid)", "proxy"),
               Line("truth", "truth (wanted)", "truth")),
              "way travelled, % of the path", "% from lowest to highest", (0.0, 101.0),
              marker="stop_at"),
        Curve("Sixty worlds: how often truth turns down", "angles",
              (Line("share", "without the rule"),),
              "angle between proxy and truth, °", "% of worlds", (0.0, 100.0), marker="angle"),
        Curve("Sixty worlds: truth in the end", "angles",
              (Line("mean_end", "trained to the end"),
               Line("mean_stop", "stopped by the rule", "truth")),
              "angle between proxy and truth, °", "mean, % from lowest to highest", (0.0, 101.0),
              marker="angle"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three line charts. First, one world over the way that training travels: the proxy climbs "
        "from 47 to 100 %; the truth climbs from 58 to 77 % at half way and falls to 56 %, lower "
        "than it began. A mark at 8 % of the way shows where the rule stops, with the truth at "
        "60 %. Second, over the angle between proxy and truth, the share of sixty worlds whose "
        "truth turns down without the rule: 0 at 5°, rising to 58 % at 80°, 0 again from 125° on. "
        "Third, the mean truth in the end: up to 80° it is higher for training to the end than "
        "for stopping by the rule, beyond that lower."
    ),
    finding=(
        "Training past the peak loses all that it had gained. The rule stops before any fall, in "
        "every world, and so early that most of the gain is never had."
    ),
    summary=(
        "With the proxy {angle} off in {world}: the truth starts at {truth_start:.0f} %, peaks at "
        "{truth_peak:.0f} % and ends at {truth_end:.0f} %. The rule stops after {stop_at:.0f} % of "
        "the way, at {truth_stop:.0f} %."
    ),
    prediction=Prediction(
        id="early-stopping-share",
        prompt=(
            "Sixty random worlds, each trained on a proxy that points 80° away from the truth: "
            "nearly, not quite, unrelated. In how many of them does the truth first rise and then "
            "turn down?"
        ),
        outcome=lambda result: float(result["share"][ANGLES.index(float(result["angle"]))]),
        low=0,
        high=100,
        unit="% of worlds",
        step=5,
        tolerance=10,
    ),
)  # fmt: skip
