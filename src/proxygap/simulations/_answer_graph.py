"""A population of answers as a causal graph, with an operator that intervenes.

Arrows point from cause to effect: care → value, care → length, value → mark, value → detail. A
draw goes through the graph from causes to effects. To *do* something to a node is to set it by
hand: what causes it no longer matters, what it causes follows (pearl2009).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._spec import FloatArray

Drawn = dict[str, FloatArray]
Mechanism = Callable[[Drawn, np.random.Generator, int], FloatArray]

SHARED = 0.8  # share of the variance of value, and of length, that comes from care
DETAIL_NOISE = 0.5
RAMBLING = 0.02  # share of answers that go on and on
RAMBLE_FROM = 3.0  # detail of a rambling answer, at least
LUCK = 0.5  # standard deviation of the error of the mark that authors know
WORK = 1.0  # value of the hour that an author may spend on tricks instead


def care(_: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
    """Return how much trouble the author took."""
    return rng.normal(size=size)


def value(drawn: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
    """Return what the answer is truly worth: care, and chance."""
    return _from_care(drawn["care"], rng.normal(size=size))


def length(drawn: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
    """Return how long it is: care, and chance. Value is no cause of it and no effect."""
    return _from_care(drawn["care"], rng.normal(size=size))


def _from_care(taken: FloatArray, chance: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(SHARED) * taken + np.sqrt(1 - SHARED) * chance)


def marking(noise: float) -> Mechanism:
    """Return the mechanism of a mark: value, and an error of standard deviation `noise`."""

    def mark(drawn: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
        return drawn["value"] + noise * rng.normal(size=size)

    return mark


def detail(drawn: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
    """Return how detailed it is. Good answers are; a few, of little value, go on and on."""
    ordinary = drawn["value"] + DETAIL_NOISE * rng.normal(size=size)
    rambling = RAMBLE_FROM + np.abs(rng.normal(size=size))
    # The poorer the answer, the likelier it rambles: 2 % of all, nearly 4 % of the worst.
    chance = RAMBLING * 2 / (1 + np.exp(2 * drawn["value"]))
    return np.where(rng.random(size) < chance, rambling, ordinary)


def skill(_: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
    """Return by how much an hour of tricks would raise the author's mark."""
    return rng.exponential(size=size)


def luck(_: Drawn, rng: np.random.Generator, size: int) -> FloatArray:
    """Return the error of the mark that authors know about."""
    return LUCK * rng.normal(size=size)


def graph(noise: float) -> dict[str, Mechanism]:
    """Return the mechanisms by node, causes before effects."""
    return {
        "care": care,
        "value": value,
        "length": length,
        "mark": marking(noise),
        "detail": detail,
        "skill": skill,
        "luck": luck,
    }


def draw(
    mechanisms: Mapping[str, Mechanism],
    size: int,
    rng: np.random.Generator,
    do: Mapping[str, FloatArray | float] | None = None,
) -> Drawn:
    """Draw a population, some nodes perhaps set by hand.

    Parameters
    ----------
    mechanisms : mapping
        Mechanism of each node, causes before effects.
    size : int
        How many answers.
    rng : numpy.random.Generator
        Each node has a stream of its own: an intervention changes nothing but its effects.
    do : mapping or None
        Nodes that are set, and what to.

    Returns
    -------
    dict
        (size,) array by node.
    """
    drawn: Drawn = {}
    streams = rng.spawn(len(mechanisms))
    for (name, mechanism), stream in zip(mechanisms.items(), streams, strict=True):
        if do is not None and name in do:
            drawn[name] = np.broadcast_to(np.asarray(do[name], dtype=float), (size,))
        else:
            drawn[name] = mechanism(drawn, stream, size)
    return drawn


class HandedIn(NamedTuple):
    """What authors hand in when they know how it is marked.

    Attributes
    ----------
    mark, value : (size,) arrays
        Of each answer.
    tricked : (size,) bool array
        Whether its author spent the hour on tricks.
    """

    mark: FloatArray
    value: FloatArray
    tricked: NDArray[np.bool_]


def respond(drawn: Drawn) -> HandedIn:
    """Let every author spend an hour on work or on tricks, whichever gives the higher mark."""
    tricked = drawn["skill"] > WORK
    worth = drawn["value"] - WORK * tricked
    return HandedIn(worth + drawn["skill"] * tricked + drawn["luck"], worth, tricked)
