r"""Displacement: the margin grows while the chosen reply dies out.

A library's assistant is asked for something that it must decline. Three replies are possible: a
kind "no", a bare "no", and going along with it. The annotators compare the two refusals and prefer
the kind one. The policy sees of each reply two things, whether it declines and how warm it is, and
learns weights for them. What the comparison teaches is the *difference* of the two replies; and of
all replies the one that has most of it is the warmest: the one that goes along.

At the start, by hand: the two refusals have score 4, the third 0, so each refusal has probability
e⁴/(2e⁴ + 1):

>>> before = trained(0.0, "dpo", steps=0)
>>> print(np.exp(before.log_probability[0]).round(4))
[0.4955 0.4955 0.0091]

How the probability moves at first: each reply's score grows with its features along the difference.

>>> difference = replies(0.0)[CHOSEN] - replies(0.0)[REJECTED]
>>> print(replies(0.0) @ difference)
[0.5  0.25 1.5 ]

Where the rejected reply goes along as well, the difference says something else: to decline. Every
number is SIMULATED. Not modelled: replies of many words, several prompts, weights that do more than
add up.

Source: razin2025 (likelihood displacement); azar2024, section 5 (IPO).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from proxygap.simulations._preference_losses import Dpo, Ipo, Loss
from proxygap.simulations._preference_training import Training, train
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

KIND_NO, BARE_NO, YES = (1.0, 1.0), (1.0, 0.5), (0.0, 3.0)  # declines, warmth
CHOSEN, REJECTED, THIRD = range(3)
START = np.array([4.0, 0.0])  # before the comparisons the policy declines, and warmth is nothing
WORTH = np.array([0.9, 0.4, -1.0])  # true value of the three replies where one must decline
BETA, TAU, RATE, STEPS = 0.1, 0.5, 0.5, 500
SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
EVERY = 5  # steps between two entries of the log
LOSSES: dict[str, tuple[Loss, float, float]] = {
    # Loss, length of a step, weight of the anchor. IPO's slope is longer, so its steps are shorter.
    "dpo": (Dpo(BETA), RATE, 0.0),
    "ipo": (Ipo(TAU), 0.02, 0.0),
    "anchor": (Dpo(BETA), RATE, 0.05),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    goes_along: float = 0.0  # how much the rejected reply does what was asked, 0 to 1
    loss: str = "dpo"


def replies(goes_along: float) -> FloatArray:
    """Return what the policy sees of the three replies, (3, 2): declines, warmth.

    Parameters
    ----------
    goes_along : float
        0: the rejected reply is a bare refusal. 1: it goes along, a little less warmly than the
        third.
    """
    rejected = (1 - goes_along) * np.array(BARE_NO) + goes_along * np.array([0.0, 2.5])
    return np.array([KIND_NO, rejected, YES])


def trained(goes_along: float, loss: str, steps: int = STEPS) -> Training:
    """Return the run of the three replies and the one pair."""
    paid, rate, anchor = LOSSES[loss]
    return train(
        replies(goes_along), START, [(CHOSEN, REJECTED)], paid,
        steps=steps, rate=rate, anchor=anchor,
    )  # fmt: skip


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return the log of a run, every fifth step. Nothing in it is left to chance.

    Returns
    -------
    Result
        Over ``step`` (101,): ``chosen``, ``rejected``, ``third`` (probabilities); ``gap``, nats;
        ``worth``, the mean true value; ``log_chosen``, ``log_rejected``. Scalars: ``percent_start``
        and ``percent`` of the chosen reply, ``percent_third``, ``accuracy`` (of the pair, 0 to
        100), ``final_gap``, ``fall`` (p(chosen) before, divided by after).
    """
    del rng
    logs, gaps = trained(settings.goes_along, settings.loss)
    shares, gap = np.exp(logs[::EVERY]), gaps[::EVERY, 0]
    return Result(
        {
            "step": np.arange(0.0, STEPS + 1, EVERY),
            "chosen": shares[:, CHOSEN],
            "rejected": shares[:, REJECTED],
            "third": shares[:, THIRD],
            "gap": gap,
            "worth": shares @ WORTH,
            "log_chosen": logs[::EVERY, CHOSEN],
            "log_rejected": logs[::EVERY, REJECTED],
            "percent_start": 100 * shares[0, CHOSEN],
            "percent": 100 * shares[-1, CHOSEN],
            "percent_third": 100 * shares[-1, THIRD],
            "accuracy": np.asarray(100.0 * (gap[-1] > 0)),
            "final_gap": gap[-1],
            "fall": shares[0, CHOSEN] / shares[-1, CHOSEN],
        }
    )


def _final(name: str, **values: float | str) -> Callable[[RunAt], float]:
    def measure(run_at: RunAt) -> float:
        return float(run_at(**values)[name])

    return measure


def _margin_never_falls(run_at: RunAt) -> float:
    """Return the smallest rise of the gap from one entry to the next, over all settings."""
    return min(
        float(np.diff(run_at(goes_along=share, loss="dpo")["gap"]).min()) for share in SHARES
    )


CLAIMS = (
    Claim("The chosen reply falls to less than a tenth of where it began (times)", "razin2025",
          _final("fall"), 10, np.inf),
    Claim("The gap of the pair rises all the while (nats)", "razin2025",
          _final("final_gap"), 0.1, np.inf),
    Claim("It rises in every step, whatever the pair", "razin2025", _margin_never_falls,
          1e-9, np.inf),
    Claim("Of the pairs in the data 100 % are now the right way round", "razin2025",
          _final("accuracy"), 100, 100),
    Claim("The probability goes to a reply that nobody has compared (per cent)", "razin2025",
          _final("percent_third"), 99, 100),
    Claim("It does not happen where the rejected reply goes along a fifth of the way (per cent "
          "of the third reply)", "razin2025", _final("percent_third", goes_along=0.2), 0, 5),
    Claim("There the chosen reply gains (times)", "razin2025",
          _final("fall", goes_along=0.5), 0, 0.99),
    Claim("IPO stops at the gap that it wants, 1/(2τ) (nats)", "azar2024",
          _final("final_gap", goes_along=0.5, loss="ipo"), 0.99, 1.01),
    Claim("So it leaves the chosen reply more than a third of the replies (per cent)", "azar2024",
          _final("percent", loss="ipo"), 33, 50),
)  # fmt: skip

SIMULATION = Simulation(
    slug="displacement",
    title="The reply that won, and vanished",
    parameters=(
        Parameter("goes_along", "The rejected reply goes along", SHARES, 0.0,
                  value_labels=("not at all", *(f"{100 * share:.0f} %" for share in SHARES[1:]))),
        Parameter("loss", "Loss", tuple(LOSSES), "dpo",
                  value_labels=("DPO", "IPO", "DPO with an anchor on the chosen reply")),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Which reply the policy gives", "step",
              (Line("chosen", "chosen: a kind no"),
               Line("rejected", "rejected"),
               Line("third", "third: goes along")),
              "training steps", "probability", (0.0, 1.0)),
        Curve("What the log of the run reports", "step",
              (Line("gap", "gap of the pair", "proxy"),
               Line("log_chosen", "log p(chosen)"),
               Line("log_rejected", "log p(rejected)")),
              "training steps", "nats", (-12.0, 6.0)),
        Curve("What the replies are worth", "step",
              (Line("worth", "true value", "truth"),),
              "training steps", "true value", (-1.05, 1.05)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three line charts over 500 training steps. The probabilities of the chosen and the "
        "rejected reply begin at one half each and end near 0, the chosen one after a short rise, "
        "while a third reply, which nobody compared, rises from 0.01 to nearly 1. In the log the "
        "gap of the pair rises all the while and the logarithms of both probabilities fall. The "
        "true value falls from 0.6 to minus 1."
    ),
    finding=(
        "A comparison teaches the difference between two replies. Where they differ only in "
        "warmth, training finds the warmest reply of all, and both replies that were compared die "
        "out while margin and accuracy look perfect."
    ),
    summary=(
        "{loss}; rejected reply goes along: {goes_along}. After 500 steps {percent:.2f} of 100 "
        "replies are the chosen one, {percent_start:.1f} before; {percent_third:.1f} the third. "
        "Gap {final_gap:.1f} nats, accuracy {accuracy:.0f} %. SIMULATED."
    ),
    prediction=Prediction(
        id="displacement-chosen",
        prompt=(
            "An assistant must decline. It gives a kind no and a bare no equally often, 50 times "
            "in 100 each, and the wrong reply, going along, once. Annotators say that they prefer "
            "the kind no to the bare one. DPO trains on that for 500 steps, until the comparison "
            "is fitted well. How many of 100 replies are the kind no now?"
        ),
        outcome=lambda result: float(result["percent"]),
        low=0,
        high=100,
        unit="of 100 replies",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
