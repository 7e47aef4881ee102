"""The fourth step: the same clicks through DPO, without a reward model."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import Block, Section, Text
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.learning import (
    Votes,
    assistant,
    by_dpo,
    learn,
    start,
    variation,
    votes,
)
from proxygap.labs.you_are_the_labeller.pairs import pairs
from proxygap.labs.you_are_the_labeller.show_assistant import BEFORE, CAPTION, leash
from proxygap.labs.you_are_the_labeller.show_reward import in_the_way
from proxygap.labs.you_are_the_labeller.words import postures
from proxygap.simulations._replies import Policy, load

HOW = (
    "DPO skips the reward model: it changes the policy itself until the replies that you chose are "
    "likelier, relative to where it started, than those that you did not."
)
TIED = "DPO that sees the attributes"
OWN = "DPO, a score for each reply"


def sections(state: State) -> list[Section]:
    """Return both routes from the same labels, side by side."""
    labels = s.shown_labels(state)
    cast, beta = votes(labels), float(state["leash"])
    rlhf = assistant(learn(cast), beta)
    tied, own = (by_dpo(cast, beta, tied=seen).policy for seen in (True, False))
    rows = ((BEFORE, start()), ("RLHF", rlhf), (TIED, tied), (OWN, own))
    told: list[Block] = [
        Text("how", HOW),
        postures(rows, CAPTION, TIED),
        Text("same", _same(rlhf, tied), "The same assistant.", "good"),
        Text("own", _own(own), "Without attributes."),
    ]
    if s.decided(labels):
        told.append(Text("rarer", _rarer(cast, tied), "Chosen, and yet rarer."))
    if problem := in_the_way(labels):
        told.insert(0, Text("in-the-way", problem, tone="missed"))
    return [
        Section("leash", "How far may it go?", "controls", (leash(state),)),
        Section("made", "The same clicks through DPO", "result", tuple(told)),
    ]


def _same(rlhf: Policy, dpo: Policy) -> str:
    far = variation(rlhf, dpo)
    size = "less than a millionth" if far < 1e-6 else f"{far:.2g}"
    return (
        "If the policy sees what the reward model saw, both routes end at the same probabilities: "
        f"the largest difference over all 40 prompts is {size}. The formula of DPO is that of "
        "RLHF, solved for the reward."
    )


def _own(policy: Policy) -> str:
    moved = (abs(policy.probabilities() - start().probabilities()) > 1e-9).any(axis=-1).sum()
    return (
        "If every reply has a score of its own, only prompts that you have seen change: "
        f"{moved} of {len(load().prompts)}. The comparisons then teach nothing about the next "
        "message. What carries over is what replies have in common."
    )


def _rarer(cast: Votes, policy: Policy) -> str:
    known, before, after = pairs(), start().probabilities(), policy.probabilities()
    chosen = {(known[name].place, known[name].a if vote > 0.5 else known[name].b)
              for name, vote in cast if vote != 0.5}  # fmt: skip
    fallen = sum(after[where] < before[where] for where in chosen)
    return (
        f"Of the {len(chosen)} replies that you preferred, {fallen} are now rarer than before. A "
        "comparison only asks that one reply gain on the other; a third, which nobody compared, "
        "may gain on both."
    )
