r"""Unanimous raters: DPO never has enough, IPO stops.

Two replies, equally likely at the start, and raters of whom a share prefers the first. RLHF and DPO
read the share p as a reward gap of log(p/(1 − p)). Where everybody agrees that gap is infinite, so
DPO drives the other reply out, whatever the price β. IPO asks for a gap of (2p − 1)/(2τ) nats and
no more: unanimous raters get σ(1/(2τ)).

>>> print([round(float(ipo_aim(tau, 1.0)), 4) for tau in (0.1, 1.0, 10.0)])
[0.9933, 0.6225, 0.5125]
>>> print([round(float(dpo_aim(beta, 0.75)), 4) for beta in (0.5, 1.0)])
[0.9, 0.75]

Training is plain gradient descent on the exact shares. Every number is SIMULATED. Not modelled:
more than two replies, a policy whose replies share features, comparisons drawn by chance.

Source: azar2024, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._preference_losses import Dpo, Ipo, Loss
from proxygap.simulations._reward_model import sigmoid
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._views import Curve, Line

PRICES = (0.1, 0.3, 1.0, 3.0)
SHARES = (0.5, 0.75, 0.9, 0.99, 1.0)
STEPS = 5000
RATE = 0.4  # IPO's curvature is 2 and DPO's at most β²/4, so both settle without a swing
AT = np.unique(np.geomspace(1, STEPS, 60).round().astype(int))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    price: float = 1.0  # β or τ
    agree: float = 1.0  # share of raters that prefer the first reply


def dpo_aim(beta: float, agree: float) -> float:
    """Return the probability of the first reply at the minimum of DPO's loss."""
    if agree == 1:
        return 1.0
    return float(sigmoid(np.log(agree / (1 - agree)) / beta))


def ipo_aim(tau: float, agree: float) -> float:
    """Return the probability of the first reply at the minimum of IPO's loss."""
    return float(sigmoid(np.asarray((2 * agree - 1) / (2 * tau))))


def descend(loss: Loss, agree: float, at: FloatArray = AT) -> FloatArray:
    """Return the gap after each number of steps in `at`, from a gap of 0.

    Parameters
    ----------
    loss : Loss
        DPO's or IPO's.
    agree : float
        Share of raters that prefer the first reply.
    at : (M,) array of int
        Numbers of steps, rising.
    """
    gap, gaps, wanted = 0.0, [], set(at.tolist())
    for step in range(1, int(at[-1]) + 1):
        slope = agree * loss.slope(gap) - (1 - agree) * loss.slope(-gap)
        gap -= RATE * float(slope)
        if step in wanted:
            gaps.append(gap)
    return np.array(gaps)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return both runs at one price, and where they end for every share of raters.

    Returns
    -------
    Result
        Over ``step``: ``dpo`` and ``ipo``, probability of the first reply. Over ``share`` (51,):
        ``dpo_ends`` and ``ipo_ends``, at the minimum of each loss. Scalars: ``now_share``,
        ``final_dpo``, ``final_ipo`` after 5,000 steps, ``aim_ipo``, all probabilities.
    """
    del rng
    dpo = sigmoid(descend(Dpo(settings.price), settings.agree))
    ipo = sigmoid(descend(Ipo(settings.price), settings.agree))
    shares = np.linspace(0.5, 1.0, 51)
    return Result(
        {
            "step": AT.astype(float),
            "dpo": dpo,
            "ipo": ipo,
            "share": 100 * shares,
            "dpo_ends": np.array([dpo_aim(settings.price, share) for share in shares]),
            "ipo_ends": np.array([ipo_aim(settings.price, share) for share in shares]),
            "now_share": np.asarray(100 * settings.agree),
            "final_dpo": dpo[-1],
            "final_ipo": ipo[-1],
            "aim_ipo": np.asarray(ipo_aim(settings.price, settings.agree)),
        }
    )


def _ipo_off(run_at: RunAt) -> float:
    """Return the largest distance from σ(1/(2τ)) over all τ, with unanimous raters."""
    return max(
        abs(float(run_at(price=tau)["final_ipo"]) - float(sigmoid(np.asarray(1 / (2 * tau)))))
        for tau in PRICES
    )


def _dpo_least(run_at: RunAt) -> float:
    return min(float(run_at(price=beta)["final_dpo"]) for beta in PRICES if beta <= 1)


def _still_rising(run_at: RunAt) -> float:
    """Return the last rise of DPO's probability where it is slowest, unanimous raters."""
    return float(np.diff(run_at(price=PRICES[-1])["dpo"])[-1])


def _dpo_off_with_doubt(run_at: RunAt) -> float:
    result = run_at(price=1.0, agree=0.75)
    return abs(float(result["final_dpo"]) - 0.75)


CLAIMS = (
    Claim("With unanimous raters IPO ends at σ(1/(2τ)), for every τ on offer (furthest off)",
          "azar2024", _ipo_off, 0, 1e-3),
    Claim("DPO runs to 1 (lowest probability at β = 0.1, 0.3, 1)", "azar2024", _dpo_least,
          0.999, 1),
    Claim("At β = 3 it is slower, and still rising", "azar2024", _still_rising, 1e-5, 1),
    Claim("Where one rater in four disagrees DPO stops too, at β = 1 where the raters stand (off)",
          "rafailov2023", _dpo_off_with_doubt, 0, 1e-3),
)  # fmt: skip

SIMULATION = Simulation(
    slug="ipo",
    title="When everybody agrees",
    parameters=(
        Parameter("price", "Price, β or τ", PRICES, 1.0),
        Parameter("agree", "Raters who prefer the first reply", SHARES, 1.0,
                  value_labels=tuple(f"{100 * share:.0f} %" for share in SHARES)),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("The first of two replies, in training", "step",
              (Line("dpo", "DPO"), Line("ipo", "IPO")),
              "training steps", "probability of the first reply", (0.45, 1.0), x_scale="log"),
        Curve("Where training ends", "share",
              (Line("dpo_ends", "DPO"), Line("ipo_ends", "IPO")),
              "raters who prefer the first reply (%)", "probability of the first reply",
              (0.45, 1.0), marker="now_share"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Two line charts. Over 5,000 training steps, drawn so that each step to the right "
        "multiplies their number, the probability of the first reply under DPO climbs from one "
        "half to 1; under IPO it stops at 0.62 after a few steps. Beside it, where both end for "
        "50 to 100 % of raters: DPO reaches 1 where all agree, IPO 0.62."
    ),
    finding=(
        "Where every rater agrees, DPO’s price for moving away counts for nothing: it runs until "
        "the other reply is gone. IPO asks for a fixed gap and stops there."
    ),
    summary=(
        "Price {price}, {agree} of raters prefer the first reply: after 5,000 steps DPO gives it "
        "with probability {final_dpo:.3f} and IPO with {final_ipo:.3f}. SIMULATED."
    ),
)  # fmt: skip
