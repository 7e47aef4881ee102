"""Instruction tuning: losses and gradients by hand, what learning can and cannot reach."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations import _tiny_speaker, get, instruction_tuning
from proxygap.simulations._tiny_speaker import (
    ASK,
    CHANCE,
    END,
    LIES,
    NAMES,
    NOWHERE,
    RIVERS,
    SHOWN,
    STOP,
    TAG,
    TESTED_TOWNS,
    TOWNS,
    TURN,
    UNKNOWN_TOWNS,
    WHICH,
    WORDS,
    Speaker,
    Text,
    answers,
    pretrained,
    question,
    speak,
    text,
)
from proxygap.simulations.instruction_tuning import RATE, WAYS, course, demonstration, tuned

SIMULATION = get("instruction-tuning")
BASE, RIVERS_OF = pretrained()
V = len(WORDS)


def blank() -> Speaker:
    return Speaker(np.zeros((V, V)), np.zeros_like(BASE.memory))


def test_the_examples_in_the_docstrings_are_true():
    for module in (instruction_tuning, _tiny_speaker):
        assert doctest.testmod(module).failed == 0


# Texts


def test_no_two_towns_have_the_same_name():
    assert len(set(NAMES)) == len(NAMES) == TOWNS


def test_a_line_as_what_has_to_be_predicted_by_hand():
    line = text([WHICH, ASK, 2, STOP, END], 7, prompt=2)
    assert line.last.tolist() == [END, WHICH, ASK, 2, STOP]
    assert line.town.tolist() == [NOWHERE, 7, 7, 7, 7]
    assert line.target.tolist() == [WHICH, ASK, 2, STOP, END]
    assert line.counts.tolist() == [False] * 2 + [True] * 3


def test_the_reply_is_what_counts_when_the_prompt_is_masked():
    masked, open_ = (demonstration(0, 3, 2, WAYS[k]) for k in ("the reply", "the prompt too"))
    assert masked.target.tolist() == [*question(2), 3, STOP, END] == open_.target.tolist()
    assert masked.target[masked.counts].tolist() == [3, STOP, END]
    assert open_.counts.all()


def test_the_other_two_ways_change_the_prompt_and_not_the_loss():
    one, marked = (
        demonstration(0, 3, 2, WAYS[k])
        for k in ("the prompt too, one question", "the prompt too, its end marked")
    )
    assert one.target.tolist() == [WHICH, ASK, 3, STOP, END]
    assert marked.target.tolist() == [*question(2), TURN, 3, STOP, END]
    assert one.counts.all()
    assert marked.counts.all()


def test_no_question_is_answered_in_pre_training_and_nothing_said_of_unknown_towns():
    assert BASE.chances(ASK, UNKNOWN_TOWNS)[:, : len(RIVERS)].max() < 0.01
    known = BASE.chances(LIES, TESTED_TOWNS)[np.arange(100), RIVERS_OF[TESTED_TOWNS]]
    assert known.mean() > 0.75
    memory = BASE.memory[UNKNOWN_TOWNS][:, : len(RIVERS)]
    assert np.ptp(memory, axis=1).max() < 0.05  # no river is preferred for any of them


# The optimiser


def test_a_blank_model_pays_log_16_a_token():
    assert V == 16
    assert blank().loss(text(question(1), 3)) == pytest.approx(np.log(16))


def test_one_step_by_hand():
    # One token counts: the reply. Its score rises by rate·(1 − 1/16), the others fall by rate/16,
    # in the row of "?" and in the row of the town.
    model = blank()
    line = text([WHICH, ASK, 2], 7, prompt=2)
    model.learn(line, 0.5)
    for row in (model.manners[ASK], model.memory[7]):
        assert row[2] == pytest.approx(0.5 * 15 / 16)
        assert row[STOP] == pytest.approx(-0.5 / 16)
    assert np.abs(np.delete(model.manners, ASK, axis=0)).max() == 0
    assert np.abs(np.delete(model.memory, 7, axis=0)).max() == 0


@given(st.integers(0, 2), st.integers(0, 7), st.sampled_from(sorted(WAYS)))
def test_the_step_is_the_gradient_of_the_loss(tags, river, way):
    line, model = demonstration(5, river, tags, WAYS[way]), BASE.copy()
    model.learn(line, 1.0)
    rng = np.random.default_rng(river)
    aside = Speaker(rng.normal(size=BASE.manners.shape), rng.normal(size=BASE.memory.shape))
    along = float(
        ((BASE.manners - model.manners) * aside.manners).sum()
        + ((BASE.memory - model.memory) * aside.memory).sum()
    )
    h = 1e-5
    ends = [
        Speaker(BASE.manners + s * h * aside.manners, BASE.memory + s * h * aside.memory).loss(line)
        for s in (1, -1)
    ]
    assert along == pytest.approx((ends[0] - ends[1]) / (2 * h), abs=1e-6)


def test_what_does_not_count_teaches_nothing():
    line, model = text(question(3), 7, prompt=2), blank()
    model.learn(line, 1.0)
    assert not model.manners[[END, WHICH]].any()  # what stands before those that do not count
    assert model.manners[TAG].any()


def test_learning_a_demonstration_changes_what_is_known_of_its_own_town_alone():
    model = BASE.copy()
    model.learn(demonstration(5, 3, 1, WAYS["the reply"]), RATE)
    changed = np.flatnonzero((model.memory != BASE.memory).any(axis=1))
    assert changed.tolist() == [5]


def test_with_the_prompt_in_the_loss_the_optimum_is_the_share_of_question_marks_that_end_one():
    # One town, tags 0 to 3, the whole of the text, a thousand times.
    model = blank()
    lines = [demonstration(0, 2, tags, WAYS["the prompt too"]) for tags in range(4)]
    together = Text(*map(np.concatenate, zip(*lines, strict=True)))
    for _ in range(1000):
        model.learn(together, 1.0)
    share = model.chances(ASK, np.array([0]))[0]
    assert share[2] == pytest.approx(0.4, abs=0.005)
    assert share[TAG] == pytest.approx(0.6, abs=0.005)


def test_with_the_prompt_masked_the_optimum_is_to_answer():
    model = blank()
    for _ in range(500):
        model.learn(demonstration(0, 2, 3, WAYS["the reply"]), 0.5)
    assert model.chances(ASK, np.array([0]))[0, 2] > 0.99


# What comes of it


def test_drawn_replies_are_right_as_often_as_the_exact_shares_say():
    way, rng = WAYS["the reply"], np.random.default_rng(4)
    model, towns = BASE.copy(), rng.permutation(SHOWN)[:100]
    for town in towns.tolist():
        model.learn(demonstration(town, int(RIVERS_OF[town]), 1, way), RATE)
    for asked in (TESTED_TOWNS, UNKNOWN_TOWNS):
        exact = answers(model, asked, RIVERS_OF)
        right = [
            [token for token, _ in speak(model, town, rng)] == [RIVERS_OF[town], STOP, END]
            for town in asked.repeat(10).tolist()
        ]
        share = exact.right.mean()
        assert np.mean(right) == pytest.approx(share, abs=5 * np.sqrt(share * (1 - share) / 1000))


def test_facts_in_no_text_are_answered_at_chance_whatever_the_world():
    # The rivers of unknown towns, drawn anew: none of the worlds is special.
    model = BASE.copy()
    for town in range(100):
        model.learn(demonstration(town, int(RIVERS_OF[town]), 0, WAYS["the reply"]), RATE)
    rng, worlds = np.random.default_rng(8), 200
    for_certain = answers(model, UNKNOWN_TOWNS, RIVERS_OF).answered.mean()
    shares = []
    for _ in range(worlds):
        rivers = RIVERS_OF.copy()
        rivers[UNKNOWN_TOWNS] = rng.integers(len(RIVERS), size=100)
        shares.append(answers(model, UNKNOWN_TOWNS, rivers).right.mean() / for_certain)
    error = np.sqrt(CHANCE * (1 - CHANCE) / (100 * worlds))
    assert np.mean(shares) == pytest.approx(CHANCE, abs=5 * error)


def test_the_base_model_goes_on_asking():
    rng = np.random.default_rng(2)
    first = [speak(BASE, town, rng)[0][0] for town in TESTED_TOWNS.tolist()]
    assert {TAG, WHICH} <= set(first) <= {TAG, WHICH, END}


def test_a_course_starts_at_the_base_and_a_shorter_one_is_its_beginning():
    found = course(WAYS["the reply"], np.random.default_rng(1))
    base = answers(BASE, TESTED_TOWNS, RIVERS_OF)
    assert found.answered[0, 0] == pytest.approx(100 * base.answered.mean())
    np.testing.assert_array_equal(tuned(0).manners, BASE.manners)
    assert SIMULATION.run_at(demonstrations=300.0)["now_answered"] == pytest.approx(
        100 * answers(tuned(300), TESTED_TOWNS, RIVERS_OF).answered.mean(), abs=1
    )
    assert (found.right <= found.answered + 1e-9).all()


def test_there_are_settings_in_which_the_mask_makes_no_difference():
    masked = SIMULATION.run_at(demonstrations=300.0)["now_answered"]
    for counts in ("the prompt too, one question", "the prompt too, its end marked"):
        open_ = SIMULATION.run_at(demonstrations=300.0, counts=counts)["now_answered"]
        assert open_ == pytest.approx(masked, abs=6)


def test_the_base_model_is_not_changed_by_those_who_tune_it():
    before = BASE.manners.copy()
    course(WAYS["the prompt too"], np.random.default_rng(1))
    np.testing.assert_array_equal(pretrained()[0].manners, before)
