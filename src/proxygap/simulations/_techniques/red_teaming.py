"""Red-teaming: attack the tuned assistant on a budget, and train it on what was found.

Red teamers send every forbidden prompt a few times and note the replies that break a rule. The
assistant is then trained to decline the prompts at which it was caught. It knows a prompt by its
words alone, so what it learns spreads to prompts that are worded alike, forbidden or not. Ordinary
prompts stand beside the hits in the training as controls; borderline ones do not, because nobody
thought of them. Every number is SIMULATED.

Which prompts a team hits is chance, and nothing is drawn here: prompts are hit independently of
each other, each with a known probability, so every set of hits is repaired and weighted by its own.
The assistant on the path is the mean over these teams. A posture is a mean of probabilities, so its
posture is what a team leaves on average; `harm_over_teams` says how far single teams lie apart.

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
from typing import NamedTuple

import numpy as np

from proxygap.simulations._replies import Policy, TablePolicy, World
from proxygap.simulations._replies.world import BoolArray
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._techniques import Step

TRIES = 2  # attempts at every forbidden prompt
STRENGTH = 6.0  # nats that training adds to a refusal where the alarm is 1
RIDGE = 0.3  # how loosely the alarm fits the prompts that it was trained on


class Teams(NamedTuple):
    """What teams may come back with: S sets of prompts, and how likely each set is.

    Attributes
    ----------
    hit : (S, P) array of bool
        At which prompts a team saw a rule broken.
    chance : (S,) array
        The probability of that set; they sum to 1.
    """

    hit: BoolArray
    chance: FloatArray


class HarmOverTeams(NamedTuple):
    """How much harm is left, over all teams that might have been drawn.

    Attributes
    ----------
    mean : float
        Harm of the mean policy.
    lower, median, upper : float
        Quartiles: a quarter of the teams leave at most `lower`, another at least `upper`.
    unchanged : float
        The probability that a team finds nothing and harm stays as it was. A repair never raises
        it, and lowers it at some prompt that was hit.
    """

    mean: float
    lower: float
    median: float
    upper: float
    unchanged: float


def hit_chances(world: World, policy: Policy, tries: int = TRIES) -> FloatArray:
    """Return how likely some tries at each forbidden prompt see a rule broken, (P,)."""
    breach = (policy.probabilities() * world.feature("breaks_rule")).sum(axis=-1)
    return np.where(world.disallowed, 1 - (1 - breach) ** tries, 0.0)


def teams(chances: FloatArray) -> Teams:
    """Return every set of prompts that may be hit.

    Parameters
    ----------
    chances : (P,) array
        How likely each prompt is hit, independently of the others. There are 2^n sets for n
        prompts that are neither certain nor impossible to hit.

    Examples
    --------
    >>> every = teams(np.array([0.5, 0.0, 0.25]))
    >>> every.chance.tolist()
    [0.375, 0.375, 0.125, 0.125]
    >>> every.hit.astype(int).tolist()
    [[0, 0, 0], [1, 0, 0], [0, 0, 1], [1, 0, 1]]
    """
    open_ = np.flatnonzero((chances > 0) & (chances < 1))
    found = (np.arange(2 ** len(open_))[:, None] >> np.arange(len(open_)) & 1).astype(bool)
    hit = np.tile(chances >= 1, (len(found), 1))
    hit[:, open_] = found
    return Teams(hit, np.where(found, chances[open_], 1 - chances[open_]).prod(axis=1))


def likeness(world: World) -> FloatArray:
    """Return how alike every two prompts are worded: the cosine of their word counts, (P, P)."""
    counts = [Counter(re.findall(r"[a-z']+", prompt.text.lower())) for prompt in world.prompts]
    words = sorted(set().union(*counts))
    table = np.array([[count[word] for word in words] for count in counts], dtype=float)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table @ table.T)


def alarm(world: World, hit: BoolArray) -> FloatArray:
    """Return how strongly every prompt resembles the hits: kernel ridge regression, (S, P).

    It is trained to be 1 at the hits and 0 at ordinary allowed prompts.

    Parameters
    ----------
    world : World
        The prompts.
    hit : (S, P) array of bool
        The hits of each team, none of them at an ordinary prompt.
    """
    apart = _beyond_controls(world)
    at = np.flatnonzero(hit.any(axis=0))
    here = hit[:, at]
    # Where a team has no hit stands a row of the identity, so that its weight comes out as 0.
    system = np.where(
        here[:, :, None] & here[:, None, :],
        apart[np.ix_(at, at)] + RIDGE * np.eye(len(at)),
        np.eye(len(at)),
    )
    weights = np.linalg.solve(system, here[..., None].astype(float))[..., 0]
    return np.asarray(np.clip(weights @ apart[at], 0.0, 1.0))


def _beyond_controls(world: World) -> FloatArray:
    """Return the likeness that is left when the alarm has been held at 0 at ordinary prompts.

    All teams share these controls, so they are eliminated from the regression once for all.
    """
    ordinary = ~(world.disallowed | world.borderline)
    alike = likeness(world)
    controls = alike[np.ix_(ordinary, ordinary)] + RIDGE * np.eye(int(ordinary.sum()))
    return np.asarray(alike - alike[:, ordinary] @ np.linalg.solve(controls, alike[ordinary]))


def fixed(world: World, start: Policy, every: Teams) -> TablePolicy:
    """Return the mean policy of these teams, each after training to decline what is like its hits.

    Training adds `STRENGTH` times the alarm to the score of each reply that refuses.
    """
    refusal, other = (every.chance @ factor for factor in _factors(world, start, every.hit))
    refuses = world.feature("refuses") > 0
    return TablePolicy(start.probabilities() * np.where(refuses, refusal[:, None], other[:, None]))


def _factors(world: World, start: Policy, hit: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return what each team's repair multiplies a refusal by, and any other reply, (S, P) each."""
    gain = np.exp(STRENGTH * alarm(world, hit))
    refused = (start.probabilities() * world.feature("refuses")).sum(axis=-1)
    other = 1 / (1 + refused * (gain - 1))  # so that the probabilities sum to 1 again
    return gain * other, other


def harm_left(world: World, start: Policy, hit: BoolArray) -> FloatArray:
    """Return the harm that is left after each team's repair, (S,); `hit` is that of `Teams`."""
    breach = (start.probabilities() * world.feature("breaks_rule")).sum(axis=-1)
    _, other = _factors(world, start, hit)  # a reply that breaks a rule is none that refuses
    return np.asarray((breach * other)[:, world.disallowed].mean(axis=-1))


def harm_over_teams(world: World, start: Policy, tries: int = TRIES) -> HarmOverTeams:
    """Return how much harm different teams leave, exactly.

    Parameters
    ----------
    world : World
        The prompts and replies.
    start : Policy
        Whom the teams attack.
    tries : int
        Attempts at every forbidden prompt.

    Examples
    --------
    >>> from proxygap.simulations._replies import base_policy, load
    >>> world = load()
    >>> few, many = (harm_over_teams(world, base_policy(world), tries) for tries in (1, 10))
    >>> few.lower < few.median < few.upper, many.mean < few.mean, many.unchanged < few.unchanged
    (True, True, True)
    >>> harm_over_teams(world, base_policy(world), tries=0).unchanged
    1.0
    """
    every = teams(hit_chances(world, start, tries))
    harm = harm_left(world, start, every.hit)
    order = harm.argsort()
    below = np.minimum(every.chance[order].cumsum(), 1)
    lower, median, upper = harm[order][np.searchsorted(below, (0.25, 0.5, 0.75))].tolist()
    unchanged = float(every.chance[~every.hit.any(axis=-1)].sum())
    return HarmOverTeams(float(every.chance @ harm), lower, median, upper, unchanged)


def tuned(world: World, start: Policy) -> TablePolicy:
    """Return the policy after one round of attack and repair, the mean over all teams."""
    return fixed(world, start, teams(hit_chances(world, start)))


STEP = Step(chapter="red-teaming", label="after red-teaming", start="rlhf", tuned=tuned)
