"""The fifth step: some of the labels come from somebody with a taste, or in a hurry."""

from __future__ import annotations

import numpy as np

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Chart,
    Choice,
    Column,
    Option,
    Row,
    Section,
    Slider,
    Table,
    Text,
)
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.learning import (
    Learned,
    Votes,
    assistant,
    gains,
    learn,
    mixed,
    of_rater,
    payments,
    start,
    votes,
)
from proxygap.labs.you_are_the_labeller.show_assistant import BEFORE, CAPTION, leash
from proxygap.labs.you_are_the_labeller.show_reward import in_the_way
from proxygap.labs.you_are_the_labeller.words import PAID, gained, pay, postures
from proxygap.simulations import Curve, Line

ALL = np.linspace(0, 1, 9)


def sections(state: State) -> list[Section]:
    """Return what comes of one's labels when a share of them is somebody else's."""
    labels = s.shown_labels(state)
    clicks, beta = votes(labels), float(state["leash"])
    share = int(state["share"]) / 100
    cast = mixed(clicks, state["bias"], share)
    mine, bent = learn(clicks), learn(cast)
    rows = (
        (BEFORE, start()),
        ("your labels", assistant(mine, beta)),
        (f"{state['share']} % of them biased", assistant(bent, beta)),
    )
    told: list[Block] = [
        Text("bent", _bent(state, mine, bent, beta)),
        postures(rows, CAPTION, rows[2][0]),
        _prices(mine, bent),
    ]
    if problem := in_the_way(labels):
        told.insert(0, Text("in-the-way", problem, tone="missed"))
    chart = _chart(clicks, state["bias"], beta, share)
    return [
        Section("bias", "Who else labels?", "controls", (*_controls(state), leash(state))),
        Section("made", "The assistant that comes of it", "result", tuple(told)),
        Section("bends", "How the truth bends", "below", (chart,)),
    ]


def _controls(state: State) -> tuple[Block, ...]:
    options = tuple(
        Option(name, label, f"the same pairs; differs from you on {_differs(state, name)}")
        for name, label in s.BIASES.items()
    )
    return (
        Choice("bias", "Some of your labels are given instead by somebody who", options,
               state["bias"], action="set"),
        Slider("share", "How many of the labels", s.SHARES, state["share"], "%"),
    )  # fmt: skip


def _differs(state: State, name: str) -> str:
    """Return on how many of one's own choices a rater leans the other way."""
    swayed, sided = dict(of_rater(name)), s.decided(s.shown_labels(state))
    other = sum((swayed[one] > 0.5) != (choice == "a") for one, choice in sided.items())
    return f"{other} of {len(sided)}"


def _bent(state: State, mine: Learned, bent: Learned, beta: float) -> str:
    honest, swayed = (gains(one, assistant(one, beta)) for one in (mine, bent))
    return (
        f"With {state['share']} % of the labels from somebody who "
        f"{s.BIASES[state['bias']].lower()}, the reward model sees a gain of "
        f"{gained(swayed[0])} standard deviations ({gained(honest[0])} on your labels alone). The "
        f"true value gains {gained(swayed[1])} ({gained(honest[1])}). No number that the reward "
        "model knows tells the two cases apart."
    )


def _prices(mine: Learned, bent: Learned) -> Table:
    rows = tuple(
        Row(one.feature, (PAID[one.feature][1], pay(one), pay(other)))
        for one, other in zip(payments(mine), payments(bent), strict=True)
    )
    columns = (Column("Points for"), Column("your labels"), Column("with the bias"))
    return Table("prices", "What the reward model pays (SIMULATED)", columns, rows)


def _chart(clicks: Votes, bias: str, beta: float, share: float) -> Chart:
    found = []
    for part in ALL:
        learned = learn(mixed(clicks, bias, float(part)))
        found.append(gains(learned, assistant(learned, beta)))
    proxy, truth = np.array(found).T
    view = Curve(
        "Proxy and truth (SIMULATED)", "share",
        (Line("proxy", "its reward", "proxy"),
         Line("truth", "true value", "truth")),
        "labels from the biased rater (%)", "standard deviations gained",
        (min(-0.5, float(truth.min()) - 0.1), max(2.0, float(proxy.max()) + 0.1)),
        marker="now",
    )  # fmt: skip
    alt = (
        f"From no biased label to all of them, the gain that the reward model sees goes from "
        f"{gained(proxy[0])} to {gained(proxy[-1])} standard deviations, the true value from "
        f"{gained(truth[0])} to {gained(truth[-1])}."
    )
    series = {"share": 100 * ALL, "proxy": proxy, "truth": truth, "now": np.asarray(100 * share)}
    return Chart("bends", view, series, alt)
