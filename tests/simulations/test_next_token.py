"""Counting models of the next word: worked by hand, and held against the town's facts."""

import doctest
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import _linden, _ngram, get
from proxygap.simulations._linden import UNTOLD, model, opening, right_hours, statements, town
from proxygap.simulations._ngram import (
    NGram,
    chance,
    entropy,
    perplexity,
    sample,
    word_losses,
    words_of,
)

SIMULATION = get("next-token")
TEXT = words_of("a b a b a c .")
CONTEXTS = st.lists(st.sampled_from(sorted(town().vocabulary)), max_size=6)


@pytest.mark.parametrize("module", [_ngram, _linden])
def test_the_examples_in_the_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_a_unigram_by_hand():
    # 7 words: a 3, b 2, c 1, full stop 1. With D = ½: 4 kinds give ½·4/7 to the 4 words alike.
    chances = NGram(TEXT, 1, discount=0.5).probabilities(())
    assert chances == pytest.approx(np.array([0.5, 2.5, 1.5, 0.5]) / 7 + 0.5 * 4 / 7 / 4)


def test_a_bigram_by_hand():
    # After "a": b twice, c once. D = ½ takes 1/3 in all and hands it to the unigram.
    shorter = NGram(TEXT, 1, discount=0.5).probabilities(())
    longer = NGram(TEXT, 2, discount=0.5).probabilities(("b", "a"))
    assert longer == pytest.approx(np.array([0, 0, 1.5, 0.5]) / 3 + shorter / 3)


def test_without_a_discount_it_is_what_was_seen():
    shares = NGram(TEXT, 2, discount=0.0).probabilities(("a",))
    assert shares == pytest.approx([0, 0, 2 / 3, 1 / 3])


def test_a_context_that_was_never_seen_says_nothing():
    predicts = NGram(TEXT, 3)
    assert (predicts.probabilities(("c", "b")) == predicts.probabilities(("b",))).all()
    assert (predicts.probabilities((".",)) == predicts.probabilities(())).all()


@given(CONTEXTS, st.sampled_from([1, 2, 3, 5]))
def test_after_any_context_every_word_has_some_probability(context, order):
    chances = model(order).probabilities(context)
    assert chances.sum() == pytest.approx(1)
    assert chances.min() > 0


@given(CONTEXTS)
def test_nothing_further_back_than_its_context_matters(context):
    near = [*context, "the", "well"]
    assert (model(3).probabilities(near) == model(3).probabilities(["the", "well"])).all()


def test_losses_of_shares_on_the_text_itself_are_its_entropy():
    words = town().read
    shares = np.array(list(Counter(words).values())) / len(words)
    assert word_losses(model(1, discount=0.0), words).mean() == pytest.approx(entropy(shares))


def test_a_fair_coin_costs_a_bit_and_has_perplexity_two():
    coin = NGram(("heads", "tails"), 1)
    assert word_losses(coin, ("tails", "tails")) == pytest.approx([1, 1])
    assert perplexity(1.0) == 2


def test_longer_contexts_predict_unread_notices_better():
    losses = [float(SIMULATION.run_at(context=n)["now_loss"]) for n in (0.0, 1.0, 2.0)]
    assert losses[0] > losses[1] > losses[2]


def test_what_was_given_is_seen_and_not_counted():
    words = words_of("the bank opens at nine .")
    assert word_losses(model(3), words[2:], words[:2]) == pytest.approx(
        word_losses(model(3), words)[2:]
    )


def test_the_same_seed_writes_the_same_text():
    texts = [sample(model(3), (".",), 25, np.random.default_rng(7)) for _ in range(2)]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 25


def test_words_are_drawn_as_often_as_their_probability_says():
    asked, n = opening("gallery"), 4000
    drawn = sum(
        sample(model(3), asked, 1, s) == ("nine",) for s in np.random.default_rng(2).spawn(n)
    )
    p = chance(model(3), asked, "nine")
    assert drawn / n == pytest.approx(p, abs=5 * (p * (1 - p) / n) ** 0.5)


# The town -------------------------------------------------------------------------------------


def test_the_text_is_true_to_the_towns_facts():
    for part in (town().read, town().held_out):
        said = statements(part)
        assert len(said) > 10
        assert [one.what for one in said if not one.true] == []


def test_each_place_told_of_is_told_of_more_than_once_and_the_others_never():
    text = " ".join(town().read)
    assert len(town().told) == 11
    for place in (*town().told, *UNTOLD):
        assert f"the {place} " in text
        told = text.count(f"the {place} opens at {town().facts['opens'][place][0]}")
        assert told >= 2 if place in town().told else told == 0


def test_what_is_false_is_found_and_what_cannot_be_checked_is_passed_over():
    text = words_of(
        "The bank opens at nine and closes at six. The school is closed on Sunday. "
        "The school is closed on Monday. The well opens at nine. The bakery opens at the mill. "
        "The clinic opens at eight and closes at two."
    )
    assert [(one.what, one.true) for one in statements(text)] == [
        ("the bank opens at nine", True),
        ("the bank closes at six", False),
        ("the school is closed on sunday", True),
        ("the school is closed on monday", False),
        ("the clinic opens at eight", True),
    ]


def test_a_model_that_sees_the_place_knows_it_and_still_answers_where_nobody_told_it():
    told, untold = (right_hours(model(5), places) for places in (town().told, UNTOLD))
    assert told > 0.85
    assert untold < 0.2
    after = model(5).probabilities(opening("clinic"))
    assert model(5).vocabulary[int(after.argmax())] == "nine"  # it opens at eight


def test_the_bars_of_the_next_word_add_up():
    for context in SIMULATION.parameter("context").values:
        result = SIMULATION.run_at(context=context)
        bars = [value for name, value in result.series.items() if name.startswith("after_")]
        assert sum(bars) == pytest.approx(100)
