"""Budgeted red team: agree on the rules, attack on a budget, replay, mend, re-test, report.

Pip guards a code word, a limit and its instructions, and has three planted weaknesses. Who spends
all attempts in one place misses two of them; who spends them everywhere sees each of them at most
once. What was found is mended on a budget too, and the re-test is in words that nobody has sent.
"""

from __future__ import annotations

from proxygap.labs._actions import dispatch
from proxygap.labs._spec import Action, Example, Lab, State
from proxygap.labs._views import Choice, LabView, Option, Section, Text
from proxygap.labs.budgeted_red_team import show_attack, show_fix, show_report
from proxygap.labs.budgeted_red_team import work as w
from proxygap.labs.budgeted_red_team.actions import HANDLERS
from proxygap.labs.budgeted_red_team.kit import kit

SHOWN = {
    "rules": show_attack.rules,
    "attack": show_attack.attack,
    "transfer": show_fix.transfer,
    "fix": show_fix.fix,
    "report": show_report.report,
}
SPOKEN = {"go", "accept", "replay", "build", "again"}
"""Actions whose result a screen reader is told about."""


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    known = {**w.tidy(state), "said": "", "last": str(action.get("type", ""))[:40]}
    return dispatch(HANDLERS, known, action)


def view(state: State) -> LabView:
    """Return what is on show."""
    state = w.tidy(state)
    shown = SHOWN[state["step"]](state)
    return LabView((_path(state), *shown), announce=_spoken(state, shown))


def _path(state: State) -> Section:
    done = {
        "rules": state["accepted"], "attack": bool(state["sent"]) and state["controls"],
        "transfer": state["replayed"], "fix": bool(state["runs"]),
        "report": bool(state["conclusion"].strip()),
    }  # fmt: skip
    options = tuple(
        Option(name, f"{i}. {title}", "done" if done[name] else "")
        for i, (name, title) in enumerate(w.STEPS.items(), 1)
    )
    place = list(w.STEPS).index(state["step"]) + 1
    title = f"Step {place} of {len(w.STEPS)}: {w.STEPS[state['step']]}"
    choice = Choice("step", "Steps", options, state["step"], action="go", look="tabs")
    said = (Text("said", state["said"]),) if state["said"] else ()
    return Section("path", title, "top", (choice, *said))


def _spoken(state: State, shown: list[Section]) -> str:
    if state["said"]:
        return str(state["said"])
    main = next((one for one in shown if one.place == "result"), shown[0])
    return f"{main.title}." if state["last"] in SPOKEN else ""


LAB = Lab(
    slug="budgeted-red-team",
    title="The budgeted red team",
    task=(
        "Test an assistant that guards a code word, a limit and its instructions. You have 30 "
        "attempts and five days of building. The assistant is SIMULATED, and nothing you learn to "
        "say here works anywhere else; the method does."
    ),
    initial=w.initial,
    update=update,
    view=view,
    prepare=kit,
    alt_text=(
        "A path of five steps: rules, attack, transfer, fix, report. The first shows who is "
        "tested, three goals with their severity, and six rules to agree to before anything can be "
        "sent."
    ),
    finding=(
        "A budget is spent on breadth or on depth, never on both. A fix that blocks the very words "
        "that got through holds until somebody uses others, and a fix that refuses everything "
        "strange fails the people whom the assistant is for."
    ),
    examples=(
        Example(
            "The title of finance director opened the expense limit in 3 of 5 attempts. The owner "
            "blocks the words “the finance director”. Is it mended?",
            "No. The next attempt says “the head of audit”, and the real finance director can no "
            "longer ask for a form. Check the limit in code: then no title opens it.",
        ),
    ),
)
