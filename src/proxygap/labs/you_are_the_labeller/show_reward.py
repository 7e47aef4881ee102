"""The second step: the reward model, its uncertainty, and where choices contradict each other."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import Block, Section, Text
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.learning import foreseen, learn, votes
from proxygap.labs.you_are_the_labeller.pairs import pairs, twice
from proxygap.labs.you_are_the_labeller.show_compare import POINTS
from proxygap.labs.you_are_the_labeller.words import price_list, what_was_learned

MIRROR = {"a": "b", "b": "a", "tie": "tie"}
FEW = 10


def sections(state: State) -> list[Section]:
    """Return what was learned, in words and with intervals, and how consistent it is."""
    labels = s.shown_labels(state)
    learned = learn(votes(labels))
    told: list[Block] = [Text("told", what_was_learned(learned))]
    if problem := in_the_way(labels):
        told.insert(0, Text("in-the-way", problem, tone="missed"))
    result = (
        *told,
        price_list(learned, "Points paid for a unit of each attribute (SIMULATED)"),
        Text("points", POINTS, tone="quiet"),
    )
    return [
        Section("fit", "How well it knows you", "controls", _fit(state, labels)),
        Section("prices", "What your reward model has learned", "result", result),
    ]


def in_the_way(labels: s.Labels) -> str:
    """Return why there is little to learn from these labels; empty if there is enough."""
    given = [choice for choice in labels.values() if choice != "skip"]
    if not given:
        return (
            "There is no label to learn from yet. Go back to “Compare”; ten comparisons already "
            "show something."
        )
    if set(given) == {"tie"}:
        return (
            f"You called all {len(given)} pairs equal. So every reply is worth the same to your "
            "reward model, every price is 0, and the assistant stays as it is."
        )
    if len(given) < FEW:
        return (
            f"Only {len(given)} {'label' if len(given) == 1 else 'labels'}: the intervals are "
            "nearly as wide as before the first. Compare more pairs, or read on with care."
        )
    return ""


def _fit(state: State, labels: s.Labels) -> tuple[Block, ...]:
    learned = learn(votes(labels))
    sided = s.decided(labels)
    blocks: list[Block] = []
    if sided:
        right = foreseen(learned, sided)
        told = f"It agrees with {right} of the {len(sided)} choices between A and B that made it."
        blocks.append(Text("foresees", told))
    if missing := len(pairs()) - len(labels):
        told = f"{missing} of {len(pairs())} pairs have no label and count nothing."
        blocks.append(Text("missing", told, tone="quiet"))
    blocks.append(Text("twice", consistency(labels)))
    late = [name for name in labels if name in state["late"]] if state["whose"] == "mine" else []
    if late:
        told = f"Answers after the time was over: {len(late)}. They count like the others."
        blocks.append(Text("late", told))
    return tuple(blocks)


def consistency(labels: s.Labels) -> str:
    """Return how far somebody agrees with himself on the pairs that came twice."""
    both = [
        (labels[first.id], labels[second.id])
        for first, second in twice()
        if labels.get(first.id, "skip") in MIRROR and labels.get(second.id, "skip") in MIRROR
    ]
    if not both:
        return f"{len(twice())} pairs come twice, to show how far you agree with yourself."
    alike = sum(second == MIRROR[first] for first, second in both)
    opposite = sum(first == second != "tie" for first, second in both)
    told = f"{len(both)} pairs came twice, with the sides changed: you chose alike on {alike}."
    if opposite:
        told += (
            f" On {opposite} you contradicted yourself. That is no mistake of the form: the two "
            "choices cancel out, and the model learns that these replies are about equal."
        )
    return told
