"""Gates over a quiz: nothing about an option but its meaning may give the key away.

Expectations are exact. A strategy that knows nothing, such as "always the longest option", is
scored on every choice item with ties shared, and compared with picking at random.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from proxygap.errors import ContentError
from proxygap.quiz.model import BLOOM_LEVELS, Item, Multiple, Option, Quiz, Single
from proxygap.quiz.rules import rule_of
from proxygap.quiz.scoring import score

MARGIN = 0.10
"""How much better than chance a strategy without knowledge may do."""

FEWEST_ITEMS = 4
"""With fewer choice items than options some position must hold more than its share of keys."""

SAME_WORDS = 0.85
"""Two options that share this much of their vocabulary say the same thing twice."""

POINTS_ELSEWHERE = re.compile(
    r"\b(all|none|both|neither) of (the|these) (above|below|options)\b", re.I
)

ORDINALS = {2: "2nd", 3: "3rd"}

Strategy = Callable[[tuple[Option, ...]], list[int]]


class Expectation(NamedTuple):
    """What a strategy without knowledge earns on average, and what chance earns."""

    strategy: str
    credit: float
    chance: float

    @property
    def passes(self) -> bool:
        """Return whether the strategy does not pay."""
        return self.credit <= self.chance + MARGIN


def shown_length(text: str) -> int:
    """Return how long `text` looks: markup takes no room, a maths command the room of a letter.

    >>> shown_length("*Return*, see [this](https://example.org)")
    16
    """
    plain = re.sub(r"\]\([^)]*\)", "", text)
    plain = re.sub(r"\\[A-Za-z]+", "x", plain)
    return len(re.sub(r"[*_`$\[\]{}\\]", "", " ".join(plain.split())))


def _longest(place: int) -> Strategy:
    """Choose the option that is `place`-th by length; where there are fewer options, any."""

    def choose(options: tuple[Option, ...]) -> list[int]:
        lengths = [shown_length(option.text) for option in options]
        if place > len(lengths):
            return list(range(len(lengths)))
        sought = sorted(lengths, reverse=True)[place - 1]
        return [i for i, length in enumerate(lengths) if length == sought]

    return choose


def _shortest(options: tuple[Option, ...]) -> list[int]:
    lengths = [shown_length(option.text) for option in options]
    return [i for i, length in enumerate(lengths) if length == min(lengths)]


def _position(position: int) -> Strategy:
    return lambda options: [position] if position < len(options) else list(range(len(options)))


def _strategies(widest: int) -> dict[str, Strategy]:
    """Return every strategy without knowledge for items of up to `widest` options."""
    strategies: dict[str, Strategy] = {"the longest option": _longest(1),
                                       "the shortest option": _shortest}  # fmt: skip
    strategies |= {f"the {ORDINALS.get(place, f'{place}th')} longest option": _longest(place)
                   for place in range(2, widest + 1)}  # fmt: skip
    return strategies | {f"option {i + 1}": _position(i) for i in range(widest)}


def _credits(item: Item) -> list[float]:
    """Return what choosing each single option of a choice item earns."""
    rule = rule_of(item)
    responses = [option.id if item.type == "single" else [option.id] for option in _options(item)]
    return [score(rule, response).credit for response in responses]


def _options(item: Item) -> tuple[Option, ...]:
    return item.body.options if isinstance(item.body, Single | Multiple) else ()


def expectations(quiz: Quiz) -> list[Expectation]:
    """Return what each strategy earns on the choice items of `quiz`."""
    items = [item for item in quiz.items if _options(item)]
    if not items:
        return []
    widest = max(len(_options(item)) for item in items)
    chance = _mean([_mean(_credits(item)) for item in items])
    return [Expectation(name, _earned(items, choose), chance)
            for name, choose in _strategies(widest).items()]  # fmt: skip


def _earned(items: list[Item], choose: Strategy) -> float:
    chosen = ((_credits(item), choose(_options(item))) for item in items)
    return _mean([_mean([earned[i] for i in picks]) for earned, picks in chosen])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def audit(quiz: Quiz) -> list[ContentError]:
    """Return what breaks a gate, each as ``file:line: what to do``."""
    gates = (_guessable, _near_duplicates, _pointers, _objectives, _bloom)
    return [finding for gate in gates for finding in gate(quiz)]


def _finding(quiz: Quiz, line: int, message: str) -> ContentError:
    return ContentError(message, file=quiz.file, line=line)


def _guessable(quiz: Quiz) -> Iterator[ContentError]:
    if sum(bool(_options(item)) for item in quiz.items) < FEWEST_ITEMS:
        return
    for found in expectations(quiz):
        if not found.passes:
            yield _finding(quiz, 1, (
                f"'always {found.strategy}' earns {found.credit:.0%} where chance earns "
                f"{found.chance:.0%}; at most {MARGIN:.0%} more is allowed. Rewrite or reorder "
                "options until the key cannot be guessed."))  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w−-]+", text.lower()))


def _near_duplicates(quiz: Quiz) -> Iterator[ContentError]:
    for item in quiz.items:
        for one, other in combinations(_options(item), 2):
            mine, yours = _words(one.text), _words(other.text)
            if len(mine & yours) >= SAME_WORDS * len(mine | yours):
                yield _finding(quiz, other.line, (
                    f"item '{item.id}': this option is nearly the same as the one on line "
                    f"{one.line}. Let each option say something of its own."))  # fmt: skip


def _pointers(quiz: Quiz) -> Iterator[ContentError]:
    for item in quiz.items:
        for option in _options(item):
            if POINTS_ELSEWHERE.search(option.text):
                yield _finding(quiz, option.line, (
                    f"item '{item.id}': options are shuffled, so '{option.text}' points nowhere. "
                    "Name what is meant, or use type: multiple."))  # fmt: skip


def _objectives(quiz: Quiz) -> Iterator[ContentError]:
    tested = {item.objective for item in quiz.items}
    for objective in quiz.objectives:
        if objective not in tested:
            yield _finding(quiz, 1, (
                f"no item tests the objective '{objective}'. Write one, or remove the objective."
            ))  # fmt: skip


def bloom_needed(items: int) -> int:
    """Return how many of the six Bloom levels a quiz of so many items has to reach."""
    return min(len(BLOOM_LEVELS), items // 2)


def _bloom(quiz: Quiz) -> Iterator[ContentError]:
    reached = {item.bloom for item in quiz.items}
    needed = bloom_needed(len(quiz.items))
    if len(reached) < needed:
        missing = [level for level in BLOOM_LEVELS if level not in reached]
        yield _finding(quiz, 1, (
            f"{len(quiz.items)} items reach {len(reached)} Bloom levels; {needed} are needed. "
            f"Missing: {', '.join(missing)}."))  # fmt: skip
