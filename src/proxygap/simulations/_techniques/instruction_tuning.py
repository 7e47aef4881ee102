r"""Instruction tuning on the shared world: imitate what somebody wrote in reply to instructions.

A demonstration is a prompt and the reply that a writer would give, the "good" one. The score of a
reply becomes the start's plus something linear in its attributes,

.. math:: s(x, y) = \log \pi_{start}(y \mid x) + w \cdot \phi(x, y),

and :math:`w` is found by gradient descent on the cross-entropy of the demonstrated replies.

By default the writers were given requests that an assistant should serve, since these are what one
collects first. Nobody showed the model how to decline.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._replies import Policy, SoftmaxPolicy, World
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._techniques import Step

DEMONSTRATIONS = 100
DECAY = 0.3  # weight decay: keeps every reply possible, as few passes over the texts do
RATE, STEPS = 1.0, 200  # of gradient descent; the last step changes no digit that is shown
SEED = 5


class Demonstrations(NamedTuple):
    """What was shown.

    Attributes
    ----------
    prompts, replies : (N,) arrays of int
        The prompt of each demonstration, and the index of its reply.
    """

    prompts: NDArray[np.intp]
    replies: NDArray[np.intp]


def write(
    world: World, number: int, rng: np.random.Generator, *, refusals: bool = False
) -> Demonstrations:
    """Draw prompts and let a writer answer each with its good reply.

    Parameters
    ----------
    world : World
        The prompts and replies.
    number : int
        How many to write.
    rng : numpy.random.Generator
        Which prompts they are about.
    refusals : bool
        Whether prompts that a rule forbids are among them, with a refusal as the good reply.
    """
    asked = np.arange(len(world.prompts)) if refusals else np.flatnonzero(~world.disallowed)
    good = np.array([[r.kind for r in p.replies].index("good") for p in world.prompts])
    prompts = rng.choice(asked, size=number)
    return Demonstrations(prompts, good[prompts])


def cross_entropy(policy: Policy, shown: Demonstrations) -> float:
    """Return the mean of −log π(reply | prompt) over the demonstrations, in nats."""
    return float(-np.log(policy.probabilities()[shown.prompts, shown.replies]).mean())


def imitate(world: World, start: Policy, shown: Demonstrations) -> SoftmaxPolicy:
    """Return the policy that the demonstrations make of `start`."""
    logits, features = np.log(start.probabilities()), world.standardised
    weights = np.zeros(features.shape[-1])
    for _ in range(STEPS):
        weights -= RATE * _slope(logits, features, weights, shown)
    return SoftmaxPolicy(logits + features @ weights)


def _slope(
    logits: FloatArray, features: FloatArray, weights: FloatArray, shown: Demonstrations
) -> FloatArray:
    """Return the gradient of the cross-entropy and the decay: what is expected less what is."""
    chance = SoftmaxPolicy(logits + features @ weights).probabilities()
    expected = np.einsum("pr,prf->pf", chance, features)
    surplus = expected[shown.prompts] - features[shown.prompts, shown.replies]
    return np.asarray(surplus.mean(axis=0) + DECAY * weights)


def tuned(world: World, start: Policy) -> Policy:
    """Return the assistant after instruction tuning at the chapter's settings."""
    shown = write(world, DEMONSTRATIONS, np.random.default_rng(SEED))
    return imitate(world, start, shown)


STEP = Step(
    chapter="instruction-tuning",
    label="after instruction tuning",
    start="language-models",
    tuned=tuned,
)
