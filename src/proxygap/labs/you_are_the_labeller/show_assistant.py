"""The third step: the assistant that the reward model makes, its proxy and its truth."""

from __future__ import annotations

import numpy as np

from proxygap.labs._actions import signed
from proxygap.labs._spec import State
from proxygap.labs._views import Block, Chart, Score, Scores, Section, Slider, Text
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.learning import (
    Learned,
    assistant,
    gains,
    learn,
    of_truth,
    path,
    start,
    votes,
)
from proxygap.labs.you_are_the_labeller.show_reward import in_the_way
from proxygap.labs.you_are_the_labeller.words import gained, postures
from proxygap.simulations import Curve, Line, Role
from proxygap.simulations._replies import Policy, kl_divergence, load

BETAS = np.geomspace(20, 0.05, 25)
BEFORE = "after instruction tuning"
TRUTH = "if you had seen the true value"
CAPTION = (
    "The same assistant on the same 40 prompts (SIMULATED). Helpful, harm and over-refusal in % of "
    "the prompts that they are about; courtesy from 0 to 100, true value from −100 to 100"
)
LEASH = (
    "The assistant maximises the reward of your model, and pays β for each nat that it moves away "
    "from where it started. A small β is a long leash."
)


def leash(state: State) -> Slider:
    """Return the slider for β."""
    return Slider("leash", "β, the price of a nat", s.LEASHES, state["leash"], hint=LEASH)


def sections(state: State) -> list[Section]:
    """Return the assistant at the β that is set, and what comes of every other."""
    labels = s.shown_labels(state)
    learned, beta = learn(votes(labels)), float(state["leash"])
    policy = assistant(learned, beta)
    ideal = assistant(learn(of_truth()), beta)
    rows = ((BEFORE, start()), ("after RLHF on your labels", policy), (TRUTH, ideal))
    told: list[Block] = [
        Text("moved", _moved(learned, policy)),
        postures(rows, CAPTION, rows[1][0]),
        _both(learned, policy),
    ]
    if problem := in_the_way(labels):
        told.insert(0, Text("in-the-way", problem, tone="missed"))
    return [
        Section("leash", "How far may it go?", "controls", (leash(state),)),
        Section("made", "The assistant that your clicks make", "result", tuple(told)),
        Section("leashes", "From a short leash to a long one", "below", (_chart(learned, policy),)),
        Section("now", "What it says now", "below", _said(policy)),
    ]


def _moved(learned: Learned, policy: Policy) -> str:
    nats = kl_divergence(policy, start())
    if nats < 1e-9:
        return "It has not moved: your reward model is indifferent."
    proxy, truth = gains(learned, policy)
    went = "rose, too" if truth > 0.005 else "fell" if truth < -0.005 else "stayed"
    return (
        f"It moved {nats:.2f} nats. The reward that it learned from you rose by {proxy:.2f} "
        f"standard deviations; the true value, which nobody showed it, {went}: "
        f"{gained(truth)}."
    )


def _both(learned: Learned, policy: Policy) -> Scores:
    proxy, truth = gains(learned, policy)
    rows: tuple[tuple[str, Role, float], ...] = (
        ("reward of your model", "proxy", proxy), ("true value", "truth", truth),
    )  # fmt: skip
    return Scores(
        "both", "Gained over the start, in standard deviations over all replies (SIMULATED)",
        tuple(Score(label, role, value, -1.0, 3.0, gained(value))
              for label, role, value in rows),
    )  # fmt: skip


def _chart(learned: Learned, policy: Policy) -> Chart:
    found = path(learned, BETAS)
    view = Curve(
        "Proxy and truth (SIMULATED)", "kl",
        (Line("proxy", "reward of your model", "proxy"), Line("truth", "true value", "truth")),
        "nats from the start", "standard deviations gained",
        (min(-0.5, float(found.truth.min()) - 0.1), max(2.0, float(found.proxy.max()) + 0.1)),
        marker="now",
    )  # fmt: skip
    top = int(found.truth.argmax())
    alt = (
        f"Along {found.kl[-1]:.1f} nats the reward of your model rises to "
        f"{gained(found.proxy[-1])} standard deviations. The true value is highest at "
        f"{found.kl[top]:.1f} nats, "
        f"{gained(found.truth[top])}, and ends at {gained(found.truth[-1])}."
    )
    series = {**found._asdict(), "now": np.asarray(kl_divergence(policy, start()))}
    return Chart("path", view, series, alt)


def _said(policy: Policy) -> tuple[Block, ...]:
    """Return the three prompts whose likeliest reply gained most."""
    world, before, after = load(), start().probabilities(), policy.probabilities()
    best = after.argmax(axis=-1)
    rows = np.arange(len(best))
    gained = (after - before)[rows, best]
    shown = [p for p in np.argsort(-gained)[:3] if gained[p] > 0.005]
    blocks = []
    for i, p in enumerate(shown):
        prompt, now, was = world.prompts[p], 100 * after[p, best[p]], 100 * before[p, best[p]]
        reply = prompt.replies[best[p]]
        told = (
            f"“{reply.text}” It says so in {now:.0f} % of cases; before, in {was:.0f} %. True "
            f"value {signed(reply.truth)}: {reply.why}"
        )
        blocks.append(Text(f"said-{i}", told, prompt.text))
    return tuple(blocks) or (Text("said-none", "Nothing has changed."),)
