"""Published refusals: the table as printed, and what is computed from it."""

import pytest

from proxygap.simulations import get
from proxygap.simulations._proportions import wilson_interval
from proxygap.simulations.published_refusals import COUNTS, PARTIAL, PUBLISHED, SAFE, UNSAFE, share

PAGE = get("published-refusals")


def test_the_counts_are_the_published_percentages():
    for label, (full, part, full_unsafe, part_unsafe) in PUBLISHED.items():
        safe, unsafe = COUNTS[label]["safe"], COUNTS[label]["unsafe"]
        assert [100 * k / SAFE for k in safe] == pytest.approx([full, part])
        assert [100 * k / UNSAFE for k in unsafe] == pytest.approx([full_unsafe, part_unsafe])
        assert sum(safe) <= SAFE
        assert sum(unsafe) <= UNSAFE


def test_llama_by_hand():
    # 95 full and 54 partial refusals of 250 safe prompts.
    label = next(iter(COUNTS))
    assert COUNTS[label]["safe"] == (95, 54)
    assert [share(label, "safe", counts) for counts in (1.0, 0.5, 0.0)] == [59.6, 48.8, 38.0]


def test_the_two_ends_are_refuse_everything_and_refuse_nothing():
    result = PAGE.run_at()
    assert (result["refuse_x"], result["refuse_y"]) == (100, 0)
    assert (result["comply_x"], result["comply_y"]) == (0, 100)


@pytest.mark.parametrize("partial", PARTIAL)
def test_each_cross_is_the_two_intervals_round_its_point(partial):
    result = PAGE.run_at(partial=partial)
    for place in range(len(COUNTS)):
        x, y = float(result[f"x_{place}"][0]), float(result[f"y_{place}"][0])
        left, right = result[f"cross_x_{place}"][:2]
        bottom, top = result[f"cross_y_{place}"][3:]
        assert left <= x <= right
        assert bottom <= y <= top


def test_the_interval_of_gpt_4_is_wilsons_of_21_of_250():
    low, high = wilson_interval(21, 250)
    result = PAGE.run_at()
    assert result["cross_x_4"][:2].tolist() == pytest.approx([100 * low, 100 * high])


def test_counting_partial_refusals_as_answers_moves_every_point_to_the_left_and_up():
    strict, lenient = PAGE.run_at(partial="a refusal"), PAGE.run_at(partial="an answer")
    for place in range(len(COUNTS)):
        assert lenient[f"x_{place}"] < strict[f"x_{place}"]
        assert lenient[f"y_{place}"] > strict[f"y_{place}"]
