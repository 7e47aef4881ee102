r"""DPO: the policy of RLHF, straight from comparisons, with the reward model left inside it.

One prompt has 20 replies. Annotators compare two of them at a time; a reply that is worth more in
their eyes is preferred more often (bradley1952). RLHF would fit a reward to the comparisons and
then tilt the reference by it, which has a closed form. DPO changes the policy itself. With all
preferences known both arrive at one policy; with N comparisons DPO is away from it by about a
constant divided by √N.

By hand: two replies, the first preferred three times in four, β = 1. The reward gap is log 3, so
even odds become three to one:

>>> wins = np.array([[0.0, 0.75], [0.25, 0.0]])
>>> print(fit_table(np.array([0.5, 0.5]), wins, Dpo(beta=1.0)).round(4))
[0.75 0.25]
>>> print(closed_form(np.array([0.5, 0.5]), np.array([np.log(3.0), 0.0]), 1.0).round(4))
[0.75 0.25]

Every number is SIMULATED. Not modelled: replies that nobody has compared, a policy that cannot tell
replies apart, annotators who differ from one another.

Source: rafailov2023, equations 4 to 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from proxygap.simulations._dpo import fit_table
from proxygap.simulations._overoptimisation import tilt
from proxygap.simulations._preference_losses import Dpo
from proxygap.simulations._replies import preference_probability
from proxygap.simulations._reward_model import RIDGE
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Curve, Line, Mark, Plane

REPLIES = 20
NUMBERS = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
BETAS = (0.1, 0.5, 1.0, 2.0)
REPEATS = 32  # draws of the comparisons that the error is averaged over
LARGE = 1000  # from this number of comparisons on the law of large numbers is looked for
NOBODY_LOST = 1e-9  # ridge where every preference is known


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    comparisons: float = 10_000.0  # N
    beta: float = 1.0  # price of a nat of divergence, above 0


class Prompt(NamedTuple):
    """One prompt with its replies: reference probabilities (K,) and true rewards (K,)."""

    reference: FloatArray
    reward: FloatArray


def draw_prompt(rng: np.random.Generator) -> Prompt:
    """Draw a prompt; its rewards are centred on the reference's mean."""
    reward, reference = rng.normal(size=REPLIES), rng.dirichlet(np.ones(REPLIES))
    return Prompt(reference, reward - reference @ reward)


def closed_form(reference: FloatArray, reward: FloatArray, beta: float) -> FloatArray:
    """Return π_ref · exp(r/β)/Z, the policy at which RLHF aims (rafailov2023, equation 4)."""
    return np.asarray(tilt(reference, reward, 1 / beta))


def preferences(prompt: Prompt) -> FloatArray:
    """Return how often each reply is preferred to each other one, (K, K), 0 on the diagonal."""
    chance = preference_probability(prompt.reward[:, None], prompt.reward)
    return chance * ~np.eye(len(chance), dtype=bool)


def draw_wins(prompt: Prompt, number: int, rng: np.random.Generator) -> FloatArray:
    """Draw comparisons of two different replies, every pair alike, and count the wins, (K, K)."""
    one, other = np.triu_indices(len(prompt.reward), 1)
    times = rng.multinomial(number, np.full(len(one), 1 / len(one)))
    won = rng.binomial(times, preferences(prompt)[one, other])
    wins = np.zeros((len(prompt.reward),) * 2)
    wins[one, other], wins[other, one] = won, times - won
    return wins


def total_variation(policy: FloatArray, other: FloatArray) -> float:
    """Return half the summed differences: the share of replies that would have to change."""
    return float(np.abs(policy - other).sum() / 2)


def implicit_reward(policy: FloatArray, reference: FloatArray, beta: float) -> FloatArray:
    """Return β log(π/π_ref), centred on the reference's mean."""
    reward = beta * np.log(policy / reference)
    return np.asarray(reward - reference @ reward)


@cache
def mean_errors(beta: float, seed: int) -> FloatArray:
    """Return the mean distance from the closed form at each of `NUMBERS`, (7,)."""
    rng = np.random.default_rng(seed)
    prompt = draw_prompt(rng)
    aim = closed_form(prompt.reference, prompt.reward, beta)
    errors = [
        [
            total_variation(
                fit_table(prompt.reference, draw_wins(prompt, n, rng), Dpo(beta), RIDGE), aim
            )
            for n in NUMBERS
        ]
        for _ in range(REPEATS)
    ]
    return np.asarray(np.mean(errors, axis=0))


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return DPO's policy on one draw of the comparisons, beside the closed form.

    Returns
    -------
    Result
        Over the 20 replies, by true reward: ``place``, ``reference``, ``aim``, ``policy``,
        ``reward``, ``hidden`` (the implicit reward). Over ``n`` (7,): ``error``, ``root`` (the
        N^−½ line through the points from N = 1,000 on). Scalars: ``distance`` and ``percent`` at
        the N that is set, of the mean over 32 draws; ``exact``, the distance with all preferences
        known.
    """
    seed = int(rng.integers(2**32))
    prompt = draw_prompt(np.random.default_rng(seed))
    order = np.argsort(prompt.reward)
    prompt = Prompt(prompt.reference[order], prompt.reward[order])
    aim = closed_form(prompt.reference, prompt.reward, settings.beta)
    wins = draw_wins(prompt, int(settings.comparisons), rng)
    policy = fit_table(prompt.reference, wins, Dpo(settings.beta), RIDGE)
    known = fit_table(prompt.reference, preferences(prompt), Dpo(settings.beta), NOBODY_LOST)
    numbers, error = np.array(NUMBERS, dtype=float), mean_errors(settings.beta, seed)
    distance = error[NUMBERS.index(int(settings.comparisons))]
    ends = np.array([-4.0, 4.0])
    return Result(
        {
            "place": np.arange(1.0, REPLIES + 1),
            "reference": prompt.reference,
            "aim": aim,
            "policy": policy,
            "reward": prompt.reward,
            "hidden": np.clip(implicit_reward(policy, prompt.reference, settings.beta), -4, 4),
            "ends": ends,
            "n": numbers,
            "error": error,
            "root": _root(numbers, error),
            "now_n": np.asarray(settings.comparisons),
            "distance": distance,
            "percent": 100 * distance,
            "exact": np.asarray(total_variation(known, aim)),
        }
    )


def _root(numbers: FloatArray, error: FloatArray) -> FloatArray:
    """Return c/√N with the c that fits best, in logarithms, where N is large."""
    large = numbers >= LARGE
    constant = np.exp(np.log(error * np.sqrt(numbers))[large].mean())
    return np.asarray(constant / np.sqrt(numbers))


def _worst_exact(run_at: RunAt) -> float:
    return max(float(run_at(beta=beta)["exact"]) for beta in BETAS if beta >= 0.5)


def _slope(run_at: RunAt) -> float:
    """Return the slope of log error over log N from N = 1,000 on."""
    result = run_at()
    large = result["n"] >= LARGE
    return float(np.polyfit(np.log(result["n"][large]), np.log(result["error"][large]), 1)[0])


CLAIMS = (
    Claim("With all preferences known, DPO is the closed form of RLHF (total variation, the worst "
          "of β = 0.5, 1, 2)", "rafailov2023", _worst_exact, 0, 1e-4),
    Claim("At β = 0.1 as well", "rafailov2023",
          lambda run_at: float(run_at(beta=0.1)["exact"]), 0, 1e-4),
    Claim("With N comparisons the distance falls like N^−½ (slope of its logarithm)",
          "rafailov2023", _slope, -0.65, -0.35),
    Claim("With 100 comparisons the two are far apart (total variation)", "rafailov2023",
          lambda run_at: float(run_at(comparisons=100.0)["distance"]), 0.1, 0.5),
    Claim("The reward inside DPO's policy goes with the true reward (correlation at 10,000 "
          "comparisons)", "rafailov2023",
          lambda run_at: float(np.corrcoef(run_at()["reward"], run_at()["hidden"])[0, 1]),
          0.98, 1),
)  # fmt: skip

SIMULATION = Simulation(
    slug="dpo",
    title="The reward inside the policy",
    parameters=(
        Parameter("comparisons", "Comparisons", tuple(map(float, NUMBERS)), 10_000.0,
                  value_labels=tuple(f"{n:,} comparisons" for n in NUMBERS)),
        Parameter("beta", "Price of a nat, β", BETAS, 1.0),
    ),
    settings=Settings,
    run=run,
    views=(
        Plane("The reward that can be read off DPO’s policy",
              (Mark("ends", "ends", "alike", "neutral", "line"),
               Mark("reward", "hidden", "20 replies", "proxy", "dot")),
              "true reward", "reward inside the policy", (-4.0, 4.0), (-4.0, 4.0),
              x_role="truth", y_role="proxy"),
        Curve("Twenty replies, the best on the right", "place",
              (Line("reference", "before"),
               Line("aim", "RLHF, in closed form"),
               Line("policy", "DPO", dots=True)),
              "place by true reward", "probability", (0.0, 1.0)),
        Curve("How far DPO is from RLHF’s policy", "n",
              (Line("error", "mean of 32 draws"), Line("root", "1/√N")),
              "comparisons", "share of replies that differ", (0.0, 0.6),
              x_scale="log", marker="now_n"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. Twenty dots lie close to a diagonal: for each reply the reward that can be "
        "read off DPO’s policy, against its true reward. Beside it, the policy of DPO as dots on "
        "the line of RLHF’s closed form. Below, the share of replies in which the two differ, "
        "falling from 100 to 100,000 comparisons along a line of 1 over the square root of N."
    ),
    finding=(
        "DPO trains no reward model, and there is one in its policy all the same: with enough "
        "comparisons it is the annotators’ reward, and the policy is the one that RLHF aims at."
    ),
    summary=(
        "{comparisons}, β {beta}: DPO and the closed form of RLHF differ in {percent:.1f} of 100 "
        "replies, on average over 32 draws. SIMULATED."
    ),
    prediction=Prediction(
        id="dpo-comparisons",
        prompt=(
            "Twenty replies to one prompt. With 1,000 comparisons DPO’s policy and the one that "
            "RLHF aims at differ in about 9 of 100 replies. In how many do they differ with "
            "10,000 comparisons?"
        ),
        outcome=lambda result: float(result["percent"]),
        low=0,
        high=12,
        unit="of 100 replies",
        step=0.1,
        tolerance=1.0,
    ),
)  # fmt: skip
