"""The numbers that the items on Goodhart's law quote are what the simulations compute."""

import numpy as np
import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._ascent import (
    ascend,
    directions,
    pieces_allowed,
    random_process,
    rewards_at,
)
from proxygap.simulations._occupancy import deterministic, hackable
from proxygap.simulations._overoptimisation import curve

QUIZ = load_quiz("goodhart")


def test_four_fifths_of_a_lead_are_real_where_four_fifths_of_the_variance_are():
    answer = QUIZ.item("gh-winner").body.answer
    slope = float(get("goodhart-kinds").run_at(noise=0.5)["slope"])  # variance 1 of 1 + 0.25
    assert answer.low < 20 * slope < answer.high


def test_a_reward_that_sees_one_feature_picks_worse_beyond_four_answers():
    gold = get("overoptimisation").run_at(seen=1.0)
    after = gold["gold"][gold["n"] >= 4]
    assert (np.diff(after) < 0).all()
    assert float(gold["peak_n"]) == 4
    assert float(get("overoptimisation").run_at(seen=16.0)["peak_n"]) == 512


def test_comparisons_beyond_300_hardly_move_the_peak_of_four_features():
    runs = {n: get("overoptimisation").run_at(seen=4.0, comparisons=n) for n in (10.0, 300.0, 1e3)}
    peak = {n: float(run["peak_gold"]) for n, run in runs.items()}
    assert float(runs[300.0]["peak_n"]) == 32
    assert peak[300.0] / peak[10.0] == pytest.approx(2, abs=0.25)
    assert peak[1e3] == pytest.approx(peak[300.0], abs=0.03)
    assert runs[1e3]["alpha"] > runs[300.0]["alpha"]
    assert runs[1e3]["beta"] > runs[300.0]["beta"]


def test_the_parabola_of_the_item_peaks_halfway_to_its_zero():
    distance = np.arange(0, 5, 0.25)
    quality = curve(distance, alpha=1.2, beta=0.3)
    body = QUIZ.item("gh-peak").body
    assert distance[quality.argmax()] == body.answer.value
    assert quality.max() == pytest.approx(1.2)
    assert quality[distance == 4] == pytest.approx(0)


ROBOT_CHOICES = {
    "Cleaning no room, and cleaning all three": [(0, 0, 0), (1, 1, 1)],
    "Cleaning the second room, and cleaning the third": [(0, 1, 0), (0, 0, 1)],
    "Cleaning the first room, and cleaning the first two": [(1, 0, 0), (1, 1, 0)],
    "Cleaning the last two rooms, and cleaning the first": [(0, 1, 1), (1, 0, 0)],
}


def test_only_the_key_names_two_behaviours_that_prove_a_hack():
    pay, worth = np.array([1.0, 0, 0]), np.ones(3)
    proofs = {text: hackable(pay, worth, np.array(pair, dtype=float))
              for text, pair in ROBOT_CHOICES.items()}  # fmt: skip
    options = QUIZ.item("gh-hack-the-robot").body.options
    assert {option.text: option.correct for option in options} == proofs


def test_shares_of_rooms_prove_what_whole_rooms_do_not():
    pay, worth = np.array([1.0, 1, 0]), np.ones(3)
    assert not hackable(pay, worth, deterministic(3))
    a_little_more_for_much_less = np.array([[0.5, 0.5, 0.9], [0.6, 0.5, 0.0]])
    assert hackable(pay, worth, a_little_more_for_much_less)


def test_on_a_shorter_leash_the_score_rises_and_the_value_does_not():
    result = get("catastrophic-goodhart").run_at()
    assert (np.diff(result["kl"][1:]) < 0).all()
    assert (np.diff(result["score"][1:]) > 0).all()
    assert abs(float(result["now_truth"])) < 0.001


def test_a_wider_angle_stops_the_same_training_sooner():
    rng = np.random.default_rng(5)
    process = random_process(rng, states=8, actions=3, discount=0.9)
    basis = directions(process)
    proxy = rewards_at(basis, np.radians(30), rng).proxy
    path = ascend(process, proxy, basis)
    stops = [pieces_allowed(path, proxy, np.radians(angle)) for angle in (10, 20, 40, 80)]
    assert stops == sorted(stops, reverse=True)
    assert stops[0] > stops[-1]
