"""The numbers that the items on language models quote are what the simulations compute."""

import numpy as np
import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._linden import UNTOLD, model, opening, right_hours, town
from proxygap.simulations._ngram import perplexity, tempered, word_losses, words_of
from proxygap.simulations.sampling import right_hour

QUIZ = load_quiz("language-models")


def key(item):
    return QUIZ.item(item).body.answer.value


def test_perplexity_of_five_bits():
    assert key("lm-perplexity") == perplexity(5.0)


def test_the_loss_of_four_words():
    assert key("lm-two-bits") == -np.log2([1 / 2, 1 / 8, 1 / 2, 1 / 8]).mean()


def test_a_halved_temperature_on_four_to_one():
    right = 100 * tempered(np.array([0.8, 0.2]), 0.5)[0]
    assert key("lm-temperature-halved") == pytest.approx(right, abs=0.05)


def test_what_a_guess_earns():
    assert key("lm-grading-guesses") == 0.25 * 1 + 0.75 * -1


def test_the_four_sentences_stand_in_the_order_of_their_losses():
    steps = [step.text for step in QUIZ.item("lm-likely-sentences").body.steps]
    losses = [word_losses(model(3), words_of(text), (".",)).mean() for text in steps]
    assert losses == sorted(losses)
    assert len(set(losses)) == 4


def test_more_context_helps_where_something_was_told_and_nowhere_else():
    told = [right_hours(model(order), town().told) for order in (3, 5)]
    untold = [right_hours(model(order), UNTOLD) for order in (3, 5)]
    assert told == [pytest.approx(1 / 5, abs=0.02), pytest.approx(9 / 10, abs=0.02)]
    assert untold[0] == untold[1]


def test_the_cold_model_is_right_for_four_places_since_it_always_says_nine():
    assert right_hour(0.0, 1.0) == pytest.approx(4 / 11)
    for place in (*town().told, *UNTOLD):
        chances = model(3).probabilities(opening(place))
        assert model(3).vocabulary[int(chances.argmax())] == "nine"
    assert right_hour(1.0, 1.0) == pytest.approx(1 / 5, abs=0.02)


def test_corrections_in_the_majority_turn_the_model_round():
    correction = words_of("People say that the well is sixty years old.")
    rewritten = type(model(3))((*town().read, *(8 * correction)), 3, town().vocabulary)
    after = rewritten.probabilities(words_of("the well is"))
    index = rewritten.index
    assert after[index["sixty"]] > 0.5 > after[index["two"]]
    assert get("next-token").run_at()["rumour"] > 50
