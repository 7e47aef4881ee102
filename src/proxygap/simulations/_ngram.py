r"""Predict the next word from the words before it, by counting. Exact, small and seeded.

A model gives a probability to every word of its vocabulary, given the words so far. How good these
are is measured by the *loss* on a text: the mean of −log₂ p over the words that really came, in
bits a word. An n-gram model looks at the last n − 1 words and mixes what followed them in the text
that it has read with what followed the last n − 2, and so on down to all words alike:

.. math:: p_n(w \mid h) = \frac{\max(c(hw) - D, 0)}{c(h)} + \frac{D\,N(h)}{c(h)}\,p_{n-1}(w \mid h')

with c counting, N(h) the number of different words that came after h, and h′ the context h without
its first word (interpolated absolute discounting; D = 0 gives shares that were seen, and nothing
else).

Whatever has a vocabulary and `NextWord.probabilities` can stand in its place.

Source: ney1994 and chen1999 (smoothing); shannon1951 (prediction and entropy); holtzman2020
(sampling from the nucleus).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from proxygap.simulations._spec import FloatArray

DISCOUNT = 0.75
_PIECE = re.compile(r"[a-z']+|\.")


class NextWord(Protocol):
    """Whatever predicts: counts, or a neural network."""

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word that can come, K of them."""

    def probabilities(self, context: Sequence[str]) -> FloatArray:
        """Return the probability of every word after `context`, (K,); they sum to 1."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters; a full stop is a word too.

    >>> words_of("The well is old. Please wait.")
    ('the', 'well', 'is', 'old', '.', 'please', 'wait', '.')
    """
    return tuple(_PIECE.findall(text.lower()))


class NGram:
    """Counts of what followed what, smoothed.

    Parameters
    ----------
    words : sequence of str
        The text to learn from.
    order : int
        How many words it deals with at once: 1 looks at no context, 3 at two words.
    vocabulary : sequence of str
        Every word that can come; those of `words` at least.
    discount : float
        What is taken off each count for the shorter context, from 0 to below 1.
    """

    def __init__(
        self,
        words: Sequence[str],
        order: int,
        vocabulary: Iterable[str] = (),
        discount: float = DISCOUNT,
    ) -> None:
        self.order = order
        self.discount = discount
        self._vocabulary = tuple(sorted({*vocabulary, *words}))
        self._followers = [_followers(words, length) for length in range(order)]
        self._kept: dict[tuple[str, ...], FloatArray] = {}

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word that can come, in alphabetical order."""
        return self._vocabulary

    @cached_property
    def index(self) -> dict[str, int]:
        """The place of each word in the vocabulary."""
        return {word: place for place, word in enumerate(self.vocabulary)}

    def probabilities(self, context: Sequence[str]) -> FloatArray:
        """Return the probability of every word after `context`, (K,); they sum to 1."""
        known = tuple(context[max(0, len(context) - self.order + 1) :])
        while known and known not in self._followers[len(known)]:
            known = known[1:]  # what was never seen says nothing; the shorter context does
        if known not in self._kept:
            self._kept[known] = self._mixed(known)
        return self._kept[known]

    def _mixed(self, context: tuple[str, ...]) -> FloatArray:
        size = len(self.vocabulary)
        shorter = self.probabilities(context[1:]) if context else np.full(size, 1 / size)
        after = self._followers[len(context)].get(context)
        if not after:
            return shorter
        total = sum(after.values())
        mixed = shorter * (self.discount * len(after) / total)
        for word, count in after.items():
            mixed[self.index[word]] += max(count - self.discount, 0) / total
        mixed.flags.writeable = False
        return mixed


def _followers(words: Sequence[str], length: int) -> dict[tuple[str, ...], Counter[str]]:
    """Return how often each word came after each context of this length."""
    found: dict[tuple[str, ...], Counter[str]] = {}
    for at in range(length, len(words)):
        found.setdefault(tuple(words[at - length : at]), Counter())[words[at]] += 1
    return found


def chance(model: NextWord, context: Sequence[str], word: str) -> float:
    """Return the probability of one word after `context`."""
    return float(model.probabilities(context)[model.vocabulary.index(word)])


def word_losses(model: NextWord, words: Sequence[str], given: Sequence[str] = ()) -> FloatArray:
    """Return −log₂ p of each word, in bits, when the model sees all words before it.

    Parameters
    ----------
    model : NextWord
        What predicts.
    words : (N,) sequence of str
        What came; each is in the vocabulary.
    given : sequence of str
        What stood before the first of them.

    Returns
    -------
    (N,) array
        Bits; infinite where the model held the word for impossible.
    """
    place = {word: at for at, word in enumerate(model.vocabulary)}
    whole = (*given, *words)
    chances = [
        model.probabilities(whole[:at])[place[whole[at]]] for at in range(len(given), len(whole))
    ]
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log2(np.array(chances)))


def perplexity(bits: float | FloatArray) -> FloatArray:
    """Return 2^bits: among how many equally likely words one would have to guess as badly."""
    return np.asarray(np.exp2(bits))


def entropy(chances: FloatArray) -> float:
    """Return the entropy of a distribution in bits: the loss that it expects of itself.

    >>> entropy(np.full(8, 1 / 8))
    3.0
    """
    possible = chances[chances > 0]
    return float(-(possible * np.log2(possible)).sum()) + 0.0


def tempered(chances: FloatArray, temperature: float) -> FloatArray:
    """Return p^(1/T), brought to sum 1; at T = 0 the likeliest word alone (the first of equals).

    >>> tempered(np.array([0.8, 0.2]), 0.5).round(4).tolist()
    [0.9412, 0.0588]
    """
    if temperature == 0:
        return np.asarray(np.eye(len(chances))[int(chances.argmax())])
    with np.errstate(divide="ignore", over="ignore"):  # both lead to probability 0
        raised = np.exp(np.log(chances / chances.max()) / temperature)
    return np.asarray(raised / raised.sum())


def nucleus(chances: FloatArray, top_p: float) -> FloatArray:
    """Return the likeliest words that together reach `top_p`, brought to sum 1, and no others.

    >>> nucleus(np.array([0.5, 0.25, 0.25]), 0.7).round(4).tolist()
    [0.6667, 0.3333, 0.0]
    """
    order = np.argsort(-chances, kind="stable")
    before = np.cumsum(chances[order]) - chances[order]
    kept = np.zeros(len(chances))
    # What rounding adds must not let one more word in.
    inside = order[before < top_p - 1e-12]
    kept[inside] = chances[inside]
    return np.asarray(kept / kept.sum())


def reshaped(chances: FloatArray, temperature: float, top_p: float) -> FloatArray:
    """Return the distribution that is drawn from: first the temperature, then the nucleus."""
    return nucleus(tempered(chances, temperature), top_p)


def sample(
    model: NextWord,
    context: Sequence[str],
    length: int,
    rng: np.random.Generator,
    *,
    temperature: float = 1.0,
    top_p: float = 1.0,
) -> tuple[str, ...]:
    """Write on: draw one word after another, each given all words before it."""
    whole = list(context)
    for draw in rng.random(length):
        chances = reshaped(model.probabilities(whole), temperature, top_p)
        place = int((draw >= np.cumsum(chances)[:-1]).sum())
        whole.append(model.vocabulary[place])
    return tuple(whole[len(context) :])
