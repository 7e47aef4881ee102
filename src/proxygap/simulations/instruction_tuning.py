r"""Instruction tuning: from continuing a question to answering it.

A small language model has read two kinds of text: statements ("Adraham lies on the Colm.") and
lists of questions that nobody answers. Ask it something, and it goes on asking. Then it is shown
demonstrations, a prompt and its reply each, and takes one step of gradient descent on the
cross-entropy of each. The prompts that are tested ask about towns that no demonstration is about:
the river of 100 of them was in pre-training, that of 100 others in no text at all.

The model's first table holds manners of speaking, its second one what it knows of each town (see
``_tiny_speaker``). Demonstrations change the first for every town, and the second only for theirs.

A prompt may go on after its question: "On which river is Adraham? Do you know it?" has two question
marks, and only the last one is followed by the reply. If the loss counts the prompt too, the model
learns the others as well: with 0 to 3 such tags 1/2.5 = 40 % of the question marks end a prompt.

>>> shares = 1 / (1 + np.arange(MOST_TAGS + 1)).mean()
>>> float(shares)
0.4

Every number is SIMULATED; towns and rivers are invented.

Not modelled: knowledge that has to be put together, prompts in other words, demonstrations that are
wrong, more than one task, a model that could say that it does not know.

Source: zhou2023 (format from few demonstrations, knowledge from pre-training); shi2024 (loss over
instructions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
)
from proxygap.simulations._tiny_speaker import (
    ASK,
    CHANCE,
    END,
    MOST_TAGS,
    SHOWN,
    STOP,
    TESTED_TOWNS,
    TURN,
    UNKNOWN_TOWNS,
    Answers,
    Speaker,
    Text,
    answers,
    pretrained,
    question,
    text,
)
from proxygap.simulations._views import Curve, Line

OFFERED = (0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
SEEN = np.array([0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 300])
RATE = 2.0  # of gradient descent on demonstrations
SEED = 1
DRAWS = 16  # sets of demonstrations; the numbers are means over them


class Way(NamedTuple):
    """One way to set up the demonstrations.

    Attributes
    ----------
    masked : bool
        Whether only the reply counts in the loss.
    tags : bool
        Whether prompts go on after their question.
    marked : bool
        Whether a sign marks where the prompt ends.
    """

    masked: bool
    tags: bool
    marked: bool


WAYS = {
    "the reply": Way(True, True, False),
    "the prompt too": Way(False, True, False),
    "the prompt too, one question": Way(False, False, False),
    "the prompt too, its end marked": Way(False, True, True),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    demonstrations: float = 100.0  # 0 to 300
    counts: str = "the reply"  # what the loss counts, a key of WAYS


def demonstration(town: int, river: int, tags: int, way: Way) -> Text:
    """Return a prompt about a town and the reply to it, as text to learn from."""
    prompt = question(tags if way.tags else 0) + [TURN] * way.marked
    return text([*prompt, river, STOP, END], town, prompt=len(prompt) if way.masked else 0)


class Course(NamedTuple):
    """What one set of demonstrations makes of the model, at every number in `SEEN`, in %.

    Attributes
    ----------
    answered, right : (19, 2) arrays
        Share of the prompts that get an answer, and the right one: about towns whose river was in
        pre-training, and about those in no text.
    """

    answered: FloatArray
    right: FloatArray


def learners(way: Way, rng: np.random.Generator) -> Iterator[Speaker]:
    """Yield the base model, then the same model after each of up to 300 demonstrations.

    It is one model that goes on learning: look at it before you ask for the next.
    """
    base, rivers = pretrained()
    speaker, towns = base.copy(), rng.permutation(SHOWN)
    tags = rng.integers(MOST_TAGS + 1, size=SHOWN)
    yield speaker
    for town, number in zip(towns.tolist(), tags.tolist(), strict=True):
        speaker.learn(demonstration(town, int(rivers[town]), number, way), RATE)
        yield speaker


def tuned(demonstrations: int, counts: str = "the reply") -> Speaker:
    """Return the model after so many demonstrations, the first set of those that are drawn."""
    first = np.random.default_rng(SEED).spawn(1)[0]
    return next(islice(learners(WAYS[counts], first), demonstrations, None))


def course(way: Way, rng: np.random.Generator) -> Course:
    """Show the model 300 demonstrations, each once, and test it on the way."""
    every = enumerate(learners(way, rng))
    tested = [_tested(speaker, way) for number, speaker in every if number in SEEN]
    means = np.array([[[100 * part.mean() for part in each] for each in row] for row in tested])
    return Course(means[..., 0], means[..., 1])


def _tested(speaker: Speaker, way: Way) -> tuple[Answers, Answers]:
    rivers, sign = pretrained()[1], TURN if way.marked else ASK
    return (answers(speaker, TESTED_TOWNS, rivers, sign),
            answers(speaker, UNKNOWN_TOWNS, rivers, sign))  # fmt: skip


@cache
def courses(counts: str) -> Course:
    """Return the courses of `DRAWS` sets of demonstrations, (16, 19, 2) each."""
    rngs = np.random.default_rng(SEED).spawn(DRAWS)  # the same demonstrations, whatever counts
    drawn = [course(WAYS[counts], rng) for rng in rngs]
    return Course(np.array([one.answered for one in drawn]), np.array([one.right for one in drawn]))


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return what the model answers along the demonstrations, and after those that are set.

    Returns
    -------
    Result
        Over ``seen`` (19,), in %: ``answered`` and ``right`` where the river was in pre-training,
        with the least and the most of 16 sets of demonstrations in ``right_low``, ``right_high``;
        ``answered_unknown`` and ``right_unknown`` where it was in no text; ``recall`` and
        ``recall_unknown``, the right ones among the answers. At the settings: ``now_seen``,
        ``now_answered``, ``now_right``, ``now_answered_unknown``, ``now_right_unknown``,
        ``now_recall``.
    """
    found = courses(settings.counts)
    answered, right = found.answered.mean(axis=0), found.right.mean(axis=0)
    recall = 100 * right / answered
    now = int(np.searchsorted(SEEN, settings.demonstrations))
    return Result(
        {
            "seen": SEEN.astype(float),
            "answered": answered[:, 0],
            "right": right[:, 0],
            "right_low": found.right[..., 0].min(axis=0),
            "right_high": found.right[..., 0].max(axis=0),
            "answered_unknown": answered[:, 1],
            "right_unknown": right[:, 1],
            "recall": recall[:, 0],
            "recall_unknown": recall[:, 1],
            "now_seen": np.asarray(settings.demonstrations),
            "now_answered": answered[now, 0],
            "now_right": right[now, 0],
            "now_answered_unknown": answered[now, 1],
            "now_right_unknown": right[now, 1],
            "now_recall": recall[now, 0],
        }
    )


def _answered(run_at: RunAt, demonstrations: float, counts: str = "the reply") -> float:
    return float(run_at(demonstrations=demonstrations, counts=counts)["now_answered"])


CLAIMS = (
    Claim("Before any demonstration it continues and hardly ever answers, %", "zhou2023",
          lambda run_at: _answered(run_at, 0.0), 0, 1),
    Claim("100 demonstrations do more than nine tenths of what 300 do for the format", "zhou2023",
          lambda run_at: _answered(run_at, 100.0) / _answered(run_at, 300.0), 0.9, 1),
    Claim("Of the answers about what was in pre-training, the share that is right stays where it "
          "was before the first demonstration, in percentage points", "zhou2023",
          lambda run_at: float(np.ptp(run_at()["recall"])), 0, 5),
    # Each of 100 towns is right with chance 1/8 at most: five standard errors of their mean.
    Claim("What was in no text stays at chance, 12.5 %", "zhou2023",
          lambda run_at: float(np.abs(run_at()["recall_unknown"] - 100 * CHANCE).max()),
          0, 500 * np.sqrt(CHANCE * (1 - CHANCE) / len(UNKNOWN_TOWNS))),
    Claim("It is answered nearly as often all the same, %", "zhou2023",
          lambda run_at: float(run_at(demonstrations=300.0)["now_answered_unknown"]), 90, 100),
    Claim("If the prompt counts too, fewer than half are answered even after 300: 40 % of the "
          "question marks end a prompt", "shi2024",
          lambda run_at: _answered(run_at, 300.0, "the prompt too"), 30, 50),
    Claim("With one question a prompt, counting the prompt does no lasting harm, %", "shi2024",
          lambda run_at: _answered(run_at, 300.0, "the prompt too, one question"), 90, 100),
    Claim("With the end of the prompt marked it does none either, %", "shi2024",
          lambda run_at: _answered(run_at, 300.0, "the prompt too, its end marked"), 90, 100),
)  # fmt: skip

SIMULATION = Simulation(
    slug="instruction-tuning",
    title="From continuing to answering",
    parameters=(
        Parameter("demonstrations", "Demonstrations", OFFERED, 100.0,
                  value_labels=("none", "1", *(f"{n:.0f}" for n in OFFERED[2:]))),
        Parameter("counts", "The loss counts", tuple(WAYS), "the reply"),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Rivers that were in pre-training", "seen",
              (Line("answered", "it answers", "proxy"),
               Line("right", "and is right", "truth", low="right_low", high="right_high")),
              "demonstrations, none about these towns", "% of the prompts (SIMULATED)",
              (0.0, 100.0), marker="now_seen"),
        Curve("Rivers that were in no text", "seen",
              (Line("answered_unknown", "it answers", "proxy"),
               Line("right_unknown", "and is right", "truth")),
              "demonstrations, none about these towns", "% of the prompts (SIMULATED)",
              (0.0, 100.0), marker="now_seen"),
        Curve("Right, of what it answers", "seen",
              (Line("recall", "in pre-training"), Line("recall_unknown", "in no text")),
              "demonstrations", "% of the answers", (0.0, 100.0), marker="now_seen"),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts over 0 to 300 demonstrations. Of prompts about rivers that were in "
        "pre-training, the share that is answered leaps from 0 to 84 % within 50 demonstrations "
        "and ends near 98 %; the share answered rightly follows it up to 85 %. Of prompts about "
        "rivers in no text the answered share climbs as well, to 93 %, and the right ones only to "
        "12 %. Of the answers that are given, 84 to 89 % and about 13 % are right, all the way."
    ),
    finding=(
        "A hundred demonstrations turn a model that continues questions into one that answers "
        "them. They bring out what it had read and add nothing to it: about the rest it guesses, "
        "in the same tone."
    ),
    summary=(
        "Demonstrations: {demonstrations}; the loss counts {counts}. Of prompts about rivers in "
        "pre-training {now_answered:.0f} % are answered and {now_right:.0f} % rightly; of those "
        "about rivers in no text {now_answered_unknown:.0f} % and {now_right_unknown:.0f} %."
    ),
    prediction=Prediction(
        id="instruction-tuning-right",
        prompt=(
            "A model has read statements about 400 towns and lists of questions without answers. "
            "Asked on which river a town lies, it goes on asking. Now it is shown 100 questions "
            "with their answers, about 100 of the towns. It is tested on other towns, which it "
            "has read about. How many of 100 questions does it answer rightly?"
        ),
        outcome=lambda result: float(result["now_right"]),
        low=0,
        high=100,
        unit="questions of 100 answered rightly",
        step=1,
        tolerance=10,
    ),
)  # fmt: skip
