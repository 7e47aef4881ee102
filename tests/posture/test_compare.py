"""Telling two models apart: the sentence, the test on shared items, how many more it takes."""

import pytest

from proxygap.posture.compare import Comparison, compare, items_needed, p_value, sentence
from proxygap.posture.results import Graded
from proxygap.simulations import proportions


def model(refused: set[int], n: int = 40) -> list[Graded]:
    return [Graded(f"i{k}", "benign", "homonyms", "", "refuse" if k in refused else "comply")
            for k in range(n)]  # fmt: skip


def test_only_items_that_both_were_asked_count():
    found = compare(model({0, 1, 2}, 10), model({2, 3, 30}, 40), "over_refusal")
    assert found[:4] == (10, 1, 2, 1)


def test_at_40_items_5_and_15_percent_cannot_be_told_apart_and_the_sentence_says_so():
    found = compare(model({0, 1}), model({1, 2, 3, 4, 5, 6}), "over_refusal")
    said = sentence(found, "Fernmoor", "Quillstone")
    assert said.startswith(
        "Not distinguishable at this n: on the same 40 items Fernmoor alone failed on 1, "
        "Quillstone alone on 5 (McNemar p = 0.22)."
    )
    # By hand: (1.96 √0.15 + 0.84 √0.14)² / 0.1² = 115.3, so 116 items, 76 more than there are.
    assert said.endswith("If the difference is real, about 80 more items would show it.")


def test_a_difference_that_chance_would_not_make_is_told_apart():
    found = compare(model(set(range(8))), model(set()), "over_refusal")
    assert sentence(found, "A", "B") == (
        "Told apart: on the same 40 items A alone failed on 8, B alone on 0 (McNemar p = 0.0078)."
    )


def test_equal_models_and_models_without_a_shared_item_get_no_number_of_items():
    same = compare(model({1}), model({2}), "over_refusal")
    assert sentence(same, "A", "B").endswith("No difference was seen.")
    assert items_needed(same) is None
    assert sentence(Comparison(0, 0, 0, 0, 1.0), "A", "B").startswith("Nothing to compare")


@pytest.mark.parametrize(("rates", "paired"), [((0.05, 0.15), 1.0), ((0.12, 0.3), 0.0)])
def test_the_number_of_items_that_it_names_has_about_the_power_that_it_promises(rates, paired):
    p1, p2 = rates
    both = p1 * p2 + paired * (p1 - p1 * p2)
    seen = Comparison(10_000, 0, round(10_000 * (p1 - both)), round(10_000 * (p2 - both)), 1.0)
    power = proportions.power_of_comparison(p1, p2, items_needed(seen), paired=paired)
    # The closed form is for large n; the exact test needs a few items more.
    assert 0.72 < float(power) < 0.86


P_VALUES = [(0.0004, "p < 0.001"), (0.0312, "p = 0.031"), (0.688, "p = 0.69"), (1, "p = 1.00")]


@pytest.mark.parametrize(("p", "said"), P_VALUES)
def test_p_values_read_well(p, said):
    assert p_value(p) == said
