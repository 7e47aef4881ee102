"""The third step: which sentence does the model hold for likeliest, and which ones are so."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Option,
    Row,
    Section,
    Table,
    Text,
)
from proxygap.labs.next_token_bench.material import SENTENCES
from proxygap.labs.next_token_bench.scoring import sentence_bits

FACTS = (
    "The bakery opens at six. Four sentences say that the well is two hundred years old; one, by "
    "somebody who has read the town’s papers, says that it is sixty years old, and so it is. The "
    "model looks at the last 2 words."
)


def sections(state: State) -> list[Section]:
    """Return what the notices say, and the question or what each sentence weighs."""
    facts = Section("facts", "What the notices say", "controls", (Text("facts", FACTS),))
    return [facts, _weighed(state) if state["weighed"] else _asked(state)]


def _asked(state: State) -> Section:
    options = tuple(Option(name, one.text) for name, one in SENTENCES.items())
    blocks: list[Block] = [
        Choice("likeliest", "Which of these has the lowest loss a word?", options,
               state["likeliest"], action="likeliest"),
        Button("weigh", "Weigh them", "weigh", primary=True),
    ]  # fmt: skip
    if state["said"]:
        blocks.append(Text("said", state["said"], tone="bad"))
    return Section("weighing", "True, or likely?", "result", tuple(blocks))


def _weighed(state: State) -> Section:
    bits = {name: sentence_bits(one.text) for name, one in SENTENCES.items()}
    order = sorted(bits, key=lambda name: bits[name])
    rows = tuple(
        Row(name, (SENTENCES[name].text, f"{bits[name]:.2f}", _so(name)),
            name == state["likeliest"])
        for name in order
    )  # fmt: skip
    right = order[0] == state["likeliest"]
    told = f"The lowest loss is that of “{SENTENCES[order[0]].text}”"
    blocks = (
        Text("told", told, "Right." if right else "Not that one.", "good" if right else "missed"),
        Table("weights", "From the likeliest to the least likely",
              (Column("Sentence"), Column("Bits a word", numeric=True), Column("Is it so?")), rows),
        Text("meaning",
             "What is said often and in the usual words is likely. The costliest sentence is true; "
             "its words only stand in an unusual order. Nothing in the loss asks whether a "
             "sentence is so, and a model that is trained on it alone has no other judge."),
    )  # fmt: skip
    return Section("weighing", "Likely is not true", "result", blocks)


def _so(name: str) -> str:
    return "yes" if SENTENCES[name].true else "no"
