"""A score that is right on average: true value plus an error whose tail can be chosen.

True values are standard normal. The score of an answer is its true value plus an independent error
of mean 0. Integrals run over a fine grid of cells, so that nothing here is drawn by chance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from proxygap.simulations._spec import FloatArray

EDGES = 0.5 * np.sinh(np.linspace(0, 18, 1501))
"""Cell edges of the scores above 0: 0.006 apart at first, and out to 16 million."""

_NORMAL = NormalDist()
_UNDERFLOW = 38.0  # beyond it a normal tail is smaller than any float


def normal_sf(x: ArrayLike) -> FloatArray:
    """Return the chance that a standard normal number exceeds x; far out it keeps its digits."""
    x = np.asarray(x, dtype=float)
    chance = np.where(x > 0, 0.0, 1.0)
    near = np.abs(x) < _UNDERFLOW
    chance[near] = [0.5 * math.erfc(value) for value in x[near] / math.sqrt(2)]
    return chance


def laplace_sf(x: FloatArray) -> FloatArray:
    """Return the chance that a Laplace number of variance 1 exceeds x."""
    tail = 0.5 * np.exp(-math.sqrt(2) * np.abs(x))
    return np.where(x > 0, tail, 1 - tail)


def bounded_sf(x: FloatArray) -> FloatArray:
    """Return the chance that a uniform number of variance 1, within ±√3, exceeds x."""
    return np.asarray(np.clip((1 - x / math.sqrt(3)) / 2, 0, 1))


def t3_sf(x: FloatArray) -> FloatArray:
    """Return the chance that a Student t number with 3 degrees of freedom exceeds x."""
    y = np.abs(x) / math.sqrt(3)
    near = np.minimum(y, 1e3)
    exact = (np.arctan2(1.0, near) - near / (1 + near**2)) / math.pi
    far = 2 / (3 * math.pi * np.maximum(y, 1e3) ** 3)  # there the difference above loses digits
    tail = np.where(y < 1e3, exact, far)
    return np.where(x > 0, tail, 1 - tail)


def t2_sf(x: FloatArray) -> FloatArray:
    """Return the chance that a Student t number with 2 degrees of freedom exceeds x."""
    root = np.sqrt(2 + x**2)
    tail: FloatArray = 1 / (root * (root + np.abs(x)))
    return np.where(x > 0, tail, 1 - tail)


@dataclass(frozen=True, slots=True)
class Tail:
    """A kind of error.

    Attributes
    ----------
    label : str
        What a learner reads.
    sf : callable
        The chance that the error exceeds x, elementwise.
    draw : callable
        ``(rng, size) -> array`` of independent errors.
    """

    label: str
    sf: Callable[[FloatArray], FloatArray]
    draw: Callable[[np.random.Generator, tuple[int, ...]], FloatArray]


ROOT3 = math.sqrt(3)
TAILS: Mapping[str, Tail] = {
    "bounded": Tail("never large", bounded_sf, lambda rng, size: rng.uniform(-ROOT3, ROOT3, size)),
    "gaussian": Tail("Gaussian", normal_sf, lambda rng, size: rng.normal(size=size)),
    "laplace": Tail("Laplace: large ones now and then", laplace_sf,
                    lambda rng, size: rng.laplace(scale=1 / math.sqrt(2), size=size)),
    "t3": Tail("Student t3: huge ones, rarely", lambda x: t3_sf(x * ROOT3),
               lambda rng, size: rng.standard_t(3, size) / ROOT3),
    "t2": Tail("Student t2: huge ones, less rarely", t2_sf,
               lambda rng, size: rng.standard_t(2, size)),
}  # fmt: skip
"""Errors by name, from the lightest tail to the heaviest. All but t2 have variance 1; t2 has none.
"""


@dataclass(frozen=True, slots=True)
class Cells:
    """Every answer there is, gathered by its score, lowest first.

    Attributes
    ----------
    base : (K,) array
        Probability of each cell.
    score : (K,) array
        The proxy: the score in the middle of the cell.
    truth : (K,) array
        Mean true value of the answers in the cell.
    rank : (K,) array
        The score's place among all answers, as a standard normal number: 0 is the middle,
        2 is better than 97.7 %.
    """

    base: FloatArray
    score: FloatArray
    truth: FloatArray
    rank: FloatArray


@lru_cache(maxsize=16)
def cells(tail: str) -> Cells:
    """Return all answers when the error has the tail called `tail`.

    With the true value on a lattice, the chance that a score exceeds u is a weighted sum of error
    tails, and so is the mean true value above u. Cells are the differences of both. All is
    symmetric round 0, so the lower half mirrors the upper one, in which small chances keep digits.
    """
    value = np.arange(-9, 9.01, 0.05)
    weight = np.exp(-(value**2) / 2)
    weight /= weight.sum()
    exceeds = TAILS[tail].sf(EDGES[:, None] - value)
    above, truth_above = exceeds @ weight, exceeds @ (weight * value)
    base = -np.diff(above)
    real = base > 1e-290  # elsewhere no answer has such a score
    base, truth = base[real], -np.diff(truth_above)[real] / base[real]
    score = ((EDGES[:-1] + EDGES[1:]) / 2)[real]
    rank = np.array([-_NORMAL.inv_cdf(share) for share in above[1:][real] + base / 2])
    mirrored = [np.concatenate([-half[::-1], half]) for half in (score, truth, rank)]
    return Cells(np.concatenate([base[::-1], base]) / (2 * base.sum()), *mirrored)
