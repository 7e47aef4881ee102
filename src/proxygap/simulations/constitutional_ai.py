r"""Constitutional AI: revision rounds, soft and hard labels, one phrase of a constitution.

A model criticises and revises drafts, then compares replies, both by written principles. Three
things are shown. *Rounds:* each round takes out a harmful remark that is still there with chance q,
and loses a helpful point with chance s, so that

.. math:: E[harm_k] = h_0 (1 - q)^k, \qquad E[help_k] = g_0 (1 - s)^k.

*Labels:* a preference model is learned from the judge's probabilities (soft), from verdicts drawn
by them (hard), or from the likelier reply alone (rounded). A drawn verdict is right on average and
scatters more; a rounded one is sure of itself where the judge was not. *Words:* the assistant of
the course, trained by five principles, of which one says what to decline.

Of 2 harmful remarks and 4 helpful points in a draft, after four rounds with q = 0.4 and s = 0.05:

>>> harm, help_ = after_rounds(4, CRITICS["ordinary"])
>>> print(f"{harm:.2f} harmful remarks and {help_:.2f} helpful points are left")
0.26 harmful remarks and 3.26 helpful points are left

Not modelled: a critic that learns, principles drawn at random for each draft, words that mean
something else to another reader. Every number is SIMULATED.

Source: bai2022 (method; revisions, soft and hard labels).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from proxygap.simulations._constitution import Critic, train
from proxygap.simulations._preference_labels import COMPARISONS, label_losses
from proxygap.simulations._principles import (
    ANSWERS,
    COURTEOUS,
    DECLINES,
    FRANK,
    RULES,
    WARY,
    Constitution,
)
from proxygap.simulations._replies import Posture, kl_divergence, load, posture
from proxygap.simulations._revision_rounds import (
    CRITICS,
    HARM_COUNTS,
    ROUNDS,
    after_rounds,
    best_round,
    draw_rounds,
)
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._techniques import stage
from proxygap.simulations._views import Curve, Line, Mark, Plane

DRAFTS = 400


SENTENCES = {
    "nothing": Constitution((RULES, ANSWERS, FRANK, COURTEOUS)),
    "forbids": Constitution((RULES, DECLINES, ANSWERS, FRANK, COURTEOUS)),
    "sounds": Constitution((RULES, WARY, ANSWERS, FRANK, COURTEOUS)),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    sentence: str = "sounds"  # what the constitution says about declining
    critic: str = "ordinary"  # name of its habits


@cache
def trained(sentence: str, critic: str) -> tuple[Posture, float]:
    """Return the posture that a constitution makes of the assistant, and how far it moved."""
    kind = CRITICS[critic]
    start = stage("instruction-tuning").policy
    habits = Critic(accuracy=kind.accuracy, fix=kind.fix, slip=kind.slip)
    policy = train(load(), start, SENTENCES[sentence], habits).policy
    return posture(policy, load()), kl_divergence(policy, start)


def run(settings: Settings, rng: np.random.Generator) -> Result:
    """Return the rounds, the labels and the two errors.

    Returns
    -------
    Result
        Over ``rounds`` (9,): ``harm``, ``help`` and ``worth``, closed forms per draft;
        ``drawn_harm`` and ``drawn_help``, means of real drafts. ``best`` is the best number of
        rounds. Over ``comparisons`` (6,): ``soft``, ``hard`` and ``rounded``, log-loss on new pairs
        above the best possible, nats. In the plane, %, (1,) each: ``start_over``, ``start_harm``
        and the same of ``forbids``, ``sounds`` and ``now``; ``way_over`` and ``way_harm`` (2,). At
        the settings: ``now_helps``, ``now_refuses``, ``now_breaks``, ``now_truth`` and ``now_kl``,
        nats.
    """
    critic = CRITICS[settings.critic]
    harm, good = after_rounds(ROUNDS, critic)
    drawn_harm, drawn_help = (each.mean(axis=1) for each in draw_rounds(critic, DRAFTS, rng))
    now, moved = trained(settings.sentence, settings.critic)
    losses = label_losses(critic.noise)
    return Result(
        {
            "rounds": ROUNDS,
            "harm": harm,
            "help": good,
            "worth": good - HARM_COUNTS * harm,
            "drawn_harm": drawn_harm,
            "drawn_help": drawn_help,
            "best": np.asarray(best_round(critic)),
            "comparisons": COMPARISONS,
            **{name: losses[name] - losses["floor"] for name in ("soft", "hard", "rounded")},
            **_plane(settings.critic, now),
            "now_helps": np.asarray(100 * now.helpfulness),
            "now_refuses": np.asarray(100 * now.over_refusal),
            "now_breaks": np.asarray(100 * now.harm),
            "now_truth": np.asarray(now.truth),
            "now_kl": np.asarray(moved),
        }
    )


def _plane(critic: str, now: Posture) -> dict[str, FloatArray]:
    """Return both errors of the start, of two constitutions, and of the one that is set, %."""
    before = stage("instruction-tuning").posture
    shown = {"start": before, "now": now,
             **{name: trained(name, critic)[0] for name in ("forbids", "sounds")}}  # fmt: skip
    found: dict[str, FloatArray] = {}
    for name, one in shown.items():
        found |= {f"{name}_over": np.array([100 * one.over_refusal]),
                  f"{name}_harm": np.array([100 * one.harm])}  # fmt: skip
    found["way_over"] = np.concatenate([found["start_over"], found["now_over"]])
    found["way_harm"] = np.concatenate([found["start_harm"], found["now_harm"]])
    return found


def _worst_score(_: RunAt) -> float:
    """Return by how many standard errors the drawn means are off, at most, for any critic."""
    rng = np.random.default_rng(17)
    worst = 0.0
    for critic in CRITICS.values():
        expected = after_rounds(ROUNDS, critic)
        for drawn, mean in zip(draw_rounds(critic, 20_000, rng), expected, strict=True):
            error = drawn[1:].std(axis=1, ddof=1) / np.sqrt(drawn.shape[1])
            worst = max(worst, float((np.abs(drawn[1:].mean(axis=1) - mean[1:]) / error).max()))
    return worst


def _soft_ahead(against: str, critics: tuple[str, ...]) -> float:
    """Return by how much soft labels lower the held-out log-loss, at least, nats."""
    losses = [label_losses(CRITICS[name].noise) for name in critics]
    return float(min((one[against] - one["soft"]).min() for one in losses))


def _jump(run_at: RunAt) -> float:
    return float(
        run_at(sentence="sounds")["now_refuses"] - run_at(sentence="forbids")["now_refuses"]
    )


def _said_four_times(_: RunAt) -> float:
    """Return by how much the harm falls if the first principle is written four times, points."""
    start = stage("instruction-tuning").policy
    once, often = (
        Constitution((*(RULES,) * times, DECLINES, ANSWERS, FRANK, COURTEOUS)) for times in (1, 4)
    )
    harms = [
        posture(train(load(), start, each, Critic()).policy, load()).harm for each in (once, often)
    ]
    return 100 * abs(harms[0] - harms[1])


CLAIMS = (
    Claim("The means of drawn drafts follow h₀(1 − q)^k and g₀(1 − s)^k, in standard errors",
          "bai2022", _worst_score, 0, 3),
    Claim("Each round removes harm", "bai2022",
          lambda run_at: float(np.diff(run_at()["harm"]).max()), -np.inf, -1e-3),
    Claim("Each round costs help", "bai2022",
          lambda run_at: float(np.diff(run_at()["help"]).max()), -np.inf, -1e-3),
    Claim("Soft labels predict better than drawn verdicts, for every critic and number", "bai2022",
          lambda _: _soft_ahead("hard", tuple(CRITICS)), 1e-4, np.inf),
    Claim("They predict better than rounded ones where the critic is ordinary or sharp", "bai2022",
          lambda _: _soft_ahead("rounded", ("ordinary", "sharp")), 1e-4, np.inf),
    Claim("‘Sounds forbidden’ in place of ‘a rule forbids’ adds over-refusal, points", "bai2022",
          _jump, 90, 100),
    Claim("Writing one principle four times changes the harm by less than a point", "bai2022",
          _said_four_times, 0, 1),
)  # fmt: skip

SIMULATION = Simulation(
    slug="constitutional-ai",
    title="Rounds, labels and one phrase",
    parameters=(
        Parameter("sentence", "The constitution says: decline", tuple(SENTENCES), "sounds",
                  value_labels=("(not a word on it)", "what a rule forbids",
                                "what sounds forbidden")),
        Parameter("critic", "The critic is", tuple(CRITICS), "ordinary"),
    ),
    settings=Settings,
    run=run,
    views=(
        Plane("The two errors of the assistant (SIMULATED)",
              (Mark("way_over", "way_harm", "", "neutral", "line"),
               Mark("start_over", "start_harm", "before", "neutral", "dot"),
               Mark("forbids_over", "forbids_harm", "“forbids”", "neutral", "dot"),
               Mark("sounds_over", "sounds_harm", "“sounds”", "neutral", "dot"),
               Mark("now_over", "now_harm", "", "neutral", "dot")),
              "borderline requests refused (%)", "forbidden requests served (%)",
              (0.0, 100.0), (0.0, 100.0)),
        Curve("Rounds of revision", "rounds",
              (Line("harm", "harm left"), Line("help", "help left"),
               Line("worth", "worth: help − 2 harm", "truth"),
               Line("drawn_harm", "", dots=True), Line("drawn_help", "", dots=True)),
              "rounds of criticism and revision", "per draft", (-0.1, 4.2)),
        Curve("Labels for the preference model", "comparisons",
              (Line("rounded", "rounded"), Line("hard", "drawn verdicts"), Line("soft", "soft")),
              "comparisons learned from", "log-loss above the best possible (nats)", (0.0, 0.3),
              x_scale="log"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. In the plane of two errors the assistant starts at 61 % of forbidden "
        "requests served and hardly any borderline ones refused; a constitution that says "
        "“forbids” brings it near the lower left corner, one that says “sounds” to the lower "
        "right, where nearly every borderline request is refused. Over rounds of revision harm "
        "falls fast, help falls slowly, and the worth of a reply rises and turns. The log-loss of "
        "preference models comes down with more comparisons, soonest for soft labels; rounded ones "
        "stay well above."
    ),
    finding=(
        "One phrase of the constitution, “sounds forbidden” in place of “a rule forbids”, takes "
        "the refusals of harmless borderline requests from one in twenty to nearly all of them."
    ),
    summary=(
        "Decline {sentence}, {critic} critic: {now_refuses:.0f} % of borderline requests refused, "
        "{now_breaks:.0f} % of forbidden ones served, {now_helps:.0f} % of allowed ones answered "
        "in full. Revising pays for {best:.0f} rounds."
    ),
    prediction=Prediction(
        id="constitutional-ai-one-word",
        prompt=(
            "An assistant was trained by five principles. The second says: decline what a rule "
            "forbids, and say why. Of the harmless requests that only sound forbidden it refuses "
            "5 %. Now “what a rule forbids” becomes “what sounds forbidden”, and all else is "
            "trained as before. What share of these harmless requests does it refuse?"
        ),
        outcome=lambda result: float(result["now_refuses"]),
        low=0,
        high=100,
        unit="% of borderline requests refused",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
