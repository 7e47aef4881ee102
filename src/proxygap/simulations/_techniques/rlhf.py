"""RLHF on the shared world, as its chapter runs it by default: an ordinary team, a medium leash.

The team compares 3,000 pairs of the instruction-tuned assistant's replies; a reward model is fitted
to them, and the assistant tilted by it. In the explorer of the chapter this is the rater "an
ordinary team" at β = 0.5.
"""

from __future__ import annotations

import numpy as np

from proxygap.simulations._raters import RATERS, Rater
from proxygap.simulations._replies import Policy, World, tilt
from proxygap.simulations._rlhf import COMPARISONS, Pairs, compare, learned_weights, reward_of
from proxygap.simulations._techniques import Step

TEAM = RATERS["team"]
BETA = 0.5
SEED = 0


def comparisons(world: World, start: Policy, rater: Rater = TEAM, seed: int = SEED) -> Pairs:
    """Return what a rater prefers among replies of `start`; what is compared hangs on the seed."""
    return compare(world, start, rater, COMPARISONS, np.random.default_rng(seed))


def trained(world: World, start: Policy, rater: Rater = TEAM, seed: int = SEED) -> Policy:
    """Return the policy that RLHF makes of `start`.

    Parameters
    ----------
    world : World
        The prompts and replies.
    start : Policy
        Who writes the replies that are compared, and the reference of the divergence.
    rater : Rater
        Who compares.
    seed : int
        Which pairs are drawn.
    """
    pairs = comparisons(world, start, rater, seed)
    return tilt(start, reward_of(world, learned_weights(world, pairs)), BETA)


STEP = Step(chapter="rlhf", label="after RLHF", start="instruction-tuning", tuned=trained)
