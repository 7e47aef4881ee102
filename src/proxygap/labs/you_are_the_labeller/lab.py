"""You are the labeller: thirty comparisons, and all that is made of them.

The clicks are fitted as a reward model would be, the reward model makes an assistant, and since the
true value of every reply is known, proxy and truth can both be read off. Then the same clicks go
through DPO, are mixed with those of biased raters, and are compared with the truth and with those
of somebody else.

Source: bradley1952; ouyang2022, section 3; rafailov2023.
"""

from __future__ import annotations

from proxygap.labs._actions import dispatch, signed
from proxygap.labs._spec import Action, Example, Lab, State
from proxygap.labs._views import Choice, LabView, Option, Section, Text
from proxygap.labs.you_are_the_labeller import (
    show_assistant,
    show_bias,
    show_compare,
    show_dpo,
    show_others,
    show_reward,
)
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.actions import HANDLERS
from proxygap.labs.you_are_the_labeller.pairs import pairs

SHOWN = {
    "compare": show_compare.sections,
    "reward": show_reward.sections,
    "assistant": show_assistant.sections,
    "dpo": show_dpo.sections,
    "bias": show_bias.sections,
    "others": show_others.sections,
}

BROUGHT = "Steps 2 to 6 show the labels of the file that you brought. “Others” leads back to yours."


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    known = {**s.tidy(state), "said": "", "last": str(action.get("type", ""))}
    return dispatch(HANDLERS, known, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    state = s.tidy(state)
    shown = SHOWN[state["step"]](state)
    return LabView((_steps(state), *shown), announce=_spoken(state, shown))


def prepare() -> None:
    """Show every step once: the assistant is instruction-tuned, which takes a moment."""
    for step in s.STEPS:
        view({**s.initial(), "step": step})


def _steps(state: State) -> Section:
    options = tuple(
        Option(name, f"{i}. {title}") for i, (name, title) in enumerate(s.STEPS.items(), 1)
    )
    place = list(s.STEPS).index(state["step"]) + 1
    title = f"Step {place} of {len(s.STEPS)}: {s.STEPS[state['step']]}"
    choice = Choice("step", "Steps", options, state["step"], action="set", look="tabs")
    whose = (Text("whose-labels", BROUGHT, tone="quiet"),) if state["whose"] == "brought" else ()
    return Section("path", title, "top", (choice, *whose))


def _spoken(state: State, shown: list[Section]) -> str:
    """Return what a screen reader says about the last action."""
    if state["last"] in {"answer", "undo", "begin"}:
        pair = s.at_hand(state)
        done = len(state["labels"])
        return shown[0].title if pair is None else f"Comparison {done + 1} of {len(pairs())}."
    if state["last"] == "upload":
        return str(state["problem"] or state["note"])
    return ""


def _examples(number: int) -> tuple[Example, ...]:
    """Return the first pairs to read where there are no scripts, with what each is worth."""
    shown = list(pairs().values())[:number]
    return tuple(
        Example(
            f"{pair.prompt.text} A: “{a.text}” B: “{b.text}”",
            f"Worth {signed(a.truth)} (A: {a.why}) and {signed(b.truth)} (B: {b.why})",
        )
        for pair in shown
        for a, b in [pair.replies]
    )


LAB = Lab(
    slug="you-are-the-labeller",
    title="You are the labeller",
    task=(
        "Compare thirty pairs of replies. Watch what a reward model learns from you, which "
        "assistant it makes, and what becomes of the same clicks in DPO and beside biased ones."
    ),
    initial=s.initial,
    update=update,
    view=view,
    prepare=prepare,
    alt_text=(
        "Six steps. The first shows a message to an assistant, two replies beside each other and "
        "four answers: A is better, B is better, about equal, skip. Below, what the reward model "
        "pays so far for eight attributes of a reply, each with an interval."
    ),
    examples=_examples(4),
    finding=(
        "Thirty clicks settle a few of the eight prices of a reward model and leave the others "
        "open. The assistant is as good as the labels: with a taste for length or courtesy among "
        "them, the reward rises as before and the true value less."
    ),
)
