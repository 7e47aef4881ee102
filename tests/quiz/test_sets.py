"""A large bank is cut into rounds by family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.quiz import load_quiz
from proxygap.quiz.loader import load_file
from proxygap.quiz.model import FAMILIES
from proxygap.quiz.sets import ROUND, by_family
from tests.quiz.builders import item, quiz_file

EIGHTY = load_quiz("alignment-safety-ethics")


def items_of(folder, *plan):
    """Return items with the families and difficulties of `plan`."""
    items = [item(id=f"t-{i}", family=family, difficulty=difficulty)
             for i, (family, difficulty) in enumerate(plan)]  # fmt: skip
    return load_file(quiz_file(folder, *items)).items


def test_rounds_go_from_easy_to_hard_and_keep_the_authors_order_within(tmp_path):
    items = items_of(tmp_path, ("decide", 2), ("classify", 1), ("decide", 1), ("decide", 2))
    classify, decide = by_family(items)
    assert (classify.family, classify.title) == ("classify", "Classify")
    assert [[one.id for one in part] for part in decide.rounds] == [["t-2", "t-0", "t-3"]]


def test_the_eighty_items_make_ten_rounds_of_eight():
    sets = by_family(EIGHTY.items)
    assert [one.title for one in sets] == ["Classify", "Diagnose", "Compute", "Decide"]
    assert [[len(part) for part in one.rounds] for one in sets] == [
        [8] * 4,
        [8] * 2,
        [8] * 2,
        [8] * 2,
    ]


def test_the_eighty_items_are_spread_over_four_families_and_each_has_every_difficulty():
    families = {family: EIGHTY.of_family(family) for family in FAMILIES}
    sizes = {family: len(items) for family, items in families.items()}
    assert sizes == {"classify": 32, "diagnose": 16, "compute": 16, "decide": 16}
    for family, items in families.items():
        assert {item.difficulty for item in items} == {1, 2, 3}, family


@given(st.integers(1, 60))
def test_every_item_is_in_one_round_and_rounds_are_as_equal_as_can_be(count):
    [one] = by_family([i for i in EIGHTY.items if i.family == "classify"][:count])
    sizes = [len(part) for part in one.rounds]
    assert sum(sizes) == min(count, 32)
    assert max(sizes) <= ROUND
    assert max(sizes) - min(sizes) <= 1
    assert len(set(one.items)) == len(one.items)


def test_an_item_without_a_family_is_named():
    with pytest.raises(UsageError) as caught:
        by_family(load_quiz("goodhart").items)
    assert str(caught.value) == (
        "Item 'gh-own-words' names no family, so it belongs to no set. Add 'family:' to it, one "
        "of: classify, diagnose, compute, decide."
    )


def test_a_family_can_be_asked_for():
    assert len(EIGHTY.of_family("compute")) == 16
    assert EIGHTY.of_family(None) == list(EIGHTY.items)
    with pytest.raises(UsageError) as caught:
        EIGHTY.of_family("decode")
    assert str(caught.value) == (
        "No item of the quiz 'alignment-safety-ethics' belongs to the family 'decode'. Did you "
        "mean 'decide'? Its families: classify, diagnose, compute, decide."
    )
    with pytest.raises(UsageError, match="Its families: none; leave --family out"):
        load_quiz("goodhart").of_family("decide")
