"""Rounds of criticism and revision, apart from any words: what each takes out and what it loses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray

HARM, HELP = 2, 4  # harmful remarks and helpful points in a first draft
HARM_COUNTS = 2.0  # helpful points that a harmful remark outweighs
ROUNDS = np.arange(9.0)


class Kind(NamedTuple):
    """A critic's habits: how it revises, how it reads requests, and how far its odds are off."""

    fix: float
    slip: float
    accuracy: float
    noise: float


CRITICS = {
    "careless": Kind(0.2, 0.1, 0.8, 1.5),
    "ordinary": Kind(0.4, 0.05, 0.95, 0.75),
    "sharp": Kind(0.6, 0.02, 1.0, 0.5),
}


def after_rounds(
    rounds: float | FloatArray, critic: Kind, *, harm: float = HARM, help_: float = HELP
) -> tuple[FloatArray, FloatArray]:
    """Return the mean number of harmful remarks and of helpful points that are left.

    Parameters
    ----------
    rounds : float or array
        Rounds of criticism and revision.
    critic : Kind
        Whose ``fix`` is q and whose ``slip`` is s.
    harm, help_ : float
        What a first draft has on average.
    """
    k = np.asarray(rounds, dtype=float)
    return harm * (1 - critic.fix) ** k, help_ * (1 - critic.slip) ** k


def best_round(critic: Kind) -> float:
    """Return after how many rounds a reply is worth most: there one more would gain nothing.

    Where the loss of help, g₀ ln(1/(1−s)) (1−s)^k, has caught up with the gain in harm.
    """
    mends, loses = -np.log1p(-critic.fix), -np.log1p(-critic.slip)
    ratio = HARM_COUNTS * HARM * mends / (HELP * loses)
    return float(np.log(ratio) / (mends - loses))


def draw_rounds(critic: Kind, drafts: int, rng: np.random.Generator) -> tuple[FloatArray, ...]:
    """Revise real drafts: what is left after each round, (9, drafts) each."""
    harm, good = np.full(drafts, HARM), np.full(drafts, HELP)
    left = [(harm, good)]
    for _ in ROUNDS[1:]:
        harm, good = rng.binomial(harm, 1 - critic.fix), rng.binomial(good, 1 - critic.slip)
        left.append((harm, good))
    return tuple(np.array(each, dtype=float) for each in zip(*left, strict=True))
