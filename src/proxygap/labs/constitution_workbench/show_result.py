"""What came of the attempts: two errors, the proxy beside the truth, and replies to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Chart,
    Choice,
    Column,
    Option,
    Row,
    Score,
    Scores,
    Section,
    Table,
    Text,
)
from proxygap.labs.constitution_workbench import work as w
from proxygap.simulations import FloatArray, Mark, Plane
from proxygap.simulations._replies import Policy, Posture, load
from proxygap.simulations._replies import posture as posture_of

COLUMNS = (
    Column("Attempt"),
    Column("Over-refusal", numeric=True),
    Column("Harm", numeric=True),
    Column("Help", numeric=True),
    Column("Constitution", "proxy", numeric=True),
    Column("True value", "truth", numeric=True),
)


def shown(state: State) -> dict[str, Any]:
    """Return the attempt that is on show."""
    return next(one for one in state["attempts"] if one["n"] == state["shown"])


def _stands(one: Mapping[str, Any]) -> Posture:
    return Posture(*one["posture"])


def percent(share: float) -> str:
    """Write a share as a whole percentage; never 0 or 100 where it is not."""
    rounded = round(100 * share)
    if rounded == 0 and share > 0.0005:
        return "under 1 %"
    if rounded == 100 and share < 0.9995:
        return "over 99 %"
    return f"{rounded} %"


def told(state: State) -> str:
    """Return the attempt on show in a sentence, beside the one before it."""
    one = shown(state)
    now = _stands(one)
    said = (
        f"Of harmless requests that sound forbidden it refuses {percent(now.over_refusal)}, of "
        f"forbidden ones it serves {percent(now.harm)}, of allowed ones it answers "
        f"{percent(now.helpfulness)} in full."
    )
    earlier = [other for other in state["attempts"] if other["n"] < one["n"]]
    if not earlier:
        return said
    then = _stands(earlier[-1])
    return (
        f"{said} Attempt {earlier[-1]['n']}: {percent(then.over_refusal)}, {percent(then.harm)} "
        f"and {percent(then.helpfulness)}."
    )


def title(state: State) -> str:
    """Return the heading of the result."""
    return f"Attempt {state['shown']}: the assistant that came of it (SIMULATED)"


def result(state: State) -> Section:
    """Return both errors of the attempt on show, and proxy beside truth."""
    one = shown(state)
    worth = one["posture"][4]
    return Section("result", title(state), "result", (
        Text("told", told(state)),
        _plane(state),
        Scores("scores", "What is rewarded, and what it is worth", (
            Score("What the constitution says of its replies", "proxy", one["approval"], 0, 1,
                  f"{100 * one['approval']:.0f} of 100"),
            Score("What its replies are worth in truth", "truth", worth, -1, 1, _signed(worth)),
        )),
    ))  # fmt: skip


def _signed(worth: float) -> str:
    return f"{worth:.2f}".replace("-", "\N{MINUS SIGN}") + ", from \N{MINUS SIGN}1 to 1"


def _plane(state: State) -> Chart:
    before = posture_of(w.assistant(), load())
    points: dict[str, list[Posture]] = {
        "before": [before],
        "refuse": [Posture(0, 0, 1, 0, 0)],
        "serve": [Posture(0, 1, 0, 0, 0)],
        "earlier": [_stands(one) for one in state["attempts"] if one["n"] != state["shown"]],
        "now": [_stands(shown(state))],
    }
    points["earlier"] = points["earlier"] or [Posture(*[float("nan")] * 5)]
    series: dict[str, FloatArray] = {}
    for name, ones in points.items():
        series |= {f"{name}_x": np.array([100 * one.over_refusal for one in ones]),
                   f"{name}_y": np.array([100 * one.harm for one in ones])}  # fmt: skip
    labels = {"refuse": "refuses all", "serve": "serves all", "earlier": "", "before": "before",
              "now": f"attempt {state['shown']}"}  # fmt: skip
    marks = tuple(Mark(f"{name}_x", f"{name}_y", label, shape="dot")
                  for name, label in labels.items())  # fmt: skip
    view = Plane(
        "SIMULATED. Two errors; best is the lower left corner", marks,
        "harmless borderline requests refused (%)", "forbidden requests served (%)",
        (0.0, 100.0), (0.0, 100.0),
    )  # fmt: skip
    return Chart("plane", view, series, _in_words(state, before))


def _in_words(state: State, before: Posture) -> str:
    told_of = [f"before training {percent(before.over_refusal)} and {percent(before.harm)}"]
    told_of += [
        f"attempt {one['n']} {percent(_stands(one).over_refusal)} and {percent(_stands(one).harm)}"
        for one in state["attempts"]
    ]
    return f"Over-refusal and harm in a plane: {'; '.join(told_of)}."


def attempts(state: State) -> Section:
    """Return every attempt that is kept, and the one on show in words."""
    rows = tuple(_row(one, one["n"] == state["shown"]) for one in state["attempts"])
    one = shown(state)
    listed = " ".join(f"{i}. {text}" for i, text in enumerate(one["texts"], 1))
    asked = "its probabilities" if one["labels"] == "soft" else "only the better one of each two"
    blocks: list[Block] = [
        Table("attempts", "Pick one to see it again (SIMULATED)", COLUMNS, rows, "show",
              "Show attempt {}"),
        Text("texts", listed, f"Attempt {one['n']} was trained by:"),
        Text("habits", f"A critic that reads {one['accuracy']} % rightly, {one['rounds']} rounds, "
                       f"and of its preferences {asked}.", tone="quiet"),
        Button("reuse", "Put it on the bench again", "reuse"),
    ]  # fmt: skip
    if len(state["attempts"]) == w.KEPT:
        blocks.append(Text("kept", f"The last {w.KEPT} attempts are kept.", tone="quiet"))
    return Section("attempts", "Your attempts", "result", tuple(blocks))


def _row(one: Mapping[str, Any], selected: bool) -> Row:
    now = _stands(one)
    # The second cell names itself: a phone leaves out that column's head.
    refused, *shares = (percent(each) for each in (now.over_refusal, now.harm, now.helpfulness))
    worth = f"{now.truth:.2f}".replace("-", "\N{MINUS SIGN}")
    cells = (str(one["n"]), f"{refused} refused", *shares, f"{100 * one['approval']:.0f}", worth)
    return Row(str(one["n"]), cells, selected)


def ask(state: State) -> Section:
    """Return the likeliest reply to a request, before training and after."""
    world = load()
    prompt = world.prompt(state["prompt"])
    row = [one.id for one in world.prompts].index(prompt.id)
    options = tuple(Option(name, world.prompt(name).text) for name in w.PROMPTS)
    if prompt.borderline:
        kind = "It sounds forbidden, and nothing forbids it."
    elif prompt.disallowed:
        family = next(one for one in world.families if one.slug == prompt.family)
        kind = f"A rule of this assistant forbids it. {family.rules[prompt.rule]}"
    else:
        kind = "A plain request."
    after = w.of_attempt(shown(state))
    return Section("ask", "Ask it something", "below", (
        Choice("prompt", "A request", options, state["prompt"], action="ask", look="menu"),
        Text("kind", kind, tone="quiet"),
        _reply("before", "Before training:", w.assistant(), row),
        _reply("after", f"Attempt {state['shown']}:", after, row),
    ))  # fmt: skip


def _reply(name: str, who: str, policy: Policy, row: int) -> Text:
    chances = policy.probabilities()[row]
    best = int(chances.argmax())
    words = load().prompts[row].replies[best].text
    return Text(name, f"“{words}” ({percent(float(chances[best]))} likely)", who)
