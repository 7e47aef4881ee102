"""Constitutional AI on the shared world of replies: a critic, its revisions, its preferences.

The critic judges replies by a constitution. It sees what a reply does; what it may get wrong is the
*request*: of those that sound forbidden it takes a few for the other kind, and judges the replies
accordingly. Training has the two stages of bai2022: the critic revises drafts round by round, then
a preference model learned from its comparisons tilts the policy. The policy reads requests with its
critic's eyes, so both errors of the critic return as errors of the policy.

Examples
--------
>>> from proxygap.simulations._principles import ANSWERS, COURTEOUS, FRANK, RULES, WARY
>>> from proxygap.simulations._replies import base_policy, load, posture
>>> world = load()
>>> before = base_policy(world)
>>> wary = Constitution((RULES, WARY, ANSWERS, FRANK, COURTEOUS))  # "sounds forbidden"
>>> for constitution in (DEFAULT, wary):
...     after = train(world, before, constitution, Critic(accuracy=1.0))
...     print(f"{posture(after.policy, world).over_refusal:.0%}")
0%
98%
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._principles import DEFAULT, Constitution, Seen, scores, seen
from proxygap.simulations._replies import Policy, TablePolicy, World, tilt
from proxygap.simulations._replies.world import BoolArray
from proxygap.simulations._reward_model import sigmoid
from proxygap.simulations._spec import FloatArray

__all__ = [
    "BETA", "DEFAULT", "Constitution", "Critic", "Trained", "comparisons", "features", "fit",
    "revise", "train",
]  # fmt: skip

SHARPNESS = 4.0  # log-odds of a preference for each point of score
NOISE = 0.5  # standard deviation of the judge's error, log-odds
RIDGE = 0.3
BETA = 0.25  # what a nat of divergence costs in the second stage


@dataclass(frozen=True, slots=True)
class Critic:
    """Who criticises, revises and compares.

    Parameters
    ----------
    accuracy : float
        Chance that it reads a request that sounds forbidden for what it is, from 0.5 to 1.
    rounds : int
        Revisions of each draft.
    fix : float
        Chance that a round mends a draft that can be better.
    slip : float
        Chance that a round takes the help out of a draft.
    labels : str
        What it hands to the preference model: probabilities, or only which reply is better.
    """

    accuracy: float = 0.95
    rounds: int = 4
    fix: float = 0.5
    slip: float = 0.02
    labels: Literal["soft", "hard"] = "soft"


class Trained(NamedTuple):
    """What training made.

    Attributes
    ----------
    policy : TablePolicy
        After both stages.
    revised : TablePolicy
        After the first one.
    score : (P, R) array
        What the constitution, rightly read, says of each reply: the proxy.
    """

    policy: TablePolicy
    revised: TablePolicy
    score: FloatArray


def revise(
    drafts: FloatArray, score: FloatArray, helps: FloatArray, critic: Critic, rounds: int
) -> FloatArray:
    """Return the distribution of the drafts after some rounds of criticism and revision. Exact.

    A round mends a draft with chance ``critic.fix``: another is drawn from among those with a
    higher score, as likely as the first draft was. With chance ``critic.slip`` it is watered down
    instead: another is drawn from among those that do not help.

    Parameters
    ----------
    drafts, score, helps : (P, R) arrays
        Probabilities of the first drafts, what the constitution says of them, how far they help.
    critic : Critic
        Its chances.
    rounds : int
        How many rounds.
    """
    better = score[:, None, :] > score[:, :, None] + 1e-9
    useless = np.broadcast_to(helps[:, None, :] == 0, better.shape)
    step = critic.slip * _draw(drafts, useless)
    step += (1 - critic.slip) * (
        critic.fix * _draw(drafts, better) + (1 - critic.fix) * np.eye(drafts.shape[1])
    )
    now = drafts[:, None, :]
    for _ in range(rounds):
        now = now @ step
    return np.asarray(now[:, 0, :])


def _draw(drafts: FloatArray, among: BoolArray) -> FloatArray:
    """Return the chance of each reply after each: drawn `among` some; with none, it stays."""
    weight = among * drafts[:, None, :]
    total = weight.sum(axis=-1, keepdims=True)
    stays = np.eye(drafts.shape[1])[None]
    return np.where(total > 0, weight / np.where(total > 0, total, 1), stays)


@cache
def _pairs(replies: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    first, second = np.triu_indices(replies, 1)
    return first, second


def comparisons(
    score: FloatArray, *, hard: bool, noise: float = NOISE, seed: int = 8
) -> FloatArray:
    """Return how likely the judge finds the first of each two replies the better one, (P, pairs).

    The judge's log-odds are the difference in score times `SHARPNESS`, and an error. A hard label
    keeps only which of the two it finds better.
    """
    first, second = _pairs(score.shape[1])
    odds = SHARPNESS * (score[:, first] - score[:, second])
    odds = odds + noise * np.random.default_rng(seed).normal(size=odds.shape)
    return np.asarray((odds > 0).astype(float) if hard else sigmoid(odds))


def features(what: Seen) -> FloatArray:
    """Return what the preference model sees, (P, R, 28).

    Every attribute apart for requests that look forbidden, that only sound so, and others; and
    whether a reply agrees with a user who is mistaken.
    """
    forbidden = what.places["forbidden"]
    sounds = what.places["sounds"] * (1 - forbidden)
    kinds = np.stack([forbidden, sounds, 1 - forbidden - sounds])
    attributes = np.stack(list(what.attributes.values()))
    each = (kinds[:, None, :, None] * attributes[None]).reshape(-1, *attributes.shape[1:])
    flatters = what.places["mistaken"][:, None] * what.attributes["agrees_with_user"]
    return np.moveaxis(np.concatenate([each, flatters[None]]), 0, -1)


def fit(difference: FloatArray, labels: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the weights of a Bradley–Terry preference model: maximum likelihood, a small ridge.

    Parameters
    ----------
    difference : (N, F) array
        Features of the first reply of each pair less those of the second.
    labels : (N,) array
        Probability that the first is better; 0 and 1 for hard labels.
    weights : (N,) array
        How much each pair counts.
    """
    found = np.zeros(difference.shape[1])
    ridge = RIDGE * np.eye(len(found))
    for _ in range(12):
        chance = sigmoid(difference @ found)
        slope = difference.T @ (weights * (labels - chance)) - RIDGE * found
        curvature = (difference.T * (weights * chance * (1 - chance))) @ difference
        step = np.linalg.solve(curvature + ridge, slope)
        found += step / max(1.0, float(np.abs(step).max()) / 4)  # no leap where all is separable
        if np.abs(step).max() < 1e-8:
            break
    return found


def train(
    world: World, start: Policy, constitution: Constitution, critic: Critic, beta: float = BETA
) -> Trained:
    """Train a policy by a constitution: revisions first, then AI preferences.

    Parameters
    ----------
    world : World
        The prompts and replies.
    start : Policy
        Who writes the first drafts.
    constitution : Constitution
        What the critic goes by. One that asks for nothing changes nothing.
    critic : Critic
        Who criticises and compares.
    beta : float
        What a nat of divergence costs in the second stage.
    """
    drafts = start.probabilities()
    chances = ((True, critic.accuracy), (False, 1 - critic.accuracy))
    readings = [(seen(world, rightly=rightly), chance) for rightly, chance in chances]
    judged = [scores(constitution, what) for what, _ in readings]
    if not any(score.any() for score in judged):
        return Trained(TablePolicy(drafts), TablePolicy(drafts), judged[0])
    learned = _preference_model(readings, judged, hard=critic.labels == "hard")
    revised, final = np.zeros_like(drafts), np.zeros_like(drafts)
    for (what, chance), score in zip(readings, judged, strict=True):
        mended = revise(drafts, score, what.attributes["helps"], critic, critic.rounds)
        mended /= mended.sum(axis=1, keepdims=True)
        tilted = tilt(TablePolicy(mended), features(what) @ learned, beta)
        revised += chance * mended
        final += chance * tilted.probabilities()
    return Trained(TablePolicy(final), TablePolicy(revised), judged[0])


def _preference_model(
    readings: list[tuple[Seen, float]], judged: list[FloatArray], *, hard: bool
) -> FloatArray:
    """Return the weights learned from every pair of replies to every prompt."""
    rows, labels, counts = [], [], []
    for (what, chance), score in zip(readings, judged, strict=True):
        first, second = _pairs(score.shape[1])
        seen_as = features(what)
        difference = seen_as[:, first] - seen_as[:, second]
        rows.append(difference.reshape(-1, difference.shape[-1]))
        labels.append(comparisons(score, hard=hard).ravel())
        counts.append(np.full(len(rows[-1]), chance))
    return fit(np.concatenate(rows), np.concatenate(labels), np.concatenate(counts))
