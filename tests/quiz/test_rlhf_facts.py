"""The numbers that the items and the prose on RLHF quote are what the simulations compute."""

import numpy as np
import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._overoptimisation import tilt
from proxygap.simulations._preferences import ceiling, spread_of
from proxygap.simulations._reward_model import sigmoid

QUIZ = load_quiz("rlhf")
RLHF = get("rlhf")


def test_a_lead_of_1_point_1_is_chosen_three_times_in_four():
    answer = QUIZ.item("rl-sigma").body.answer
    assert answer.low < 100 * sigmoid(np.array(4.1 - 3.0)) < answer.high


@pytest.mark.parametrize(("lead", "per_cent"), [(0, 50), (1, 73), (2, 88)])
def test_how_sure_a_lead_makes_a_choice(lead, per_cent):
    assert round(100 * float(sigmoid(np.array(float(lead))))) == per_cent


def test_the_tilted_policy_of_the_item_and_the_mistakes_that_it_foresees():
    item = QUIZ.item("rl-tilt").body
    start, reward = np.array([0.2, 0.8]), np.array([1.0, 0.0])
    assert item.answer.low < 100 * tilt(start, reward, 1 / 0.5)[0] < item.answer.high
    foreseen = [
        tilt(np.array([0.5, 0.5]), reward, 1 / 0.5)[0],  # forgets the reference
        tilt(start, reward, 0.5)[0],  # multiplies by the price
        tilt(start, reward, 1.0)[0],  # leaves the price out
    ]
    assert [mistake.value for mistake in item.mistakes][:3] == [round(100 * p) for p in foreseen]


@pytest.mark.parametrize(("beta", "factor"), [(2, 3), (1, 9), (0.5, 81), (0.25, 6634)])
def test_the_factors_on_the_odds_in_the_worked_example(beta, factor):
    assert round(float(np.exp(2.2 / beta))) == factor


def test_an_agreement_of_73_per_cent_belongs_to_a_ceiling_of_about_80():
    assert ceiling(spread_of(0.73)) == pytest.approx(0.80, abs=0.01)


def test_the_ordinary_team_ends_at_refusing_and_starts_with_hardly_more_than_before():
    result = RLHF.run_at(rater="team", beta=0.03)
    assert result["refused"][-1] > 90
    short = result["refused"][result["kl"] <= RLHF.run_at(rater="team", beta=0.5)["now_kl"]]
    assert short[-1] - short[0] < 3


def test_the_last_column_looks_best_where_the_truth_is_worst_among_single_tastes():
    ends = {
        r: RLHF.run_at(rater=r) for r in ("careful", "length", "courtesy", "agreement", "haste")
    }
    worst = min(ends, key=lambda rater: ends[rater]["truth"][-1])
    assert worst == max(ends, key=lambda rater: ends[rater]["proxy"][-1]) == "haste"


def test_another_nat_buys_between_the_two_prices():
    dear, cheap = (RLHF.run_at(beta=beta) for beta in (0.25, 0.12))
    assert cheap["now_kl"] > dear["now_kl"]
    assert cheap["now_proxy"] > dear["now_proxy"]


def test_a_taste_for_agreement_shows_above_a_threshold_only():
    shares = {t: get("sycophancy").run_at(n=4096.0, taste=t)["now_sycophantic"] for t in (0.5, 1.5)}
    assert shares[0.5] < 1
    assert shares[1.5] > 90
