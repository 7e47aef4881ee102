"""Next-token bench: predict the next word against a model, let it write, weigh likely and true.

The model has read the notices of Linden, a town that does not exist, and knows nothing else. Its
loss is what it is trained on; whether a sentence is so stands in a table that it never sees.
"""

from __future__ import annotations

from proxygap.labs._spec import Example, Lab, State
from proxygap.labs._views import Choice, LabView, Option, Section
from proxygap.labs.next_token_bench import show_predict, show_weigh, show_write
from proxygap.labs.next_token_bench.actions import update
from proxygap.labs.next_token_bench.material import POSITIONS, SENTENCES
from proxygap.labs.next_token_bench.scoring import sentence_bits
from proxygap.labs.next_token_bench.state import STEPS, guesses, initial, tidy

SHOWN = {
    "predict": show_predict.sections,
    "write": show_write.sections,
    "weigh": show_weigh.sections,
}
SPOKEN = {"reveal", "go", "weigh", "text", "passage"}
"""Actions whose result a screen reader is told about."""


def view(state: State) -> LabView:
    """Return what is on show."""
    state = tidy(state)
    shown = SHOWN[state["step"]](state)
    return LabView((_path(state), *shown), announce=_spoken(state, shown))


def _path(state: State) -> Section:
    options = tuple(
        Option(name, f"{i}. {title}") for i, (name, title) in enumerate(STEPS.items(), 1)
    )
    place = list(STEPS).index(state["step"]) + 1
    choice = Choice("step", "Steps", options, state["step"], action="go", look="tabs")
    title = f"Step {place} of {len(STEPS)}: {STEPS[state['step']]}"
    return Section("path", title, "top", (choice,))


def _spoken(state: State, shown: list[Section]) -> str:
    """Return what a screen reader says about the last action."""
    if state["said"]:
        return str(state["said"])
    if state["last"] not in SPOKEN:
        return ""
    is_end = state["step"] == "predict" and len(guesses(state)) == POSITIONS
    main = shown[0] if is_end else next(one for one in shown if one.place == "result")
    if state["last"] == "reveal" and guesses(state):
        last = next((b.text for b in main.blocks if b.kind == "text" and b.id == "last"), "")
        return f"{main.title}. {last}".strip()
    return f"{main.title}."


def prepare() -> None:
    """Show every step once: the models are counted then."""
    for step in STEPS:
        view({**initial(), "step": step})


def _example(name: str) -> Example:
    sentence = SENTENCES[name]
    is_so = "It is so." if sentence.true else "It is not so."
    return Example(sentence.text, f"{sentence_bits(sentence.text):.2f} bits a word. {is_so}")


LAB = Lab(
    slug="next-token-bench",
    title="Next-token bench",
    task=(
        "Predict ten words of a notice against a model that has read others like it. Then let the "
        "model write at settings of your own, and see which of its sentences are true."
    ),
    initial=initial,
    update=update,
    view=view,
    alt_text=(
        "The beginning of a notice, “To make a pot of tea you need …”, with five words to pick "
        "from, a field for a word of one’s own, seven steps from 5 to 99 % for how sure one is, "
        "and a button that shows the word. Beside it stands how bits are counted."
    ),
    finding=(
        "A model that predicts a town's notices well writes sentences that read like them. Which "
        "of them are true is another question, and its loss does not ask it."
    ),
    examples=tuple(_example(name) for name in ("hundred", "six", "turned")),
    prepare=prepare,
)
