"""The numbers that the items on instruction tuning quote are what the simulations compute."""

import numpy as np

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._replies import base_policy, load, posture
from proxygap.simulations._techniques.instruction_tuning import imitate, write
from proxygap.simulations._tiny_speaker import CHANCE, MOST_TAGS, RIVERS

QUIZ = load_quiz("instruction-tuning")
RUN = get("instruction-tuning").run_at
WORLD = load()


def answer(name):
    return QUIZ.item(name).body.answer


def share_that_ends_a_prompt(most_tags):
    marks = 1 + np.arange(most_tags + 1)
    return 100 * len(marks) / marks.sum()


def test_a_guess_hits_one_of_as_many_as_there_are():
    # The item has five colours where the page has eight rivers.
    unseen = RUN(demonstrations=300.0)["recall_unknown"][-1]
    assert abs(unseen - 100 / len(RIVERS)) < 1
    assert answer("it-guess").low < 100 / 5 < answer("it-guess").high
    assert 100 * CHANCE == 12.5  # the mistake of whoever keeps the rivers


def test_before_any_demonstration_nearly_nine_in_ten_of_the_rare_answers_are_right():
    before = RUN(demonstrations=0.0)
    assert before["now_answered"] < 0.1
    assert 85 < before["now_recall"] < 90


def test_a_third_of_the_question_marks_end_a_prompt_of_up_to_four_tags():
    asked = answer("it-question-marks")
    assert asked.low < share_that_ends_a_prompt(4) < asked.high
    assert share_that_ends_a_prompt(MOST_TAGS) == 40
    assert abs(100 * np.mean(1 / np.arange(1, 6)) - 45.67) < 0.01  # the mistake of equal prompts


def test_more_demonstrations_of_the_same_kind_do_not_lower_the_harm_and_declining_ones_do():
    def harm(number, refusals):
        shown = write(WORLD, number, np.random.default_rng(5), refusals=refusals)
        return posture(imitate(WORLD, base_policy(WORLD), shown), WORLD).harm

    before = posture(base_policy(WORLD), WORLD).harm
    assert 0.35 < before < 0.45
    assert min(harm(100, False), harm(300, False)) > before
    assert harm(100, True) < 0.1
