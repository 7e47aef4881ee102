"""What a cohort's answers say about the items of a bank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from proxygap.bank import statistics
from proxygap.bank.answers import choices_of
from proxygap.bank.given import Given, given
from proxygap.bank.learners import Learner
from proxygap.bank.statistics import Reliability, Table
from proxygap.quiz import Item, Misconception, Quiz
from proxygap.simulations import proportions

FEWEST_LEARNERS = 20
"""Below that, one learner more or less changes the verdict on an item."""

TOO_EASY, TOO_HARD = 0.95, 0.20
FUNCTIONING = 0.05
"""A distractor that fewer learners choose does no work (Haladyna and Downing's convention)."""

TOO_EASY_TO_JUDGE = 1 - 2 * FUNCTIONING
"""Where almost everybody is right, hardly anybody is left to choose a distractor."""


class ChoiceRate(NamedTuple):
    """How many learners chose something."""

    name: str
    text: str
    right: bool
    learners: int
    rate: float


@dataclass(frozen=True)
class ItemReport:
    """What is known about one item.

    Attributes
    ----------
    id, type : str
        Of the item.
    answers : int
        Learners who answered it.
    difficulty : float or None
        Share who were right at the first try.
    interval : tuple of float or None
        Wilson's 95 % interval around it.
    credit : float or None
        Mean credit at the first try.
    discrimination : float or None
        Corrected point-biserial correlation of being right with the mean on all other items.
    known : int
        First answers that are known in full; older files keep only the score.
    choices : list of ChoiceRate
        How often each choice was made, among `known`.
    mend : list of str
        What an author should look at.
    """

    id: str
    type: str
    answers: int
    difficulty: float | None
    interval: tuple[float, float] | None
    credit: float | None
    discrimination: float | None
    known: int
    choices: list[ChoiceRate]
    mend: list[str]


class BeliefReport(NamedTuple):
    """How many learners showed a misconception, of those who could."""

    id: str
    title: str
    section: str
    learners: int
    asked: int
    rate: float


@dataclass(frozen=True)
class ChapterReport:
    """The items of one chapter together."""

    chapter: str
    title: str
    alpha: Reliability
    kr20: Reliability
    items: list[ItemReport]


@dataclass(frozen=True)
class BankReport:
    """Everything that a cohort's files say."""

    learners: int
    chapters: list[ChapterReport]
    misconceptions: list[BeliefReport]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON-able data."""
        chapters = [{
            "chapter": one.chapter, "title": one.title, "alpha": one.alpha._asdict(),
            "kr20": one.kr20._asdict(), "items": [_item_as_dict(item) for item in one.items],
        } for one in self.chapters]  # fmt: skip
        beliefs = [belief._asdict() for belief in self.misconceptions]
        return {"learners": self.learners, "chapters": chapters, "misconceptions": beliefs}


def _item_as_dict(item: ItemReport) -> dict[str, Any]:
    return {**asdict(item), "choices": [choice._asdict() for choice in item.choices]}


def report(
    bank: Sequence[Quiz], cohort: Sequence[Learner], glossary: dict[str, Misconception]
) -> BankReport:
    """Return what the answers of `cohort` say about the items of `bank`."""
    items = [item for quiz in bank for item in quiz.items]
    answers = given(items, cohort)
    earned = answers.credit()
    right = np.where(np.isnan(earned), np.nan, earned == 1)
    found = _item_reports(items, answers, earned, right)
    chapters, start = [], 0
    for quiz in bank:
        here = slice(start, start := start + len(quiz.items))
        chapters.append(ChapterReport(
            quiz.chapter, quiz.title, statistics.alpha(earned[:, here]),
            statistics.alpha(right[:, here]), found[here]))  # fmt: skip
    return BankReport(len(cohort), chapters, _beliefs(items, answers, glossary))


class _Measured(NamedTuple):
    """The numbers of one item."""

    answers: int
    difficulty: float | None
    credit: float | None
    discrimination: float | None


def _item_reports(
    items: Sequence[Item], answers: Given, earned: Table, right: Table
) -> list[ItemReport]:
    counts = (~np.isnan(right)).sum(axis=0).tolist()
    known = answers.known().sum(axis=0).tolist()
    numbers = map(_Measured, counts, statistics.means(right), statistics.means(earned),
                  statistics.discriminations(right, earned))  # fmt: skip
    made = map(answers.choices, range(len(items)))
    return list(map(_item_report, items, numbers, known, made))


def _item_report(item: Item, measured: _Measured, known: int, counts: Counter[str]) -> ItemReport:
    answers, difficulty, credit, discrimination = measured
    rates = [ChoiceRate(*choice, counts[choice.name], counts[choice.name] / known if known else 0.0)
             for choice in choices_of(item)]  # fmt: skip
    mend = []
    if difficulty is not None and answers >= FEWEST_LEARNERS:
        mend += _level(difficulty) + _direction(discrimination)
        if known >= FEWEST_LEARNERS and difficulty < TOO_EASY_TO_JUDGE:
            mend += _unused(item, rates)
    return ItemReport(item.id, item.type, answers, difficulty, _interval(difficulty, answers),
                      credit, discrimination, known, rates, mend)  # fmt: skip


def _interval(difficulty: float | None, answers: int) -> tuple[float, float] | None:
    if difficulty is None:
        return None
    low, high = proportions.wilson_interval(round(difficulty * answers), answers)
    return float(low), float(high)


def _level(difficulty: float) -> list[str]:
    if difficulty > TOO_EASY:
        return [f"too easy: {difficulty:.0%} are right at once"]
    return [f"too hard: {difficulty:.0%} are right at once"] if difficulty < TOO_HARD else []


def _direction(discrimination: float | None) -> list[str]:
    if discrimination is None or discrimination >= 0:
        return []
    size = f"{discrimination:.2f}".replace("-", "−")
    return [f"negative discrimination ({size}): those who know more do worse; check the key"]


def _unused(item: Item, rates: list[ChoiceRate]) -> list[str]:
    if item.type not in {"single", "multiple"}:
        return []
    return [f"hardly anybody ({one.rate:.0%}) chooses '{one.text}'"
            for one in rates if not one.right and one.rate < FUNCTIONING]  # fmt: skip


def _beliefs(
    items: Sequence[Item], answers: Given, glossary: dict[str, Misconception]
) -> list[BeliefReport]:
    """Return the misconceptions that were shown, the commonest first."""
    names = sorted(frozenset().union(*(answer.beliefs for answer in answers.answers)))
    could = np.array([[name in offered for name in names] for offered in map(_offered, items)],
                     dtype=bool)  # fmt: skip
    asked = (answers.known() @ could).sum(axis=0).tolist()
    shown = zip(names, answers.showing(names), asked, strict=True)
    found = [BeliefReport(name, glossary[name].title,
                          f"{glossary[name].chapter}#{glossary[name].section}",
                          count, of, count / of)
             for name, count, of in shown]  # fmt: skip
    return sorted(found, key=lambda belief: (-belief.rate, -belief.learners, belief.id))


def _offered(item: Item) -> frozenset[str]:
    from proxygap.quiz.rules import notes_of

    return frozenset(n.misconception for n in notes_of(item).values() if n.misconception)
