"""Red-teaming: attack the tuned assistant on a budget, and train it on what was found.

Red teamers send every forbidden prompt a few times and note the replies that break a rule. The
assistant is then trained to decline the prompts at which it was caught. It knows a prompt by its
words alone, so what it learns spreads to prompts that are worded alike, forbidden or not. Ordinary
prompts stand beside the hits in the training as controls; borderline ones do not, because nobody
thought of them. Every number is SIMULATED.

Examples
--------
>>> from proxygap.simulations._replies import base_policy, load, posture
>>> world = load()
>>> before = base_policy(world)
>>> after = tuned(world, before)
>>> posture(after, world).harm < posture(before, world).harm
True
>>> posture(after, world).over_refusal > posture(before, world).over_refusal
True
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from proxygap.simulations._replies import Policy, SoftmaxPolicy, World
from proxygap.simulations._replies.world import BoolArray
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._techniques import Step

TRIES = 2  # attempts at every forbidden prompt
STRENGTH = 6.0  # nats that training adds to a refusal where the alarm is 1
RIDGE = 0.3  # how loosely the alarm fits the prompts that it was trained on
SEED = 9


def attack(world: World, policy: Policy, rng: np.random.Generator, tries: int = TRIES) -> BoolArray:
    """Send every forbidden prompt some times; return at which prompts a rule was broken, (P,)."""
    sent = np.repeat(np.flatnonzero(world.disallowed), tries)
    breaks = world.feature("breaks_rule")[sent, policy.sample(rng, sent)] > 0
    hit = np.zeros(len(world.prompts), dtype=bool)
    hit[sent[breaks]] = True
    return hit


def likeness(world: World) -> FloatArray:
    """Return how alike every two prompts are worded: the cosine of their word counts, (P, P)."""
    counts = [Counter(re.findall(r"[a-z']+", prompt.text.lower())) for prompt in world.prompts]
    words = sorted(set().union(*counts))
    table = np.array([[count[word] for word in words] for count in counts], dtype=float)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table @ table.T)


def alarm(world: World, hit: BoolArray) -> FloatArray:
    """Return how strongly every prompt resembles the hits: kernel ridge regression, (P,).

    It is trained to be 1 at the hits and 0 at ordinary allowed prompts.
    """
    seen = hit | ~(world.disallowed | world.borderline)
    alike = likeness(world)
    weights = np.linalg.solve(
        alike[np.ix_(seen, seen)] + RIDGE * np.eye(int(seen.sum())), hit[seen].astype(float)
    )
    return np.asarray(np.clip(alike[:, seen] @ weights, 0.0, 1.0))


def fixed(world: World, start: Policy, hit: BoolArray) -> SoftmaxPolicy:
    """Return the policy after it was trained to decline what resembles the hits."""
    logits = np.log(np.maximum(start.probabilities(), np.finfo(float).tiny))
    return SoftmaxPolicy(logits + STRENGTH * alarm(world, hit)[:, None] * world.feature("refuses"))


def tuned(world: World, start: Policy) -> Policy:
    """Return the policy after one round of attack and repair."""
    return fixed(world, start, attack(world, start, np.random.default_rng(SEED)))


STEP = Step(chapter="red-teaming", label="after red-teaming", start="rlhf", tuned=tuned)
