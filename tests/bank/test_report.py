"""A cohort whose answers are known, from its files to the report."""

import numpy as np
import pytest

from proxygap.bank.answers import choices_of
from proxygap.bank.cohort import read_cohort
from proxygap.bank.report import FEWEST_LEARNERS, report
from proxygap.bank.words import lines
from proxygap.quiz import load_misconceptions, load_quiz
from proxygap.quiz.model import Single
from tests.bank.builders import rasch, write_cohort

QUIZ = load_quiz("specification-gaming")
SIZE = len(QUIZ.items)
GLOSSARY = load_misconceptions()


def reported(folder, right):
    cohort = read_cohort(write_cohort(folder, QUIZ, right), [QUIZ])
    assert cohort.notes == []
    return report([QUIZ], cohort.learners, GLOSSARY)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return planted difficulties, who was right, and the report; one item's key is reversed."""
    difficulties = np.linspace(-2, 2, SIZE)
    right = rasch(400, difficulties, seed=5)
    right[:, 4] = 1 - right[:, 4]
    right[:, 0] = 1
    right[:, SIZE - 1] = np.nan
    return right, reported(tmp_path_factory.mktemp("cohort"), right)


def test_planted_difficulties_are_recovered(planted):
    _, made = planted
    # The share who are right under Rasch's model, ability standard normal, by quadrature.
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    for column, b in enumerate(np.linspace(-2, 2, SIZE)):
        if column in {0, 4, SIZE - 1}:
            continue
        p = float(weights @ (1 / (1 + np.exp(b - nodes))) / weights.sum())
        # Five standard errors: a false alarm once in two million.
        assert made.chapters[0].items[column].difficulty == pytest.approx(
            p, abs=5 * (p * (1 - p) / 400) ** 0.5
        )


def test_a_reversed_key_and_an_item_that_all_know_are_to_mend(planted):
    items = planted[1].chapters[0].items
    assert any("negative discrimination (−" in what for what in items[4].mend)
    assert items[0].mend == ["too easy: 100% are right at once"]
    assert items[0].discrimination is None
    sound = [item for i, item in enumerate(items) if i not in {0, 4, SIZE - 1}]
    assert all(item.discrimination > 0.1 for item in sound)


def test_an_item_that_nobody_answered_has_no_numbers(planted):
    item = planted[1].chapters[0].items[-1]
    assert (item.answers, item.difficulty, item.interval, item.discrimination) == (
        0,
        None,
        None,
        None,
    )
    assert item.mend == []


def test_reliability_is_not_defined_where_nobody_answered_everything(planted):
    assert planted[1].chapters[0].alpha == (SIZE, 0, None)


def test_choices_are_counted(planted):
    right, made = planted
    for column, (item, found) in enumerate(zip(QUIZ.items, made.chapters[0].items, strict=True)):
        if column < SIZE - 1 and isinstance(item.body, Single):
            keys = [choice.learners for choice in found.choices if choice.right]
            assert keys == [right[:, column].sum()]
            assert sum(choice.learners for choice in found.choices) == 400


def test_a_distractor_that_nobody_chooses_is_to_mend(tmp_path):
    right = np.zeros((FEWEST_LEARNERS, SIZE))
    column = next(i for i, item in enumerate(QUIZ.items) if item.type == "single")
    files = write_cohort(tmp_path, QUIZ, right)
    # Nobody but the learners 0, 3, 6 … chooses the first of three distractors: remove the others.
    cohort = read_cohort(files[::3], [QUIZ])
    learners = cohort.learners * 3
    mend = report([QUIZ], learners, GLOSSARY).chapters[0].items[column].mend
    assert sum("hardly anybody (0%) chooses" in what for what in mend) == 2


def test_few_learners_are_no_reason_to_mend(tmp_path):
    made = reported(tmp_path, np.zeros((FEWEST_LEARNERS - 1, SIZE)))
    assert all(item.mend == [] for item in made.chapters[0].items)
    assert f"({SIZE} items are not judged: fewer than 20 learners.)" in "\n".join(lines(made))


def test_misconceptions_count_learners_once_and_only_those_who_were_asked(tmp_path):
    right = np.full((10, SIZE), np.nan)
    column = next(i for i, item in enumerate(QUIZ.items) if item.type == "text")
    right[:4, column] = 0
    right[4:, column] = 1
    [belief] = reported(tmp_path, right).misconceptions
    assert (belief.id, belief.learners, belief.asked) == ("words-run-together", 4, 10)
    assert belief.rate == pytest.approx(0.4)
    assert belief.section == "specification-gaming#the-case"


def test_kr20_and_alpha_are_the_same_for_right_and_wrong(tmp_path):
    right = rasch(60, np.linspace(-1, 1, SIZE), seed=9)
    chapter = reported(tmp_path, right).chapters[0]
    assert chapter.alpha == chapter.kr20
    spread = right.var(axis=0).sum() / right.sum(axis=1).var()
    assert chapter.kr20.alpha == pytest.approx(SIZE / (SIZE - 1) * (1 - spread))


@pytest.mark.parametrize("item", QUIZ.items, ids=lambda item: item.id)
def test_the_choices_of_every_item_have_names_of_their_own_and_a_right_one(item):
    choices = choices_of(item)
    assert len({choice.name for choice in choices}) == len(choices)
    assert any(choice.right for choice in choices)
