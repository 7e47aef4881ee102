"""DPO on the shared world: the comparisons of the chapter on RLHF, without its reward model.

The same team has compared the same 3,000 pairs, and a nat of divergence has the same price. The
policy gives every reply a score of its own, so it can tell apart what a reward model that adds up
attributes cannot. With those attributes alone it would be the policy of that chapter, to rounding.
"""

from __future__ import annotations

from proxygap.simulations._dpo import fit_dpo
from proxygap.simulations._raters import SHARPNESS, Rater
from proxygap.simulations._replies import Policy, SoftmaxPolicy, World
from proxygap.simulations._techniques import Step, rlhf

BETA = rlhf.BETA * SHARPNESS
"""The price of a nat there, in nats of preference: its reward is in points of value."""


def trained(
    world: World, start: Policy, rater: Rater = rlhf.TEAM, seed: int = rlhf.SEED
) -> SoftmaxPolicy:
    """Return the policy that DPO makes of `start`.

    Parameters
    ----------
    world : World
        The prompts and replies.
    start : Policy
        Who wrote the replies that were compared, and the reference of the divergence.
    rater : Rater
        Who compared.
    seed : int
        Which pairs were drawn.
    """
    return fit_dpo(start, *rlhf.comparisons(world, start, rater, seed), beta=BETA).policy


STEP = Step(chapter="dpo", label="after DPO", start="instruction-tuning", tuned=trained)
