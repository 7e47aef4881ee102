"""The first step: compare, with a clock or without, and see what is learned on the way."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import Block, Button, Choice, Option, PairOfReplies, Section, Text
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.learning import learn, votes
from proxygap.labs.you_are_the_labeller.pairs import Pair, pairs
from proxygap.labs.you_are_the_labeller.words import price_list, what_was_learned
from proxygap.simulations._replies import load

HOW = (
    "Thirty times you see a message and two replies. Choose the one that you would rather have "
    "sent, by any standard that seems right to you; nobody marks you. The keys 1 to 4 answer as "
    "well. The clock, if you want one, stops nothing: when it has run out you may still answer. It "
    "starts with the first pair and can be switched off at any time."
)
POINTS = (
    "A reply that is 1 point ahead is preferred 73 times in 100, one that is 2 points ahead 88 "
    "times. Each line is a 95 % interval; before the first choice every price is taken to lie "
    "around 0."
)


def sections(state: State) -> list[Section]:
    """Return the pair at hand, the clock, and what was learned so far."""
    pair = s.at_hand(state)
    first: tuple[Block, ...]
    if pair is None:
        first, title = _finished(state), f"All {len(pairs())} pairs are compared"
    elif not state["going"]:
        first, title = (Text("how", HOW), Button("begin", "Begin", "begin", primary=True)), "Begin"
    else:
        first, title = (_asked(state, pair),), "Which reply is better?"
    return [Section("pair", title, "top", first), _controls(state), _learned(state)]


def _asked(state: State, pair: Pair) -> PairOfReplies:
    total, done = len(pairs()), len(state["labels"])
    family = next(one for one in load().families if one.slug == pair.prompt.family)
    rules = " ".join(family.rules.values())
    a, b = pair.replies
    return PairOfReplies(
        "asked", pair.id, f"Comparison {done + 1} of {total}", done / total,
        f"{family.assistant} {rules}", "Somebody writes", pair.prompt.text, (a.text, b.text),
        tuple(Option(value, label) for value, label in s.CHOICES.items()),
        int(state["pace"]), pair.id in state["late"],
    )  # fmt: skip


def _finished(state: State) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Text("done", "Now see what a reward model makes of your choices."),
        Button("onward", "See my reward model", "go", value="reward", primary=True),
    ]
    skipped = list(state["labels"].values()).count("skip")
    if skipped:
        pairs_ = "pair" if skipped == 1 else f"{skipped} pairs"
        blocks.append(Button("again", f"Ask the skipped {pairs_} again", "again"))
    return tuple(blocks)


def _controls(state: State) -> Section:
    paces = tuple(Option(value, label) for value, label in s.PACES.items())
    clock = Choice("pace", "Time for each comparison", paces, state["pace"], action="set")
    blocks: list[Block] = [clock, Text("counts", counted(state), tone="quiet")]
    if state["labels"]:
        blocks.append(Button("undo", "Take back the last answer", "undo"))
    return Section("controls", "Clock and answers", "controls", tuple(blocks))


def counted(state: State) -> str:
    """Return how many answers of each kind there are."""
    labels = state["labels"]
    given = list(labels.values())
    count = {choice: given.count(choice) for choice in s.CHOICES}
    late = sum(name in state["late"] for name in labels)
    told = (
        f"{len(given)} of {len(pairs())} done: A {count['a']}, B {count['b']}, about equal "
        f"{count['tie']}, skipped {count['skip']}."
    )
    return f"{told} After the time: {late}." if late else told


def _learned(state: State) -> Section:
    learned = learn(votes(state["labels"]))
    return Section(
        "learned", "What your reward model pays so far", "result",
        (Text("told", what_was_learned(learned)),
         price_list(learned, "Points paid for a unit of each attribute (SIMULATED)"),
         Text("points", POINTS, tone="quiet")),
    )  # fmt: skip
