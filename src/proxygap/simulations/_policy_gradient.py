"""Policy gradient with a few features: learners that generalise to states they have never seen.

In each state a learner takes action a with a probability proportional to
``exp(weights · features[s, a])``. It moves its weights along the gradient of what it is paid. All
learners and all their episodes take step t together.

Source: williams1992 (REINFORCE).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray
from proxygap.simulations._world import IntArray, World, starts, table


class Ascent(NamedTuple):
    """How the learners learn.

    Attributes
    ----------
    updates : int
        Number of steps along the gradient.
    batch : int
        Episodes from which each gradient is estimated.
    rate : float
        Length of a step along the gradient.
    """

    updates: int = 100
    batch: int = 50
    rate: float = 0.5


def reinforce(
    world: World, features: FloatArray, rng: np.random.Generator, *, seeds: int, ascent: Ascent
) -> FloatArray:
    """Train `seeds` learners from weights of zero.

    Parameters
    ----------
    world : World
        What the learners live in; nothing but the start may be left to chance.
    features : (S, A, F) float
        What the learners know of each action in each state; 0 where an episode is over.
    rng : numpy.random.Generator
        Source of all randomness.
    seeds : int
        Number of independent learners N.
    ascent : Ascent
        Number, precision and length of the steps.

    Returns
    -------
    (U + 1, N, F) array
        The weights before the first update and after each.
    """
    weights = np.zeros((ascent.updates + 1, seeds, features.shape[2]))
    for update in range(ascent.updates):
        chances = policies(features, weights[update])
        centred = features - np.einsum("nsa,saf->nsf", chances, features)[:, :, None]
        slope = _slope(world, chances, centred, rng, ascent.batch)
        weights[update + 1] = weights[update] + ascent.rate * slope
    return weights


def policies(features: FloatArray, weights: FloatArray) -> FloatArray:
    """Return each learner's probability of each action in each state, shape (N, S, A)."""
    drive = np.einsum("saf,nf->nsa", features, weights)
    chances: FloatArray = np.exp(drive - drive.max(axis=2, keepdims=True))
    chances /= chances.sum(axis=2, keepdims=True)
    return chances


def _slope(
    world: World, chances: FloatArray, centred: FloatArray, rng: np.random.Generator, batch: int
) -> FloatArray:
    """Estimate the gradient, shape (N, F), of the expected return from `batch` episodes each."""
    learners, states, actions = chances.shape
    who = np.repeat(np.arange(learners), batch)
    pairs = _play(world, chances.reshape(learners * states, actions), who, rng)
    reward = table(world).reward[pairs]
    ahead = reward[::-1].cumsum(axis=0)[::-1].reshape(world.horizon, learners, batch)
    # What an action is worth beyond what this learner's other episodes bring from there on.
    advantage = (ahead - ahead.mean(axis=2, keepdims=True)).reshape(world.horizon, -1)
    direction = centred.reshape(learners, states * actions, -1)[who, pairs]
    total = np.einsum("tm,tmf->mf", advantage, direction)
    slope: FloatArray = total.reshape(learners, batch, -1).mean(axis=1)
    return slope


def _play(world: World, chances: FloatArray, who: IntArray, rng: np.random.Generator) -> IntArray:
    """Return the state-action pairs, shape (T, M), of M episodes; `who` plays each of them."""
    thresholds = chances.cumsum(axis=1)[:, :-1]
    next_state, state = table(world).next_state, starts(world, rng, len(who))
    luck = rng.random((world.horizon, len(who), 1))
    pairs = np.empty((world.horizon, len(who)), dtype=np.intp)
    for step in range(world.horizon):
        passed = luck[step] >= thresholds[who * world.states + state]
        pairs[step] = state * world.actions + passed.sum(axis=1)
        state = next_state[pairs[step]]
    return pairs
