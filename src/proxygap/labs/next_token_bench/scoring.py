"""Bits: what a guess costs, what the model's costs, and what a text that it wrote amounts to."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from proxygap.labs.next_token_bench.material import STARTS, Passage, predictor
from proxygap.simulations._linden import Statement, statements
from proxygap.simulations._ngram import chance, sample, word_losses, words_of
from proxygap.simulations.sampling import repeated

SURE = (5, 10, 25, 50, 75, 90, 99)  # percent
LENGTH = 40  # words of a text that is written
TEXTS = 8  # texts of which the statements are counted; the first is shown


def read_word(typed: str) -> str:
    """Return the one word that was typed, in small letters; nothing if it is not one word.

    >>> read_word(" Water "), read_word("full stop"), read_word("."), read_word("two words")
    ('water', '.', '.', '')
    """
    plain = " ".join(typed.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if plain in {"full stop", "period", "stop"}:
        return "."
    return plain if re.fullmatch(r"[a-z']+|\.", plain) else ""


def own_bits(word: str, sure: int, real: str) -> float:
    """Return what a guess costs in bits.

    The guess gets the probability that the learner gave it; the rest goes to all other words, each
    as common as it is in the notices that were read.
    """
    p = sure / 100
    if word == real:
        return -math.log2(p)
    common = predictor("1")
    taken = chance(common, (), word) if word in common.vocabulary else 0.0
    return -math.log2((1 - p) * chance(common, (), real) / (1 - taken))


def model_bits(order: str, passage: Passage, count: int) -> list[float]:
    """Return what each of the first `count` words of a passage cost the model, in bits."""
    losses = word_losses(predictor(order), passage.words[:count], passage.given)
    return [float(bits) for bits in losses]


def top_words(order: str, context: tuple[str, ...], count: int) -> list[tuple[str, float]]:
    """Return the likeliest next words with their probabilities."""
    predicts = predictor(order)
    chances = predicts.probabilities(context)
    best = np.argsort(-chances, kind="stable")[:count]
    return [(predicts.vocabulary[at], float(chances[at])) for at in best]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is to be written."""

    start: str
    order: str
    temperature: str
    top_p: str
    seed: int


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was written, and what eight such texts come to.

    Parameters
    ----------
    words : tuple of str
        The text with its beginning.
    bits : float
        Loss of the model on what it wrote, bits a word, mean over the texts.
    repeats : float
        Share of runs of three words that stood in the same text before, mean over the texts.
    said : tuple of Statement
        What this text states that can be checked.
    checked, true : int
        Statements of all texts that can be checked, and those that are true.
    """

    words: tuple[str, ...]
    bits: float
    repeats: float
    said: tuple[Statement, ...]
    checked: int
    true: int


@lru_cache(maxsize=64)
def written(setting: Setting) -> Written:
    """Write eight texts at this setting; the same setting and seed write the same ones."""
    predicts, start = predictor(setting.order), words_of(STARTS[setting.start])
    streams = np.random.default_rng(setting.seed).spawn(TEXTS)
    texts = [
        sample(predicts, start, LENGTH, one, temperature=float(setting.temperature),
               top_p=float(setting.top_p))
        for one in streams
    ]  # fmt: skip
    bits = [float(word_losses(predicts, text, start).mean()) for text in texts]
    said = [statements((*start, *text)) for text in texts]
    true = sum(one.true for statement in said for one in statement)
    return Written(
        words=(*start, *texts[0]),
        bits=float(np.mean(bits)),
        repeats=float(np.mean([repeated(text) for text in texts])),
        said=said[0],
        checked=sum(map(len, said)),
        true=true,
    )


def sentence_bits(text: str, order: str = "3") -> float:
    """Return what a sentence costs the model, bits a word, after a full stop."""
    return float(word_losses(predictor(order), words_of(text), (".",)).mean())
