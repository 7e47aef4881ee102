"""The numbers that the items and the prose on DPO quote are what the simulations compute."""

import numpy as np
import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._preference_training import log_softmax
from proxygap.simulations.displacement import CHOSEN, REJECTED, START, replies
from proxygap.simulations.ipo import dpo_aim, ipo_aim

QUIZ = load_quiz("dpo")


def holds(item, value):
    answer = QUIZ.item(item).body.answer
    return answer.low < value < answer.high


def test_three_votes_in_four_at_a_price_of_a_half():
    assert holds("dp-odds", 100 * dpo_aim(0.5, 0.75))
    foreseen = [mistake.value for mistake in QUIZ.item("dp-odds").body.mistakes][:2]
    votes, root = 100 * dpo_aim(1.0, 0.75), 100 * dpo_aim(2.0, 0.75)
    assert foreseen == [round(votes), round(root, 1)]


def test_ten_times_nearer_takes_a_hundred_times_as_many():
    assert holds("dp-ten-times-nearer", 10_000 * (2.4 / 0.24) ** 2)
    assert get("dpo").run_at()["percent"] == pytest.approx(2.4, abs=0.05)


def test_what_two_replies_do_not_have():
    assert holds("dp-what-is-left", 100 * (1 - 0.03 - 0.01))


def test_where_ipo_ends():
    assert holds("dp-ipo-ends", 100 * ipo_aim(1.0, 1.0))
    tallest = [mistake.value for mistake in QUIZ.item("dp-ipo-ends").body.mistakes][1:]
    assert tallest == [round(100 * ipo_aim(tau, 1.0), 1) for tau in (0.5, 0.25)]


def test_the_log_in_the_item_is_that_of_the_default_run():
    run = get("displacement").run_at()
    start, end = run["log_chosen"][0], run["log_chosen"][-1]
    assert (round(float(start), 1), round(float(end), 1)) == (-0.7, -7.6)
    assert round(float(run["log_rejected"][-1]), 1) == -10.5
    assert round(0.1 * float(run["final_gap"]), 2) == 0.29
    assert run["chosen"][-1] + run["rejected"][-1] < 1e-3


def test_ipo_ends_at_a_policy_that_goes_along_in_two_of_five():
    assert get("displacement").run_at(loss="ipo")["percent_third"] == pytest.approx(40, abs=3)


@pytest.mark.parametrize(
    ("warmth", "scores"), [(0, (4, 4, 0)), (1, (5, 4.5, 3)), (2, (6, 5, 6)), (4, (8, 6, 12))]
)
def test_the_table_of_scores_in_the_worked_example(warmth, scores):
    features = replies(0.0)
    assert (features @ (START + np.array([0, warmth]))).tolist() == list(scores)
    along = features @ (features[CHOSEN] - features[REJECTED])
    assert along.tolist() == [0.5, 0.25, 1.5]
    assert log_softmax(np.array(scores)).argmax() in {0, 2}
