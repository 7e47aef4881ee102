r"""Rails round the assistant: a filter reads each request, another one each reply, and both err.

The model stays as it is. What a rail blocks is replaced by the refusal that was written for the
prompt. A rail gives a score of alarm, normal with spread 1, and blocks above its threshold:

    blocked = Phi(alarm - threshold)

A request that asks for what a rule forbids looks alarming, and so do, less so, the borderline ones:
they hold the same words. A reply that breaks a rule looks more alarming than the request for it.
The chances are exact, nothing is drawn, and every number is SIMULATED.

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

import numpy as np

from proxygap.simulations._composed_system import Kind, System, ends
from proxygap.simulations._replies import Policy, TablePolicy, World
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._techniques import Step

RAIL = System(threshold=2.0)
"""Both rails block what looks more alarming than this, in standard deviations."""

ALARM = {"ordinary": -0.5, "borderline": 0.5, "disallowed": 1.5}
"""How alarming the words of a request look to the input rail."""

BREACH = 2.5
"""How alarming a reply looks that breaks a rule; any other looks as an ordinary request does."""


def _blocked(alarm: float) -> float:
    """Return the chance that a rail blocks what looks so alarming."""
    return ends(RAIL, Kind("message", "message", 1, "answered", alarm=alarm, intent=0)).blocked


def input_blocks(world: World) -> FloatArray:
    """Return the chance that the input rail blocks each request, (P,)."""
    alarms = np.full(len(world.prompts), ALARM["ordinary"])
    alarms[world.borderline] = ALARM["borderline"]
    alarms[world.disallowed] = ALARM["disallowed"]
    return np.array([_blocked(alarm) for alarm in alarms])


def output_blocks(world: World) -> FloatArray:
    """Return the chance that the output rail blocks each reply, (P, R)."""
    breach, other = _blocked(BREACH), _blocked(ALARM["ordinary"])
    return np.where(world.feature("breaks_rule") > 0, breach, other)


def railed(world: World, start: Policy, requests: FloatArray, replies: FloatArray) -> TablePolicy:
    """Return the policy with rails round it; what they block becomes the refusal.

    Parameters
    ----------
    world : World
        The prompts and replies.
    start : Policy
        The model behind the rails.
    requests : (P,) array
        The chance that the input rail blocks each request.
    replies : (P, R) array
        The chance that the output rail blocks each reply, given that the request passed.
    """
    passed = start.probabilities() * (1 - requests[:, None]) * (1 - replies)
    for row, prompt in zip(passed, world.prompts, strict=True):
        row[prompt.replies.index(prompt.reply("refusal"))] += 1 - row.sum()
    return TablePolicy(passed)


def tuned(world: World, start: Policy) -> TablePolicy:
    """Put the two rails round the assistant that was red-teamed and fixed."""
    return railed(world, start, input_blocks(world), output_blocks(world))


STEP = Step(chapter="guardrails", label="with guardrails", start="red-teaming", tuned=tuned)
