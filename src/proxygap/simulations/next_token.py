"""Next token: the better a model predicts a text, the less it needs to know whether it is true.

Models that count predict the next word of the notices of a small town from no word, one, two or
four words before it. They read one part and are measured on another, by their loss in bits a word.
Loss is what they are built for, a proxy. Beside it stands what a visitor wants: the right answer
to "the bakery opens at".

With two words of context the loss on unread notices is 3.50 bits a word, as if one of about 11
equally likely words had to be guessed each time, and the hour is right 21 times in 100:

>>> result = SIMULATION.run_at()
>>> print(f"{result['now_loss']:.2f} bits, 1 of {result['now_perplexity']:.1f}")
3.50 bits, 1 of 11.3
>>> print(f"{result['told_true']:.0f} % of places told of, {result['untold_true']:.0f} % of others")
21 % of places told of, 14 % of others

Not modelled: likeness between words, long contexts, parts of words. A neural language model
learns all three; it is trained on the same loss. All words are known beforehand, so that each has
some probability. The town is invented; the numbers are computed on its notices.

Source: shannon1951 (prediction and entropy); chen1999 (smoothing); lin2022 (falsehoods imitated).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from proxygap.simulations._linden import (
    PLACES_TOLD,
    UNTOLD,
    WORDS_KNOWN,
    WORDS_READ,
    model,
    opening,
    right_hours,
    town,
)
from proxygap.simulations._ngram import (
    chance,
    entropy,
    perplexity,
    word_losses,
    words_of,
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
from proxygap.simulations._views import Bars, Curve, Line

CONTEXTS = (0.0, 1.0, 2.0, 4.0)  # words
READ = (100.0, 200.0, 400.0, 800.0, float(len(town().read)))  # words
HOURS = ("five", "six", "seven", "eight", "nine", "ten")
ASKED = opening("gallery")
RUMOUR = words_of("the well is")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    context: float = 2.0  # words that the model looks at
    read: float = READ[-1]  # words that it has read


@lru_cache(maxsize=64)
def losses(context: int, read: int) -> tuple[float, float]:
    """Return the mean loss on the held-out notices and on the words read, bits a word."""
    predicts = model(context + 1, read)
    unread = word_losses(predicts, town().held_out)
    return float(unread.mean()), float(word_losses(predicts, town().read[:read]).mean())


def run(settings: Settings, _: np.random.Generator) -> Result:
    """Return how well the model predicts and how often what it says is so.

    Returns
    -------
    Result
        Over the words read, ``words`` (5,): ``unread`` and ``reread`` loss, bits a word. At the
        setting: ``now_words``, ``now_loss``, ``now_reread``, ``now_perplexity``; ``told_true`` and
        ``untold_true``, the chance of the right hour in % for places that stand in the notices
        to read and for others; after "the gallery opens at" the chance of each hour in %,
        ``after_five`` to ``after_ten``, and of any other word, ``after_other``; after "the well
        is" the chances of what is said often and of what is so, ``rumour`` and ``record``, %.
    """
    context, read = int(settings.context), int(settings.read)
    predicts = model(context + 1, read)
    every = np.array([losses(context, int(words)) for words in READ])
    now = np.array(losses(context, read))
    after = {hour: 100 * chance(predicts, ASKED, hour) for hour in HOURS}
    return Result(
        {
            "words": np.array(READ),
            "unread": every[:, 0],
            "reread": every[:, 1],
            "now_words": np.asarray(settings.read),
            "now_loss": now[0],
            "now_reread": now[1],
            "now_perplexity": perplexity(now[0]),
            "told_true": np.asarray(100 * right_hours(predicts, town().told)),
            "untold_true": np.asarray(100 * right_hours(predicts, UNTOLD)),
            **{f"after_{hour}": np.asarray(percent) for hour, percent in after.items()},
            "after_other": np.asarray(100 - sum(after.values())),
            "rumour": np.asarray(100 * chance(predicts, RUMOUR, "two")),
            "record": np.asarray(100 * chance(predicts, RUMOUR, "sixty")),
        }
    )


def _saved(run_at: RunAt, shorter: float, longer: float) -> float:
    """Return how much less the longer context loses on unread notices."""
    return float(run_at(context=shorter)["now_loss"] - run_at(context=longer)["now_loss"])


def _impossible(_: RunAt) -> float:
    """Return the % of held-out words that a trigram without smoothing holds for impossible."""
    return float(100 * np.isinf(word_losses(model(3, discount=0.0), town().held_out)).mean())


def _uniform_gap(_: RunAt) -> float:
    """Return by how much the perplexity of K equally likely words differs from K."""
    size = len(town().vocabulary)
    return float(abs(perplexity(entropy(np.full(size, 1 / size))) - size))


def _identity_gap(_: RunAt) -> float:
    """Return by how much cross-entropy differs from entropy plus divergence, for random pairs."""
    real, said = np.random.default_rng(4).dirichlet(np.ones(50), (2, 20))
    cross = -(real * np.log2(said)).sum(axis=1)
    divergence = (real * np.log2(real / said)).sum(axis=1)
    return float(np.abs(cross - divergence - [entropy(one) for one in real]).max())


def _chain_gap(_: RunAt) -> float:
    """Return by how much bits added up differ from the bits of a whole sentence's probability."""
    sentence, product = words_of("the bank opens at ten ."), 1.0
    for at, word in enumerate(sentence):
        product *= chance(model(3), sentence[:at], word)
    return float(abs(word_losses(model(3), sentence).sum() + np.log2(product)))


def _furthest_from_one(_: RunAt) -> float:
    """Return how far the probabilities after any context of the held-out text are from sum 1."""
    words: FloatArray = np.array(
        [model(3).probabilities(town().held_out[:at]).sum() for at in range(len(town().held_out))]
    )
    return float(np.abs(words - 1).max())


CLAIMS = (
    Claim("Knowing the last word saves more than 2 bits a word against knowing none",
          "shannon1951", lambda run_at: _saved(run_at, 0.0, 1.0), 2.0, 3.0),
    Claim("A second word of context, smoothed, saves more than 0.4 bits a word more",
          "chen1999", lambda run_at: _saved(run_at, 1.0, 2.0), 0.4, 0.6),
    Claim("Without smoothing, a trigram holds a quarter of the unread words for impossible",
          "chen1999", _impossible, 22, 26),
    Claim("Words already read cost fewer bits than unread ones, by more than 1.5", "chen1999",
          lambda run_at: float(run_at()["now_loss"] - run_at()["now_reread"]), 1.5, 2.0),
    Claim("From 200 words on, the more is read, the lower the loss on what is not", "chen1999",
          lambda run_at: float(np.diff(run_at()["unread"])[1:].max()), -np.inf, 0),
    Claim("K equally likely words have perplexity K", "shannon1951", _uniform_gap, 0, 1e-9),
    Claim("Cross-entropy is entropy plus divergence", "kullback1951", _identity_gap, 0, 1e-12),
    Claim("The bits of its words add up to those of the sentence", "shannon1951", _chain_gap,
          0, 1e-9),
    Claim("Probabilities sum to 1 after every context", "chen1999", _furthest_from_one, 0, 1e-12),
    Claim("With two words of context the hour is right about one time in five", "lin2022",
          lambda run_at: float(run_at()["told_true"]), 20, 23),
    Claim("With four words it is right for places that were told of", "lin2022",
          lambda run_at: float(run_at(context=4.0)["told_true"]), 85, 92),
    Claim("For places not told of, two words more of context change nothing", "kalai2025",
          lambda run_at: float(run_at(context=4.0)["untold_true"] - run_at()["untold_true"]),
          -1e-9, 1e-9),
    Claim("What is said four times is at least ten times as likely as what is so", "lin2022",
          lambda run_at: float(run_at()["rumour"] / run_at()["record"]), 10, 16),
)  # fmt: skip

SIMULATION = Simulation(
    slug="next-token",
    title="Next token",
    parameters=(
        Parameter("context", "It looks at", CONTEXTS, 2.0,
                  value_labels=("no word before", "the last word", "the last 2 words",
                                "the last 4 words")),
        Parameter("read", "It has read", READ, READ[-1],
                  value_labels=tuple(f"{words:,.0f} words" for words in READ)),
    ),
    settings=Settings,
    run=run,
    views=(
        Curve("Loss: how badly it predicts", "words",
              (Line("unread", "notices not read", "proxy"), Line("reread", "notices read")),
              "words read", "bits a word", (0.0, 8.0), x_scale="log", marker="now_words"),
        Bars("Truth: the right opening hour",
             (Line("told_true", "places told of", "truth"),
              Line("untold_true", "places not told of", "truth")),
             "chance of the right hour (%)", (0.0, 100.0)),
        Bars("After “the gallery opens at”",
             (Line("after_five", "five"), Line("after_six", "six"), Line("after_seven", "seven"),
              Line("after_eight", "eight"), Line("after_nine", "nine"),
              Line("after_ten", "ten: so it is", "truth"), Line("after_other", "other words")),
             "chance (%)", (0.0, 100.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "Three charts. Loss in bits a word over the words read: on notices that were not read it "
        "falls from 6.6 to 3.5, on those that were read it stays below 2. Chance of the right "
        "opening hour: 21 % for places that the notices tell of, 14 % for others. After “the "
        "gallery opens at”, nine has 37 %, ten and eight 16 % each; the gallery opens at ten."
    ),
    finding=(
        "Having read, the model is as unsure as if it had to guess among 11 words and no longer "
        f"among {WORDS_KNOWN}. It names the right opening hour one time in five: it has learned "
        "what usually follows, not what is so."
    ),
    summary=(
        "It looks at {context} and has read {read}: loss {now_loss:.2f} bits a word, as if one of "
        "{now_perplexity:.0f} words had to be guessed. Right hour: {told_true:.0f} % for places "
        "told of, {untold_true:.0f} % for others. SIMULATED."
    ),
    prediction=Prediction(
        id="next-token-truth",
        prompt=(
            f"A model has read {WORDS_READ} words of a town’s notices, which tell the opening "
            f"hours of {PLACES_TOLD} places, each more than once. It predicts the next word from "
            "the last two. On notices that it has not read it is as unsure as if it had to guess "
            f"one of 11 words; before reading it was one of {WORDS_KNOWN}. Asked “the bakery opens "
            f"at …” and so on for all {PLACES_TOLD}, how often does it say the right hour?"
        ),
        outcome=lambda result: float(result["told_true"]),
        low=0,
        high=100,
        unit="% right hours",
        step=1,
        tolerance=8,
    ),
)  # fmt: skip
