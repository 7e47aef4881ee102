"""Hackability: the cleaning robot of Skalse et al., with fixed policies and with coin tosses.

A robot may clean each of three rooms. What was wanted is every room, each worth 1. What is paid is
a weight for each room. The pair of rewards is *hackable* if the robot can move from one policy to
another so that the pay rises and what was wanted falls.

Published examples, over the eight policies that clean a fixed set of rooms:

>>> [robot_is_hackable(*pair) for pair in PUBLISHED]
[False, True, False, True]

A robot that may toss coins cleans each room with some frequency, and its policies fill a cube. Then
all four pairs are hackable, and so is every pair of random rewards:

>>> [witness(np.array(proxy), np.array(truth)) is not None for truth, proxy in PUBLISHED]
[True, True, True, True]

The figure looks from today's robot, which cleans each room half of the time. Every policy it could
change to is a point: its pay to the right, its rooms upwards. The lit region pays more and cleans
less. Its lowest point is computed twice: by clipping the polygon, and by the fractional knapsack.

Not modelled: how a learner would get there. Hackable says that a bad move exists and would be
rewarded, not that training makes it.

Source: skalse2022: the definition of hackability, theorem 1 and the cleaning robot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._occupancy import (
    area,
    cheapest,
    clip,
    convex_hull,
    deterministic,
    hackable,
    opposed,
    witness,
)
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    Simulation,
)
from proxygap.simulations._views import Bars, Line, Mark, Plane

ROOMS = 3
TRUTH = np.ones(ROOMS)
TODAY = np.full(ROOMS, 0.5)
WEIGHTS = tuple(half / 2 for half in range(-2, 7))
CORNERS = 8  # a hexagon cut by two lines has at most eight
PUBLISHED = (
    ((1.0, 1.0, 1.0), (1.0, 1.0, 0.0)),
    ((1.0, 1.0, 1.0), (1.0, 0.0, 0.0)),
    ((1.0, 1.5, 2.0), (1.0, 1.0, 1.0)),
    ((1.0, 1.5, 3.0), (1.0, 1.0, 1.0)),
)
"""Pairs (truth, proxy) of skalse2022."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary: pay for the second and third room, the first pays 1."""

    second: float = 1.0
    third: float = 0.0


def robot_is_hackable(truth: tuple[float, ...], proxy: tuple[float, ...]) -> bool:
    """Return whether the pair is hackable over the sets of rooms."""
    return hackable(np.array(proxy), np.array(truth), deterministic(len(proxy)))


def placed(policies: FloatArray, proxy: FloatArray) -> FloatArray:
    """Return each policy's place in the figure, shape (m, 2).

    Parameters
    ----------
    policies : (m, 3) float
        How often each room is cleaned.
    proxy : (3,) float
        What each room pays; at least one weight is not 0.

    Returns
    -------
    (m, 2) float
        Pay, in percent of the way from the lowest to the highest there is, and rooms cleaned. A
        change of scale leaves the order of policies alone, and with it what is hackable.
    """
    low, high = proxy[proxy < 0].sum(), proxy[proxy > 0].sum()
    return np.stack([100 * (policies @ proxy - low) / (high - low), policies @ TRUTH], axis=1)


def lit(everything: FloatArray, today: FloatArray) -> FloatArray:
    """Return the polygon of places with more pay and fewer rooms than `today`; empty if none."""
    pays = clip(everything, np.array([1.0, 0.0]), today[0])
    region = clip(pays, np.array([0.0, -1.0]), -today[1])
    return region if area(region) > 0 else region[:0]


def _outline(polygon: FloatArray) -> FloatArray:
    """Return the polygon with `CORNERS` corners, the last repeated; all NaN if it is empty."""
    if len(polygon) == 0:
        return np.full((CORNERS, 2), np.nan)
    return polygon[np.minimum(np.arange(CORNERS), len(polygon) - 1)]


def run(settings: Settings, rng: np.random.Generator) -> Result:  # noqa: ARG001  (nothing is drawn)
    """Compare the proxy with the truth.

    Returns
    -------
    Result
        Places as ``…_x`` (pay, percent) and ``…_y`` (rooms): ``all`` (8,) and ``lit`` (8,)
        outlines, ``fixed`` (8,) policies without coins, ``today`` (1,), ``worst`` (1,) the lowest
        place without less pay, ``pair`` (2,) two fixed policies in opposite order, NaN if none.
        Scalars: ``room_1`` to ``room_3`` how often the worst policy cleans, ``least`` rooms it
        cleans, ``lost`` rooms against today, ``opposed_pairs`` number of opposed pairs of fixed
        policies.
    """
    proxy = np.array([1.0, settings.second, settings.third])
    fixed = deterministic(ROOMS)
    places = placed(fixed, proxy)
    everything, today = convex_hull(places), placed(TODAY[None], proxy)
    worst = cheapest(proxy, TRUTH, float(TODAY @ proxy))
    pairs = opposed(proxy, TRUTH, fixed)
    marked = {
        "all": _outline(everything),
        "lit": _outline(lit(everything, today[0])),
        "fixed": places,
        "today": today,
        "worst": placed(worst[None], proxy),
        "pair": places[list(_steepest(places, pairs))] if pairs else np.full((2, 2), np.nan),
    }
    scalars = {
        **{f"room_{room + 1}": worst[room] for room in range(ROOMS)},
        "least": worst @ TRUTH,
        "lost": TODAY @ TRUTH - worst @ TRUTH,
        "opposed_pairs": len(pairs),
    }
    return Result(
        {
            **{f"{name}_x": place[:, 0] for name, place in marked.items()},
            **{f"{name}_y": place[:, 1] for name, place in marked.items()},
            **{name: np.asarray(float(number)) for name, number in scalars.items()},
        }
    )


def _steepest(places: FloatArray, pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the pair that loses most rooms; of equals, the one that gains most pay."""
    return max(pairs, key=lambda ij: (places[ij[0], 1] - places[ij[1], 1],
                                      places[ij[1], 0] - places[ij[0], 0]))  # fmt: skip


def random_pairs_hackable(pairs: int, *, coins: bool) -> int:
    """Return how many of `pairs` random reward pairs are hackable, with coin tosses or without."""
    rng = np.random.default_rng(0)
    drawn = rng.normal(size=(pairs, 2, ROOMS))
    policies = deterministic(ROOMS)
    if not coins:
        return sum(hackable(r1, r2, policies) for r1, r2 in drawn)
    found = [(r1, r2, witness(r1, r2)) for r1, r2 in drawn]
    return sum(hackable(r1, r2, np.stack(pair)) for r1, r2, pair in found if pair is not None)


def _published(number: int, *, coins: bool) -> float:
    truth, proxy = (np.array(weights) for weights in PUBLISHED[number])
    if not coins:
        return float(hackable(proxy, truth, deterministic(ROOMS)))
    pair = witness(proxy, truth)
    return float(pair is not None and hackable(proxy, truth, np.stack(pair)))


CLAIMS = (
    Claim("Wanted 1, 1, 1 and paid 1, 1, 0: not hackable over sets of rooms", "skalse2022",
          lambda _: _published(0, coins=False), 0, 0),
    Claim("Wanted 1, 1, 1 and paid 1, 0, 0: hackable", "skalse2022",
          lambda _: _published(1, coins=False), 1, 1),
    Claim("Wanted 1, 1.5, 2 and paid 1, 1, 1: not hackable over sets of rooms", "skalse2022",
          lambda _: _published(2, coins=False), 0, 0),
    Claim("Wanted 1, 1.5, 3 and paid 1, 1, 1: hackable", "skalse2022",
          lambda _: _published(3, coins=False), 1, 1),
    Claim("Published pairs that are hackable once the robot may toss coins, of 4", "skalse2022",
          lambda _: sum(_published(number, coins=True) for number in range(4)), 4, 4),
    Claim("Random pairs that are hackable once the robot may toss coins, of 1,000", "skalse2022",
          lambda _: random_pairs_hackable(1000, coins=True), 1000, 1000),
    Claim("Paid for two of three rooms, the robot keeps its pay with 1 room instead of 1.5",
          "skalse2022", lambda run_at: float(run_at(second=1.0, third=0.0)["least"]), 1, 1),
    Claim("Paid alike for each room, it can clean no less without losing pay: rooms lost",
          "skalse2022", lambda run_at: float(run_at(second=1.0, third=1.0)["lost"]), 0, 0),
)  # fmt: skip

SIMULATION = Simulation(
    slug="hackability",
    title="Which rewards can be hacked",
    parameters=(
        Parameter("second", "What the second room pays (the first pays 1)", WEIGHTS, 1.0),
        Parameter("third", "What the third room pays", WEIGHTS, 0.0),
    ),
    settings=Settings,
    run=run,
    views=(
        Plane("Everything the robot can do; dots: fixed sets", (
            Mark("all_x", "all_y", shape="area"),
            Mark("lit_x", "lit_y", "hackable", "proxy", "area"),
            Mark("fixed_x", "fixed_y", shape="dot"),
            Mark("pair_x", "pair_y", "a bad switch", shape="line"),
            Mark("worst_x", "worst_y", "worst", shape="dot"),
            Mark("today_x", "today_y", "today", shape="dot"),
        ), "pay, % of the highest", "rooms cleaned a day", (-5.0, 105.0), (-0.15, 3.15),
            x_role="proxy", y_role="truth"),
        Bars("Worst: same pay, fewest rooms", (
            Line("room_1", "first room"), Line("room_2", "second room"),
            Line("room_3", "third room"),
        ), "how often it is cleaned, 1 = always", (0.0, 1.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "A plane with pay across and rooms cleaned upwards. A parallelogram holds everything that "
        "the robot can do; dots mark the eight policies that clean a fixed set of rooms, two of "
        "them on the same place. Today's robot stands in the middle at 1.5 rooms. A lit triangle "
        "to its lower right, named hackable, holds policies with more pay and fewer rooms; it "
        "reaches down to 1 room. Bars show the policy there: first and second room half of the "
        "time, third never."
    ),
    finding=(
        "No switch from one set of rooms to another fools this pay. A robot that may toss coins "
        "fools it at once."
    ),
    summary=(
        "Paid 1, {second} and {third}: {opposed_pairs:.0f} moves between fixed sets of rooms earn "
        "more and clean less. With coin tosses the same pay is earned with {least:.2f} rooms "
        "instead of 1.50."
    ),
    prediction=Prediction(
        id="hackability-least-rooms",
        prompt=(
            "You want three rooms cleaned. The robot is paid 1 for the first and 1 for the second; "
            "the third was forgotten. Today it tosses a coin in front of each room and cleans 1.5 "
            "rooms a day. How few rooms a day can it clean without earning less?"
        ),
        outcome=lambda result: float(result["least"]),
        low=0,
        high=3,
        unit="rooms a day",
        step=0.1,
        tolerance=0.15,
    ),
)  # fmt: skip
