r"""RLHF: what a reward model learns from raters, and what becomes of the replies that it rewards.

A rater compares pairs of replies that the instruction-tuned assistant of the shared world wrote. A
reward model, linear in eight attributes of a reply, is fitted to the comparisons by the
Bradley–Terry likelihood. Then the assistant is trained: of all policies it becomes the one with the
highest :math:`E[r] - \beta\,\mathrm{KL}`, which is the start tilted,

.. math:: \pi(y \mid x) = \pi_{ref}(y \mid x) \exp(r(x, y) / \beta) / Z(x).

Two replies that were equally likely, the better one by a point of reward, at a price of half a
point a nat: the tilt is e², so the better one gets e² / (1 + e²).

>>> import numpy as np
>>> start = np.array([[0.5, 0.5]])
>>> climb(start, np.array([[1.0, 0.0]]), beta=0.5).round(3).tolist()
[[0.881, 0.119]]

Proxy is the reward model's score, truth the value of a reply that no learner sees. Both are gains
over the start, in standard deviations of the start's own replies.

Not modelled: raters who disagree with each other, a reward model that is a network and can be
fooled by text, a training run that does not find the optimum.

Source: bradley1952; ouyang2022 for the three steps; rafailov2023, equation 4 for the optimum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._raters import RATERS, agreement, prefers
from proxygap.simulations._replies import (
    FEATURES,
    Policy,
    base_policy,
    expected,
    kl_divergence,
    load,
    posture,
    tilt,
)
from proxygap.simulations._rlhf import (
    COMPARISONS,
    climb,
    compare,
    frontier,
    learned_weights,
    objective,
    reward_of,
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
from proxygap.simulations._techniques import stage
from proxygap.simulations._views import Bars, Curve, Line

BETAS = (4.0, 2.0, 1.0, 0.7, 0.5, 0.35, 0.25, 0.17, 0.12, 0.08, 0.05, 0.03)
ALONG = np.sort(np.union1d(BETAS, np.geomspace(8, 0.03, 30)))[::-1]
BIASED = ("length", "courtesy", "agreement", "haste")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    rater: str = "courtesy"  # who compares, a key of RATERS
    beta: float = 0.03  # price of a nat, in points of reward


def start_policy() -> Policy:
    """Return the policy that RLHF starts from, π_ref."""
    return stage("instruction-tuning").policy


def spread(policy: Policy, values: FloatArray) -> float:
    """Return the standard deviation of `values` among a policy's replies to the same prompt."""
    drawn = policy.probabilities()
    mean = (drawn * values).sum(axis=1, keepdims=True)
    return float(np.sqrt((drawn * (values - mean) ** 2).sum(axis=1).mean()))


def gain(policy: Policy, start: Policy, values: FloatArray) -> float:
    """Return how much higher the mean of `values` is, in standard deviations of the start."""
    return (expected(policy, values) - expected(start, values)) / spread(start, values)


def trained_reward(rater: str, rng: np.random.Generator) -> FloatArray:
    """Return what each feature counts in the reward model that learns from this rater, (F,)."""
    world = load()
    pairs = compare(world, start_policy(), RATERS[rater], COMPARISONS, rng)
    return learned_weights(world, pairs)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Fit a reward model to comparisons, and tilt the start by it at every price of a nat.

    Returns
    -------
    Result
        From the start on, over falling prices (M,): ``kl`` (nats), ``proxy`` and ``truth`` (gains,
        standard deviations), ``helpful``, ``harmful``, ``refused`` and ``agreed`` (per cent).
        What a standard deviation of each feature counts: ``weight_correct`` and so on. At the
        price that is set: ``now_kl``, ``now_proxy``, ``now_truth``. Highest on the way:
        ``peak_truth`` and ``peak_kl``.
    """
    world, start = load(), start_policy()
    weights = trained_reward(settings.rater, rng)
    reward = reward_of(world, weights)
    policies: list[Policy] = [start, *(tilt(start, reward, beta) for beta in ALONG)]
    truth = np.array([gain(policy, start, world.truth) for policy in policies])
    proxy = np.array([gain(policy, start, reward) for policy in policies])
    far = np.array([kl_divergence(policy, start) for policy in policies])
    now = 1 + int(np.flatnonzero(settings.beta == ALONG)[0])
    peak = int(truth.argmax())
    return Result(
        {
            "kl": far,
            "proxy": proxy,
            "truth": truth,
            **_postures(policies),
            **{f"weight_{name}": weights[i] for i, name in enumerate(FEATURES)},
            "now_kl": far[now],
            "now_proxy": proxy[now],
            "now_truth": truth[now],
            "peak_truth": truth[peak],
            "peak_kl": far[peak],
        }
    )


def _postures(policies: list[Policy]) -> dict[str, FloatArray]:
    world = load()
    agrees, wrong = world.feature("agrees_with_user"), ~world.claim_right
    rows = [(*posture(policy, world), expected(policy, agrees, wrong)) for policy in policies]
    helpful, harm, over_refusal, _, _, agreed = 100 * np.array(rows).T
    return {"helpful": helpful, "harmful": harm, "refused": over_refusal, "agreed": agreed}


def _reward(rater: str) -> FloatArray:
    return reward_of(load(), trained_reward(rater, np.random.default_rng(SIMULATION.seed)))


def _off_closed_form(_: RunAt) -> float:
    """Return how far the policy that climbing finds is from the formula, in probability."""
    start = start_policy()
    worst = 0.0
    for rater in RATERS:
        reward = _reward(rater)
        for beta in (1.0, 0.25, 0.05):
            found = climb(start.probabilities(), reward, beta)
            gap = np.abs(found - tilt(start, reward, beta).probabilities()).max()
            worst = max(worst, float(gap))
    return worst


def _off_log_z(_: RunAt) -> float:
    """Return how far the value of the optimum is from β · mean log Z."""
    start, reward = start_policy(), _reward("courtesy")
    gaps = []
    for beta in (1.0, 0.25, 0.05):
        log_z = np.log((start.probabilities() * np.exp(reward / beta)).sum(axis=1))
        best = objective(tilt(start, reward, beta), start, reward, beta)
        gaps.append(abs(best - beta * log_z.mean()))
    return float(max(gaps))


def _off_slope(_: RunAt) -> float:
    """Return by what share the slope dE[r]/dKL of the frontier misses β, at most."""
    gaps = []
    for rater in RATERS:
        for beta in BETAS:
            ends = frontier(start_policy(), _reward(rater), beta * np.array([0.999, 1.001]))
            slope = (ends.reward[1] - ends.reward[0]) / (ends.kl[1] - ends.kl[0])
            gaps.append(abs(slope / beta - 1))
    return float(max(gaps))


def _fall(run_at: RunAt, rater: str) -> float:
    """Return how far the true value ends below its peak."""
    result = run_at(rater=rater)
    return float(result["peak_truth"] - result["truth"][-1])


def _least_rise(run_at: RunAt) -> float:
    return min(float(np.diff(run_at(rater=rater)["proxy"]).min()) for rater in RATERS)


def _agreement(_: RunAt) -> float:
    return agreement(prefers(load(), RATERS["careful"]), base_policy(load()))


CLAIMS = (
    Claim("Climbing E[r] − β · KL step by step ends at π_ref · exp(r/β) / Z, to a millionth",
          "rafailov2023", _off_closed_form, 0, 1e-6),
    Claim("… and the highest value is β · log Z", "rafailov2023", _off_log_z, 0, 1e-9),
    Claim("Along the frontier a nat more buys β points of reward: the slope is β to 0.1 %",
          "rafailov2023", _off_slope, 0, 1e-3),
    Claim("Two careful raters agree on about 73 % of pairs by the untuned assistant",
          "stiennon2020", _agreement, 0.69, 0.77),
    Claim("Whoever rates, the reward model's score rises with every fall of β", "gao2023",
          _least_rise, 0, np.inf),
    Claim("With a careful rater the true value stays within 0.05 of its peak", "gao2023",
          lambda run_at: _fall(run_at, "careful"), 0, 0.05),
    Claim("With a taste for length it falls at least 0.15 below it", "gao2023",
          lambda run_at: _fall(run_at, "length"), 0.15, np.inf),
    Claim("With a taste for courtesy it falls at least 0.5 below it", "gao2023",
          lambda run_at: _fall(run_at, "courtesy"), 0.5, np.inf),
    Claim("With a taste for agreement the replies end worse than they began", "sharma2024",
          lambda run_at: float(run_at(rater="agreement")["truth"][-1]), -np.inf, -0.2),
    Claim("With a rater in a hurry they do, too", "gao2023",
          lambda run_at: float(run_at(rater="haste")["truth"][-1]), -np.inf, -0.2),
    Claim("A careful rater teaches next to nothing about courtesy", "bradley1952",
          lambda run_at: abs(float(run_at(rater="careful")["weight_courtesy"])), 0, 0.1),
    Claim("One who likes courtesy teaches that taste as strong as it is, 1.11 for a standard "
          "deviation", "bradley1952",
          lambda run_at: float(run_at(rater="courtesy")["weight_courtesy"]), 0.95, 1.25),
)  # fmt: skip

SIMULATION = Simulation(
    slug="rlhf",
    title="RLHF: the rater, the reward model, the replies",
    parameters=(
        Parameter("rater", "Who compares", tuple(RATERS), "courtesy",
                  value_labels=tuple(rater.label for rater in RATERS.values())),
        Parameter("beta", "Price of a nat, β", BETAS, 0.03,
                  value_labels=tuple(f"{beta:g} points" for beta in BETAS)),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Further and further from the start (SIMULATED)", "kl",
              (Line("proxy", "reward model", "proxy"), Line("truth", "true value", "truth")),
              "divergence from the start (nats)", "gain (standard deviations)",
              (-1.0, 2.2), marker="now_kl"),
        Bars("What the reward model learned (SIMULATED)",
             (Line("weight_correct", "correct", "proxy"),
              Line("weight_complete", "complete", "proxy"),
              Line("weight_length", "length", "proxy"),
              Line("weight_courtesy", "courtesy", "proxy"),
              Line("weight_agrees_with_user", "agrees with the user", "proxy"),
              Line("weight_refuses", "declines", "proxy"),
              Line("weight_explains_refusal", "says why it declines", "proxy"),
              Line("weight_breaks_rule", "breaks a rule", "proxy")),
             "points of reward for a standard deviation", (-0.5, 2.2)),
        Curve("What the replies become (SIMULATED)", "kl",
              (Line("helpful", "right and complete"),
               Line("harmful", "break a rule"),
               Line("agreed", "agree with an error"),
               Line("refused", "over-refusal")),
              "divergence from the start (nats)", "% of replies", (0.0, 105.0), marker="now_kl"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Line chart over the divergence from the start. The reward model’s score rises all the "
        "way, to 1.4 standard deviations at 2.9 nats. The true value rises with it to 0.6 at "
        "0.7 nats, turns, and ends below 0. Beside it, bars: courtesy counts far more in the "
        "learned reward than any other attribute. Below, the share of right and complete replies "
        "falls from 90 to 31 %."
    ),
    finding=(
        "The rater likes a kind word, the reward model learns it, and training finds the kindest "
        "replies. First they are better, too. Then only the score improves."
    ),
    summary=(
        "Rater: {rater}; β {beta}. At {now_kl:.2f} nats the reward model’s score is up by "
        "{now_proxy:.2f} standard deviations and the true value by {now_truth:z.2f}."
    ),
    prediction=Prediction(
        id="rlhf-truth",
        prompt=(
            "A rater compares 3,000 pairs of replies, sees what they are worth, and is very fond "
            "of a kind word. A reward model learns from these choices. Then the assistant is "
            "trained hard on its score, until the score is up by 1.4 standard deviations. At "
            "first the true value of the replies rises with the score. Where does it end, "
            "compared with the start?"
        ),
        outcome=lambda result: float(result["now_truth"]),
        low=-1.5,
        high=1.5,
        unit="gain in true value, standard deviations",
        step=0.1,
        tolerance=0.2,
    ),
)  # fmt: skip
