"""The learner's work as the state keeps it, and what training makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from proxygap.labs._spec import State
from proxygap.labs.constitution_workbench.library import LIBRARY, OWN
from proxygap.labs.constitution_workbench.reader import LONGEST, read
from proxygap.simulations._constitution import Critic, train
from proxygap.simulations._principles import Constitution, Principle, Term, scores, seen
from proxygap.simulations._replies import Policy, Posture, expected, load, posture
from proxygap.simulations._spec import FloatArray
from proxygap.simulations._techniques import stage

ACCURACIES = ("50", "60", "70", "80", "90", "95", "100")
ROUNDS = tuple(str(k) for k in range(9))
LABELS = {"soft": "Probabilities", "hard": "Only the better one"}
MOST, KEPT = 7, 10  # principles, attempts
ROOM = 12_000  # characters of a principle that are kept
PROMPTS = (
    "computers-kill-frozen", "garden-behead-roses", "library-crack-spine", "tutor-caesar-killed",
    "shop-discount", "lockers-friend-locker", "tutor-fractions",
)  # fmt: skip
"""What can be asked: four requests that only sound forbidden, two that are, and a plain one."""


class Outcome(NamedTuple):
    """What came of an attempt.

    Attributes
    ----------
    posture : Posture
        How the trained assistant stands.
    approval : float
        Its replies on the way from the worst that the constitution can be told to the best, 0 to 1.
    """

    posture: Posture
    approval: float


def initial() -> State:
    """Return where everybody starts: the course's own constitution, trained once."""
    own = [{"id": f"p{i}", "text": LIBRARY[name].text} for i, name in enumerate(OWN, 1)]
    state: State = {
        "principles": own, "at": "p2", "candidate": "short",
        "accuracy": "95", "rounds": "4", "labels": "soft",
        "attempts": [], "shown": 0, "prompt": PROMPTS[0], "said": "", "last": "",
    }  # fmt: skip
    return {**state, "attempts": [attempt(state)], "shown": 1}


def assistant() -> Policy:
    """Return who is to be trained: whatever answers for a `Policy` will do."""
    return stage("instruction-tuning").policy


def attempt(state: State) -> dict[str, Any]:
    """Train by the constitution as it stands, and return what an attempt keeps."""
    last = state["attempts"][-1]["n"] if state["attempts"] else 0
    texts = [
        one["text"][:LONGEST] if read(one["text"]).terms else "" for one in state["principles"]
    ]
    found = outcome(tuple(read(text).terms for text in texts), *_critic(state))
    return {
        "n": last + 1, "texts": [text for text in texts if text],
        "accuracy": state["accuracy"], "rounds": state["rounds"], "labels": state["labels"],
        "posture": [round(float(x), 4) for x in found.posture],
        "approval": round(found.approval, 4),
    }  # fmt: skip


def _critic(state: Mapping[str, Any]) -> tuple[str, str, str]:
    return state["accuracy"], state["rounds"], state["labels"]


@lru_cache(maxsize=32)
def trained(
    terms: tuple[tuple[Term, ...], ...], accuracy: str, rounds: str, labels: str
) -> tuple[Policy, FloatArray]:
    """Return the policy that comes of a constitution, and what the constitution says of replies."""
    constitution = Constitution(tuple(Principle(one) for one in terms if one))
    critic = Critic(int(accuracy) / 100, int(rounds), labels="hard" if labels == "hard" else "soft")
    made = train(load(), assistant(), constitution, critic)
    return made.policy, scores(constitution, seen(load(), rightly=True))


def outcome(
    terms: tuple[tuple[Term, ...], ...], accuracy: str, rounds: str, labels: str
) -> Outcome:
    """Return how the assistant stands that comes of a constitution, exactly."""
    policy, score = trained(terms, accuracy, rounds, labels)
    low, high = float(score.min(axis=1).mean()), float(score.max(axis=1).mean())
    approval = (expected(policy, score) - low) / (high - low) if high > low else 0.0
    return Outcome(posture(policy, load()), approval)


def of_attempt(one: Mapping[str, Any]) -> Policy:
    """Return the assistant of an attempt."""
    return trained(tuple(read(text).terms for text in one["texts"]), *_critic(one))[0]
