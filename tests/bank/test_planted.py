"""500 learners and 260 items whose difficulties were planted: recovered, and computed twice."""

from dataclasses import replace

import numpy as np
import pytest

from proxygap.bank import statistics
from proxygap.bank.answers import Answer
from proxygap.bank.learners import Learner
from proxygap.bank.report import report
from proxygap.quiz import load_misconceptions, load_quiz
from tests.bank.builders import rasch

LEARNERS, ITEMS = 500, 260
DIFFICULTIES = np.random.default_rng(11).permutation(np.linspace(-2, 2, ITEMS))
CODE = load_quiz("specification-gaming")
PATTERN = next(item for item in CODE.items if item.type == "single")
QUIZ = replace(CODE, items=tuple(replace(PATTERN, id=f"x-{i:03}") for i in range(ITEMS)))


@pytest.fixture(scope="module")
def right():
    return rasch(LEARNERS, DIFFICULTIES, seed=23)


@pytest.fixture(scope="module")
def chapter(right):
    """Return what the report says of a cohort that answered so."""
    cohort = [
        Learner((), {item.id: Answer(float(credit), None, frozenset())
                     for item, credit in zip(QUIZ.items, row, strict=True)})
        for row in right
    ]  # fmt: skip
    return report([QUIZ], cohort, load_misconceptions()).chapters[0]


def test_the_planted_difficulties_are_recovered(chapter):
    """Log-odds of being right fall as the difficulty rises, in a straight line up to chance."""
    share = np.array([item.difficulty for item in chapter.items])
    # The mean over a standard normal ability, by quadrature: what an endless cohort would show.
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    curve = 1 / (1 + np.exp(DIFFICULTIES[:, None] - nodes)) @ weights / weights.sum()
    standard_error = np.sqrt(curve * (1 - curve) / LEARNERS)
    assert np.abs(share - curve).max() < 5 * standard_error.max()
    assert np.corrcoef(np.log(share / (1 - share)), DIFFICULTIES)[0, 1] < -0.99


def test_the_wilson_intervals_hold_the_truth_about_as_often_as_they_say(chapter):
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    curve = 1 / (1 + np.exp(DIFFICULTIES[:, None] - nodes)) @ weights / weights.sum()
    low, high = np.array([item.interval for item in chapter.items]).T
    held = ((low <= curve) & (curve <= high)).mean()
    # The items share their learners, so the 260 are not independent; a gross error still shows.
    assert held > 0.85


def test_every_number_agrees_with_an_independent_implementation(chapter, right):
    """Numpy's own correlation and covariance, one item at a time, against the report's."""
    total = right.sum(axis=1)
    for column, item in enumerate(chapter.items):
        mine = right[:, column]
        rest = (total - mine) / (ITEMS - 1)
        assert item.difficulty == pytest.approx(mine.mean())
        assert item.discrimination == pytest.approx(np.corrcoef(mine, rest)[0, 1])
    # Cronbach's alpha from the mean covariance and the mean variance, another way to write it.
    covariance = np.cov(right.T)
    mean_variance = np.trace(covariance) / ITEMS
    mean_covariance = (covariance.sum() - np.trace(covariance)) / (ITEMS * (ITEMS - 1))
    expected = ITEMS * mean_covariance / (mean_variance + (ITEMS - 1) * mean_covariance)
    assert chapter.alpha.alpha == pytest.approx(expected)
    assert chapter.kr20.alpha == pytest.approx(expected)


def test_a_reversed_key_among_260_items_is_found(right):
    spoiled = right.copy()
    spoiled[:, 100] = 1 - spoiled[:, 100]
    found = statistics.discriminations(spoiled, spoiled)
    assert [i for i, r in enumerate(found) if r < 0] == [100]
