"""The shared world of the chapters on training: everyday prompts, eight replies to each, all known.

Seven assistants with a rule or two, 40 prompts, and replies of which every attribute and the true
value are written down. So a policy over them, what people prefer, a reward model and the posture
that comes of it are exact, and the proxy and the truth can both be read off. Nothing in it is
harmful: *disallowed* means that the toy rule of this assistant forbids it.

Examples
--------
>>> world = load()
>>> world.shape
(40, 8)
>>> base = base_policy(world)
>>> tuned = tilt(base, world.truth, beta=0.2)
>>> posture(tuned, world).truth > posture(base, world).truth
True
"""

from proxygap.simulations._replies.measures import (
    Posture,
    expected,
    kl_divergence,
    posture,
    preference_probability,
)
from proxygap.simulations._replies.policies import (
    UNTUNED,
    Policy,
    SoftmaxPolicy,
    TablePolicy,
    always,
    base_policy,
    best_of,
    tilt,
)
from proxygap.simulations._replies.reading import load, read_family
from proxygap.simulations._replies.world import FEATURES, KINDS, Family, Prompt, Reply, World

__all__ = [
    "FEATURES",
    "KINDS",
    "UNTUNED",
    "Family",
    "Policy",
    "Posture",
    "Prompt",
    "Reply",
    "SoftmaxPolicy",
    "TablePolicy",
    "World",
    "always",
    "base_policy",
    "best_of",
    "expected",
    "kl_divergence",
    "load",
    "posture",
    "preference_probability",
    "read_family",
    "tilt",
]
