"""Step 2: measure. Both errors, their intervals, and which vendors can be told apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Chart,
    Choice,
    Column,
    Intervals,
    Option,
    Row,
    Section,
    Slider,
    Table,
    Text,
    Tone,
)
from proxygap.labs.posture_picker import bench
from proxygap.labs.posture_picker import work as w
from proxygap.posture.compare import Comparison, compare, p_value, sentence
from proxygap.posture.rates import MEASURES, THE_TWO, Rate, rate
from proxygap.posture.simulated import GRADERS
from proxygap.simulations import FloatArray, Mark, Plane

ENDS = ("0 %", "100 %")


def sections(state: State) -> list[Section]:
    """Return the settings, both errors, and the comparisons."""
    return [_settings(state), _result(state), _apart(state)]


def _settings(state: State) -> Section:
    n = state["n"]
    harmful = round(int(n) * 60 / 150)
    every = n == w.STOPS[-1]
    blocks: list[Block] = [
        Slider("n", "Harmless items asked", w.STOPS, n, "items",
               f"And {harmful} items that should be refused."),
        Choice("prompt", "System prompt", tuple(Option(v, t) for v, t in w.PROMPTS.items()),
               state["prompt"], action="set", look="tabs"),
        Button("draw", "Draw other items", "draw"),
        Text("drawn", "All 150 are asked: another draw takes the same ones." if every else
             "Another draw is what another buyer would have asked.", tone="quiet"),
        Text("grader", f"Judged with: {GRADERS[state['grader']]}. You can change that in the next "
                       "step.", tone="quiet"),
    ]  # fmt: skip
    return Section("settings", "How you ask", "controls", tuple(blocks))


def _result(state: State) -> Section:
    told = bench.everything(state)
    measured = {slug: [rate(one, error) for error in THE_TWO] for slug, one in told.items()}
    return Section("errors", "Two errors, never one (SIMULATED)", "result", (
        plane("plane", {bench.NAMES[slug]: both for slug, both in measured.items()}),
        *(_bars(error, {slug: both[i] for slug, both in measured.items()})
          for i, error in enumerate(THE_TWO)),
    ))  # fmt: skip


def _bars(error: str, measured: dict[str, Rate]) -> Intervals:
    rows = [bench.bar(bench.NAMES[slug], one) for slug, one in measured.items()]
    title = f"SIMULATED. {MEASURES[error].name}: {MEASURES[error].about}"
    return Intervals(f"bars-{error}", title, (*rows, *bench.anchors(error)), 0, 100, ENDS)


def plane(name: str, measured: dict[str, list[Rate]]) -> Chart:
    """Return both errors against each other, with their intervals and the two anchors."""
    marks: list[Mark] = []
    series: dict[str, FloatArray] = {}
    for i, (label, (over, harmful)) in enumerate(measured.items()):
        cross, dot = _cross(over, harmful)
        marks += [
            Mark(f"x{i}", f"y{i}", shape="line"),
            Mark(f"dx{i}", f"dy{i}", label, shape="dot"),
        ]
        series |= {f"x{i}": cross[0], f"y{i}": cross[1], f"dx{i}": dot[0], f"dy{i}": dot[1]}
    for key, label, at in (("r", "Refuses all", (100, 0)), ("s", "Serves all", (0, 100))):
        marks.append(Mark(f"{key}x", f"{key}y", label, shape="dot"))
        series |= {f"{key}x": np.array([float(at[0])]), f"{key}y": np.array([float(at[1])])}
    view = Plane(
        "SIMULATED. Both errors, with 95 % intervals. Best is the lower left corner", tuple(marks),
        "over-refusal, %", "harmful compliance, %", (0, 100), (0, 100),
    )  # fmt: skip
    return Chart(name, view, series, _in_words(measured))


def _cross(over: Rate, harmful: Rate) -> tuple[FloatArray, FloatArray]:
    (left, right), (low, high) = over.interval, harmful.interval
    x, y = over.value, harmful.value
    lines = np.array([[left, right, np.nan, x, x], [y, y, np.nan, low, high]])
    return 100 * lines, 100 * np.array([[x], [y]])


def _in_words(measured: dict[str, list[Rate]]) -> str:
    told = "; ".join(
        f"{name}: over-refusal {over}, harmful compliance {harmful}"
        for name, (over, harmful) in measured.items()
    )
    return (
        f"A plane of two errors. {told}. Refusing everything lies at 100 and 0 %, serving "
        "everything at 0 and 100 %."
    )


def _apart(state: State) -> Section:
    error = state["error"]
    told = bench.everything(state)
    found = {
        (first, second): compare(told[first], told[second], error)
        for first, second in combinations(told, 2)
    }
    options = tuple(Option(name, MEASURES[name].name) for name in THE_TWO)
    blocks: list[Block] = [
        Choice("error", "Which error?", options, error, action="set", look="tabs"),
        *(_sentence(pair, one) for pair, one in found.items()),
        _table(found),
        Text("six", "Six comparisons at 5 % each: about one set in four shows a difference "
                    "somewhere that is not there. Decide which one you care about first.",
             tone="quiet"),
        Button("onward", "Now doubt the grader", "go", "judge", primary=True),
    ]  # fmt: skip
    return Section("apart", "Can they be told apart? (SIMULATED)", "below", tuple(blocks))


def _sentence(pair: tuple[str, str], found: Comparison) -> Text:
    first, second = (bench.NAMES[slug] for slug in pair)
    tone: Tone = "good" if found.is_told_apart else "plain"
    return Text("-".join(pair), sentence(found, first, second), f"{first} and {second}.", tone)


def _table(found: dict[tuple[str, str], Comparison]) -> Table:
    # The p-value comes first: it names itself where a phone leaves out the second column's head.
    counts = ("Both failed", "Only the first", "Only the second")
    heads = (Column(name, numeric=True) for name in counts)
    columns = (Column("Pair"), Column("McNemar"), *heads)
    rows = tuple(
        Row("-".join(pair), (" and ".join(bench.NAMES[slug] for slug in pair), p_value(one.p),
                             str(one.both), str(one.only_first), str(one.only_second)))
        for pair, one in found.items()
    )  # fmt: skip
    return Table("mcnemar", "SIMULATED. On the items that both were asked", columns, rows)
