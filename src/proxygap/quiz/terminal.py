"""Play a quiz in the terminal, or wherever `quiz` is called."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from proxygap.quiz.loader import load_quiz
from proxygap.quiz.model import Item
from proxygap.quiz.rules import rule_of
from proxygap.quiz.scoring import Score, score
from proxygap.quiz.session import Unreadable, parse, prompt, question, shuffled, verdict

NOT_A_NUMBER = (
    "'{typed}' cannot be read as a number. Write digits, such as 12 or -0.5; leave out a comma "
    "between thousands. This does not count as a try."
)


class Result(NamedTuple):
    """How a game went.

    Attributes
    ----------
    scores : dict of str to Score
        Score of each item that was answered.
    asked : int
        Number of items in the game.
    stopped : bool
        Whether the learner left before the end.
    """

    scores: dict[str, Score]
    asked: int
    stopped: bool = False

    @property
    def credit(self) -> float:
        """Return the mean credit over all items of the game, in percent."""
        return 100 * sum(scored.credit for scored in self.scores.values()) / self.asked

    def sentence(self) -> str:
        """Say how it went."""
        right = sum(scored.outcome == "correct" for scored in self.scores.values())
        partly = sum(scored.outcome == "partly" for scored in self.scores.values())
        skipped = self.asked - len(self.scores)
        parts = [f"{right} of {self.asked} right"]
        parts += [f"{partly} partly right"] if partly else []
        parts += [f"{skipped} not answered"] if skipped else []
        # Halves are rounded up, as on the page.
        return f"{', '.join(parts)}. Score: {math.floor(self.credit + 0.5)} %."


Ask = Callable[[str], str | None]
Say = Callable[[str], None]


def play(items: Sequence[Item], *, ask: Ask, say: Say, seed: int) -> Result:
    """Ask `items` one after the other and return how it went.

    Parameters
    ----------
    items : sequence of Item
        What to ask, in order.
    ask : callable
        Shows a prompt and returns what was typed, or None to stop.
    say : callable
        Shows a paragraph.
    seed : int
        Shuffles the options; the same seed gives the same order.
    """
    rng = random.Random(seed)  # noqa: S311  (an order of options, not a secret)
    scores: dict[str, Score] = {}
    for number, item in enumerate(items, start=1):
        say(f"Question {number} of {len(items)}")
        try:
            scored = _ask_item(item, ask, say, rng)
        except _StoppedError:
            return Result(scores, len(items), stopped=True)
        if scored is not None:
            scores[item.id] = scored
    return Result(scores, len(items))


class _StoppedError(Exception):
    """The learner wants no more."""


def _ask_item(item: Item, ask: Ask, say: Say, rng: random.Random) -> Score | None:
    """Ask until there is an answer; an empty line skips the item."""
    order = shuffled(item, rng)
    say(question(item, order))
    while True:
        typed = ask(f"{prompt(item, order)} (Enter skips)")
        if typed is None:
            raise _StoppedError
        if not typed.strip():
            return None
        try:
            response = parse(item, order, typed)
        except Unreadable as error:
            say(str(error))
            continue
        scored = score(rule_of(item), response)
        if scored.outcome == "not a number":
            say(NOT_A_NUMBER.format(typed=typed.strip()))
            continue
        for paragraph in verdict(item, response, scored):
            say(paragraph)
        return scored


def quiz(slug: str) -> Any:
    """Answer the quiz of the chapter `slug`.

    In a notebook this returns a form of widgets; in a terminal it asks and returns the result.

    Parameters
    ----------
    slug : str
        The chapter, such as ``"specification-gaming"``.
    """
    loaded = load_quiz(slug)
    if _in_notebook():
        from proxygap.quiz.notebook import form

        return form(loaded)
    seed = random.SystemRandom().randrange(2**32)
    result = play(loaded.items, ask=_input, say=_print, seed=seed)
    _print(result.sentence())
    return result


def _input(text: str) -> str | None:
    try:
        return input(f"{text}: ")
    except (EOFError, KeyboardInterrupt):
        return None


def _print(paragraph: str) -> None:
    print(f"{paragraph}\n")  # noqa: T201  (a game in the terminal talks)


def _in_notebook() -> bool:
    """Return whether a kernel runs this, which can show widgets."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return False
    return hasattr(get_ipython(), "kernel")
