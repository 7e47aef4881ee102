"""Sampling: temperature and top-p reshape what a model draws from, and add no knowledge.

A model with two words of context has to go on after "the gallery opens at". Temperature T raises
each probability to the power 1/T; top-p then keeps only the likeliest words that together reach p.
Low settings make it repeat what is commonest, high ones let it wander:

>>> for temperature in (0.0, 1.0, 2.0):
...     print(f"T = {temperature}: {SIMULATION.run_at(temperature=temperature)['now_entropy']:.2f}")
T = 0.0: 0.00
T = 1.0: 2.91
T = 2.0: 6.38

Of the places that it has read about more open at nine than at any other hour, so the coldest
setting is right for these places and wrong for all others. No setting does better.

Not modelled: settings that look at the whole text, such as penalties for repetition, and choices
among whole sentences. The town is invented; the numbers are computed on its notices.

Source: holtzman2020 (nucleus sampling, and the dullness of the likeliest text).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from proxygap.simulations._linden import model, opening, town
from proxygap.simulations._ngram import (
    entropy,
    nucleus,
    reshaped,
    sample,
    tempered,
)
from proxygap.simulations._spec import Claim, FloatArray, Parameter, Result, RunAt, Simulation
from proxygap.simulations._views import Bars, Curve, Line

TEMPERATURES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
TOP_P = (0.25, 0.5, 0.75, 0.9, 0.95, 1.0)
HOURS = ("nine", "ten", "eight", "six", "five", "seven")
ASKED = opening("gallery")
TEXTS, LENGTH = 8, 40  # texts written at each temperature, and their words


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    temperature: float = 1.0
    top_p: float = 1.0  # probability that the kept words reach together


def repeated(words: tuple[str, ...], length: int = 3) -> float:
    """Return the share of runs of three words that stood in the same text before.

    >>> repeated(("a", "b", "c", "a", "b", "c"))
    0.25
    """
    runs = [words[at : at + length] for at in range(len(words) - length + 1)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


@lru_cache(maxsize=64)
def _of_texts(temperature: float, top_p: float) -> float:
    """Return the share of repeated runs, mean over the texts written."""
    streams = np.random.default_rng(5).spawn(TEXTS)
    written = (
        sample(model(3), (".",), LENGTH, stream, temperature=temperature, top_p=top_p)
        for stream in streams
    )
    return float(np.mean([repeated(text) for text in written]))


def right_hour(temperature: float, top_p: float) -> float:
    """Return the chance to draw the right opening hour, mean over the places told of."""
    place = {word: at for at, word in enumerate(model(3).vocabulary)}
    chances = [
        reshaped(model(3).probabilities(opening(name)), temperature, top_p)[place[hour[0]]]
        for name, hour in town().facts["opens"].items()
        if name in town().told
    ]
    return float(np.mean(chances))


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return what is drawn from, and what comes of it, for every temperature and the one set.

    Returns
    -------
    Result
        Chances of the next word in %, ``next_nine`` to ``next_seven`` and ``next_other``. Over
        ``temperature`` (8,): ``entropy`` (bits) of the next word at this top-p, ``right`` hours
        and ``repeats``, %. At the setting: ``now_temperature``, ``now_entropy``, ``now_kept``
        (words that can come), ``now_right``, ``now_repeats``.
    """
    plain = model(3).probabilities(ASKED)
    drawn = reshaped(plain, settings.temperature, settings.top_p)
    place = {word: at for at, word in enumerate(model(3).vocabulary)}
    percent = {hour: 100 * float(drawn[place[hour]]) for hour in HOURS}
    shapes = [reshaped(plain, one, settings.top_p) for one in TEMPERATURES]
    right = np.array([100 * right_hour(one, settings.top_p) for one in TEMPERATURES])
    repeats = np.array([100 * _of_texts(one, settings.top_p) for one in TEMPERATURES])
    now = TEMPERATURES.index(settings.temperature)
    return Result(
        {
            **{f"next_{hour}": np.asarray(chance) for hour, chance in percent.items()},
            "next_other": np.asarray(max(0.0, 100 - sum(percent.values()))),
            "temperature": np.array(TEMPERATURES),
            "entropy": np.array([entropy(one) for one in shapes]),
            "right": right,
            "repeats": repeats,
            "now_temperature": np.asarray(settings.temperature),
            "now_entropy": np.asarray(entropy(drawn)),
            "now_kept": np.asarray(float((drawn > 0).sum())),
            "now_right": right[now],
            "now_repeats": repeats[now],
        }
    )


def _random_chances() -> FloatArray:
    return np.random.default_rng(6).dirichlet(np.ones(40), 30)


def _power_gap(_: RunAt) -> float:
    """Return by how much tempered odds differ from the odds to the power 1/T."""
    gaps = []
    for chances in _random_chances():
        for t in TEMPERATURES[1:]:
            after = tempered(chances, t)
            gaps.append(np.log(after[1:] / after[0]) - np.log(chances[1:] / chances[0]) / t)
    return float(np.abs(gaps).max())


def _slope_gap(_: RunAt) -> float:
    """Return by how much the slope of entropy differs from Var(ln q)/(T ln 2), relatively.

    With q the tempered distribution, dH/dT = Var_q(ln q)/T nats: H never falls as T rises.
    """
    gaps = []
    for chances in _random_chances():
        for t, step in ((0.5, 1e-5), (1.0, 1e-5), (2.0, 1e-5)):
            q = tempered(chances, t)
            surprise = np.log(q)
            variance = (q * surprise**2).sum() - (q * surprise).sum() ** 2
            rise = entropy(tempered(chances, t + step)) - entropy(tempered(chances, t - step))
            gaps.append(rise / (2 * step) / (variance / t / np.log(2)) - 1)
    return float(np.abs(gaps).max())


def _nucleus_misses(_: RunAt) -> float:
    """Return how often a nucleus falls short of p, or would reach it without its least word."""
    misses = 0
    for chances in _random_chances():
        for top_p in TOP_P[:-1]:
            kept = chances[nucleus(chances, top_p) > 0]
            misses += not kept.sum() - kept.min() < top_p <= kept.sum() + 1e-12
            misses += bool(chances[nucleus(chances, top_p) == 0].max() > kept.min())
    return float(misses)


def _change_at_one(_: RunAt) -> float:
    return float(max(np.abs(reshaped(one, 1.0, 1.0) - one).max() for one in _random_chances()))


def _best_right(_: RunAt) -> float:
    return 100 * max(right_hour(t, p) for t in TEMPERATURES for p in TOP_P)


CLAIMS = (
    Claim("Temperature raises odds to the power 1/T, exactly", "holtzman2020", _power_gap, 0, 1e-9),
    Claim("Entropy grows with temperature at the rate Var(ln q)/T", "holtzman2020", _slope_gap,
          0, 1e-5),
    Claim("Top-p keeps the fewest words that reach p, the likeliest ones", "holtzman2020",
          _nucleus_misses, 0, 0),
    Claim("At temperature 1 and top-p 1 nothing is changed", "holtzman2020", _change_at_one,
          0, 1e-12),
    Claim("The coldest text repeats more than half of its runs of three words", "holtzman2020",
          lambda run_at: float(run_at(temperature=0.0)["now_repeats"]), 50, 100),
    Claim("At temperature 1 it repeats less than a tenth", "holtzman2020",
          lambda run_at: float(run_at()["now_repeats"]), 0, 10),
    Claim("At temperature 0 the hour is right for 4 places of 11", "holtzman2020",
          lambda run_at: float(run_at(temperature=0.0)["now_right"]), 100 * 4 / 11 - 1e-9,
          100 * 4 / 11 + 1e-9),
    Claim("No temperature and no top-p tells the right hour more often than that", "holtzman2020",
          _best_right, 100 * 4 / 11 - 1e-9, 100 * 4 / 11 + 1e-9),
)  # fmt: skip

SIMULATION = Simulation(
    slug="sampling",
    title="Temperature and top-p",
    parameters=(
        Parameter("temperature", "Temperature", TEMPERATURES, 1.0),
        Parameter("top_p", "Top-p", TOP_P, 1.0),
    ),
    settings=Settings,
    run=run,
    views=(
        Bars("After “the gallery opens at”",
             (Line("next_nine", "nine"), Line("next_ten", "ten: so it is", "truth"),
              Line("next_eight", "eight"), Line("next_six", "six"), Line("next_five", "five"),
              Line("next_seven", "seven"), Line("next_other", "other words")),
             "chance to be drawn (%)", (0.0, 100.0)),
        Curve("How open the next word is", "temperature",
              (Line("entropy", "entropy"),), "temperature", "bits", (0.0, 8.0),
              marker="now_temperature"),
        Curve("What comes of it", "temperature",
              (Line("repeats", "repetition"),
               Line("right", "right hours", "truth")),
              "temperature", "%", (0.0, 100.0), marker="now_temperature"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. Chances of the next word at temperature 1: nine 37 %, ten and eight 16 % "
        "each, the other hours less. The entropy of the next word rises with the temperature from "
        "0 to more than 6 bits. Repeated runs of words fall from most of them at temperature 0 to "
        "hardly any at 1; right opening hours fall from 36 % to 9 %."
    ),
    finding=(
        "Temperature trades repetition against nonsense. At no setting is the hour right more "
        "often than by always naming the commonest one, which is right for four places of eleven."
    ),
    summary=(
        "Temperature {temperature}, top-p {top_p}: {now_kept:.0f} words can come, entropy "
        "{now_entropy:.2f} bits. {now_repeats:.0f} % of runs of three words are repeated, "
        "{now_right:.0f} % of opening hours are right. SIMULATED."
    ),
)  # fmt: skip
