"""The numbers that the items on constitutional AI quote are what the simulations compute."""

import pytest

from proxygap.labs import get as lab
from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._constitution import DEFAULT, Critic, train
from proxygap.simulations._principles import ANSWERS, WARY, Constitution
from proxygap.simulations._replies import load, posture
from proxygap.simulations._revision_rounds import CRITICS, Kind, after_rounds, best_round
from proxygap.simulations._techniques import stage

QUIZ = load_quiz("constitutional-ai")
WORDS = get("constitutional-ai")


def stands(*principles, critic=None):
    start = stage("instruction-tuning").policy
    made = train(load(), start, Constitution(principles), critic or Critic())
    return posture(made.policy, load())


def test_the_changed_word_takes_over_refusal_from_5_to_98_per_cent():
    refused = [float(WORDS.run_at(sentence=one)["now_refuses"]) for one in ("forbids", "sounds")]
    assert [round(one) for one in refused] == [5, 98]


def test_a_careless_critic_makes_both_errors():
    careless = WORDS.run_at(sentence="forbids", critic="careless")
    assert CRITICS["careless"].accuracy == 0.8  # one in five is misread
    assert round(float(careless["now_refuses"])) == 20
    assert round(float(careless["now_breaks"])) == 14


def test_the_cautious_sentence_below_the_helpful_one_does_good():
    above, below = stands(WARY, ANSWERS), stands(ANSWERS, WARY)
    assert above.over_refusal > 0.95
    assert below.over_refusal < 0.06
    assert below.harm < 0.06


def test_the_constitution_approves_of_the_useless_assistant():
    bench = lab("constitution-workbench")
    state = bench.initial()
    for kind, value in (("pick", "p2"), ("break", ""), ("train", "")):
        state = bench.update(state, {"type": kind, "value": value})
    kept, broken = state["attempts"]
    assert [round(100 * one["approval"]) for one in (kept, broken)] == [97, 100]
    assert broken["posture"][4] / kept["posture"][4] == pytest.approx(0.5, abs=0.06)


def test_one_of_eight_remarks_is_left_after_three_rounds_of_a_half():
    left, _ = after_rounds(3, Kind(0.5, 0.05, 1, 0), harm=8)
    assert float(left) == QUIZ.item("ca-rounds").body.answer.value


def test_about_five_rounds_are_best_with_40_and_5_per_cent():
    assert CRITICS["ordinary"][:2] == (0.4, 0.05)
    assert best_round(CRITICS["ordinary"]) == pytest.approx(5, abs=0.1)


def test_a_critic_that_misreads_one_in_ten_refuses_20_of_200():
    refused = 200 * stands(*DEFAULT.principles, critic=Critic(accuracy=0.9)).over_refusal
    answer = QUIZ.item("ca-two-errors").body.answer
    assert answer.low <= refused <= answer.high
