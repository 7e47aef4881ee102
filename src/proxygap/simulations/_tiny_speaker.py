r"""A language model of two tables, the texts that it learns from, and how it learns.

The towns and rivers are invented. A text is a row of tokens: rivers and phrases, two of which speak
of a town; which one it will be the model does not foresee. The next token hangs on the last one and
on the town that was last spoken of,

.. math:: \pi_\theta(w_{t+1} = w \mid w_1 \dots w_t) \propto \exp(B[w_t, w] + M[town_t, w]),

so :math:`B` holds what follows what, manners of speaking, and :math:`M` what is known of each town.
Both are learnt by gradient descent on the cross-entropy, one line of text a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._spec import FloatArray

IntArray = NDArray[np.intp]

RIVERS = ("Arlow", "Brinna", "Colm", "Devel", "Essel", "Fenner", "Gleed", "Hobber")
PHRASES = ("On which river is {}", "{}", "?", "Do you know it", "lies on the", ".",
           "[reply]", "[end]")  # fmt: skip
WORDS = (*RIVERS, *PHRASES)
WHICH, TOWN, ASK, TAG, LIES, STOP, TURN, END = range(len(RIVERS), len(WORDS))
CHANCE = 1 / len(RIVERS)
_FRONTS = ("Adra", "Belto", "Corva", "Dusle", "Elvo", "Fenda", "Gilto", "Harva", "Imber", "Jarla",
           "Kelto", "Lusa", "Mirra", "Nolva", "Orsa", "Pelta", "Quilla", "Rosko", "Selva", "Tarno",
           "Ulva", "Vinda", "Wexo", "Yorla", "Zenda")  # fmt: skip
_BACKS = ("brook", "bury", "by", "combe", "cote", "dale", "den", "ford", "ham", "hill", "hurst",
          "leigh", "ley", "mere", "stead", "stoke", "thorpe", "ton", "wick", "worth")  # fmt: skip

SHOWN, TESTED, UNKNOWN = 300, 100, 100
"""Towns: in pre-training and in demonstrations; in pre-training alone; their river in no text."""
TOWNS = SHOWN + TESTED + UNKNOWN
NAMES = tuple(_FRONTS[i % len(_FRONTS)] + _BACKS[i // len(_FRONTS)] for i in range(TOWNS))
NOWHERE = TOWNS  # the row of the table while no town has been spoken of
TESTED_TOWNS = np.arange(SHOWN, SHOWN + TESTED)
UNKNOWN_TOWNS = np.arange(SHOWN + TESTED, TOWNS)

STATED, ASKED = 16, 5  # lines of pre-training about each town: statements, questions
ERRORS = 0.1  # share of the statements that name some other river
MOST_TAGS = 3  # "Do you know it?" after a question
LINES = 8  # in a document, which is all statements or all questions
RATE = 3.0  # of pre-training
SEED = 12


class Text(NamedTuple):
    """Lines of text as what has to be predicted, one entry for each token after the first.

    Attributes
    ----------
    last, town, target : (L,) arrays of int
        The token before, the town that was last spoken of, and the token that comes.
    counts : (L,) array of bool
        Which tokens count in the loss.
    """

    last: IntArray
    town: IntArray
    target: IntArray
    counts: NDArray[np.bool_]


@dataclass
class Speaker:
    """The model.

    Parameters
    ----------
    manners : (V, V) array
        B: score of each next token after each token, in nats.
    memory : (towns + 1, V) array
        M: what the town that was spoken of adds to it; the last row is for no town.
    """

    manners: FloatArray
    memory: FloatArray

    def chances(self, last: IntArray | int, town: IntArray) -> FloatArray:
        """Return the probability of every next token, (L, V)."""
        scores = self.manners[last] + self.memory[town]
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=-1, keepdims=True))

    def loss(self, text: Text) -> float:
        """Return the mean cross-entropy of the tokens that count, in nats."""
        chances = self.chances(text.last, text.town)
        chance = np.take_along_axis(chances, text.target[:, None], 1)[:, 0]
        return float(-np.log(chance[text.counts]).mean())

    def learn(self, text: Text, rate: float) -> None:
        """Take one step down the gradient of `loss`."""
        last, town, target = (part[text.counts] for part in text[:3])
        slope = self.chances(last, town)
        slope[np.arange(len(target)), target] -= 1
        step = rate / len(target) * slope
        np.subtract.at(self.manners, last, step)
        np.subtract.at(self.memory, town, step)

    def copy(self) -> Speaker:
        """Return a model that learns on its own."""
        return Speaker(self.manners.copy(), self.memory.copy())


def text(tokens: Sequence[int], town: int, *, after: int = END, before: int = NOWHERE,
         prompt: int = 0) -> Text:  # fmt: skip
    """Return one line, which speaks of one town, as what has to be predicted.

    Parameters
    ----------
    tokens : sequence of int
        The line.
    town : int
        Its town.
    after : int
        The token before the line.
    before : int
        The town that was spoken of before the line.
    prompt : int
        How many tokens at its start do not count in the loss.
    """
    target = np.array(tokens, dtype=np.intp)
    last = np.concatenate([[after], target[:-1]])
    spoken = np.cumsum((last == WHICH) | (last == TOWN)) > 0
    return Text(last, np.where(spoken, town, before), target, np.arange(len(target)) >= prompt)


def question(tags: int) -> list[int]:
    """Return a question with so many tags: "On which river is Adraby? Do you know it?"."""
    return [WHICH, ASK] + [TAG, ASK] * tags


def draw_rivers(rng: np.random.Generator) -> IntArray:
    """Return on which river each town lies, (towns,)."""
    return rng.integers(len(RIVERS), size=TOWNS)


def documents(rivers: IntArray, rng: np.random.Generator) -> list[Text]:
    """Return the lines of pre-training: documents of statements, and of questions.

    No question is ever answered in them, and nothing is stated about the unknown towns.
    """
    stated = rng.permutation(np.repeat(np.arange(SHOWN + TESTED), STATED))
    asked = rng.permutation(np.repeat(np.arange(TOWNS), ASKED))
    of_statements = [_statement(int(rivers[town]), rng) for town in stated]
    of_questions = [question(int(rng.integers(MOST_TAGS + 1))) for _ in asked]
    lines = _in_documents(stated, of_statements) + _in_documents(asked, of_questions)
    return [lines[i] for i in rng.permutation(len(lines))]


def _statement(river: int, rng: np.random.Generator) -> list[int]:
    wrong = rng.random() < ERRORS
    return [TOWN, LIES, int(rng.integers(len(RIVERS))) if wrong else river, STOP]


def _in_documents(towns: IntArray, lines: list[list[int]]) -> list[Text]:
    """Return the lines, every eighth of which ends a document."""
    found, after, before = [], END, NOWHERE
    for place, (town, tokens) in enumerate(zip(towns.tolist(), lines, strict=True), start=1):
        ends = place % LINES == 0
        found.append(text(tokens + [END] * ends, town, after=after, before=before))
        after, before = (END, NOWHERE) if ends else (tokens[-1], town)
    return found


@cache
def pretrained() -> tuple[Speaker, IntArray]:
    """Return the base model, and on which river each town lies.

    Copy the model before it learns more.
    """
    rng = np.random.default_rng(SEED)
    rivers = draw_rivers(rng)
    speaker = Speaker(np.zeros((len(WORDS), len(WORDS))), np.zeros((TOWNS + 1, len(WORDS))))
    for line in documents(rivers, rng):
        speaker.learn(line, RATE)
    speaker.manners[TURN] = speaker.manners[ASK]  # a new sign starts as the one that it follows
    return speaker, rivers


class Answers(NamedTuple):
    """What a model does at the end of prompts about some towns, as exact probabilities.

    Attributes
    ----------
    answered, right : (towns,) arrays
        It names a river and stops; it names the right one and stops.
    """

    answered: FloatArray
    right: FloatArray


def answers(speaker: Speaker, towns: IntArray, rivers: IntArray, sign: int = ASK) -> Answers:
    """Return how a model replies to prompts that end in `sign`, one about each town."""
    named = speaker.chances(sign, towns)[:, : len(RIVERS)]
    every = np.arange(len(RIVERS))
    stops = np.stack([speaker.chances(int(r), towns)[:, STOP] for r in every], axis=1)
    whole = named * stops * speaker.chances(STOP, towns)[:, [END]]
    return Answers(whole.sum(axis=1), whole[np.arange(len(towns)), rivers[towns]])


def speak(
    speaker: Speaker, town: int, rng: np.random.Generator, *, most: int = 8
) -> list[tuple[int, int]]:
    """Draw what a model writes after a question about a town, until it ends or `most` tokens.

    Returns
    -------
    list of (int, int)
        Each token and the town that is spoken of. A town that the model brings up is drawn.
    """
    last, written = ASK, list[tuple[int, int]]()
    while len(written) < most and last != END:
        chances = speaker.chances(np.array([last]), np.array([town]))[0]
        last = int(rng.choice(len(WORDS), p=chances))
        town = int(rng.integers(TOWNS)) if last in (WHICH, TOWN) else town
        written.append((last, town))
    return written


def spelt(written: Iterable[tuple[int, int]]) -> str:
    """Return tokens as a reader sees them; the end is not shown.

    >>> spelt([(WHICH, 3), (ASK, 3), (TAG, 3), (ASK, 3), (4, 3), (STOP, 3), (END, 3)])
    'On which river is Duslebrook? Do you know it? Essel.'
    """
    words = " ".join(WORDS[token].format(NAMES[town]) for token, town in written if token != END)
    return words.replace(" ?", "?").replace(" .", ".")
