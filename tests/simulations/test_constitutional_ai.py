"""Constitutional AI: the rounds, the labels, the principles and what a critic makes of them."""

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations._constitution import DEFAULT, Critic, comparisons, fit, revise, train
from proxygap.simulations._preference_labels import label_losses
from proxygap.simulations._principles import (
    ANSWERS,
    ATTRIBUTES,
    PLACES,
    RULES,
    WARY,
    Constitution,
    Principle,
    Term,
    scores,
    seen,
)
from proxygap.simulations._replies import TablePolicy, base_policy, load, posture
from proxygap.simulations._revision_rounds import CRITICS, after_rounds, best_round, draw_rounds

WORLD = load()
START = base_policy(WORLD)


def posture_after(constitution, critic):
    return posture(train(WORLD, START, constitution, critic).policy, WORLD)


def test_two_rounds_by_hand():
    harm, help_ = after_rounds(2, CRITICS["ordinary"])
    assert harm == pytest.approx(2 * 0.6 * 0.6)
    assert help_ == pytest.approx(4 * 0.95 * 0.95)


def test_no_round_changes_nothing():
    assert after_rounds(0, CRITICS["sharp"]) == (2, 4)


@pytest.mark.parametrize("name", CRITICS)
def test_drawn_drafts_follow_the_closed_form(name):
    critic = CRITICS[name]
    drawn = draw_rounds(critic, 20_000, np.random.default_rng(5))
    for each, mean in zip(drawn, after_rounds(np.arange(9), critic), strict=True):
        error = each.std(axis=1, ddof=1) / np.sqrt(each.shape[1])
        assert (np.abs(each.mean(axis=1) - mean) <= 3 * error + 1e-12).all()


@pytest.mark.parametrize("name", CRITICS)
def test_the_best_round_is_where_the_worth_is_greatest(name):
    k = np.linspace(0, 12, 12_001)
    harm, help_ = after_rounds(k, CRITICS[name])
    assert best_round(CRITICS[name]) == pytest.approx(k[(help_ - 2 * harm).argmax()], abs=2e-3)


def test_soft_labels_lose_less_than_drawn_and_approach_the_best_possible():
    losses = label_losses(0.75)
    assert (losses["soft"] < losses["hard"]).all()
    assert (losses["soft"] >= losses["floor"] - 1e-12).all()
    assert losses["soft"][-1] - losses["floor"][-1] < 0.005


def test_a_first_principle_outvotes_all_below():
    rest = tuple(Principle((Term(name, -1),)) for name in ("helps", "correct", "complete"))
    what = seen(WORLD, rightly=True)
    score = scores(Constitution((Principle((Term("refuses", 1),)), *rest)), what)
    refuses = what.attributes["refuses"] == 1
    for row, declines in zip(score, refuses, strict=True):
        assert row[declines].min() > row[~declines].max()


def test_a_critic_that_misreads_a_request_sees_a_breach_where_it_was_answered():
    right, wrong = (seen(WORLD, rightly=rightly).attributes for rightly in (True, False))
    good = [[reply.kind for reply in prompt.replies].index("good") for prompt in WORLD.prompts]
    rows = np.flatnonzero(WORLD.borderline)
    at = [good[row] for row in rows]
    assert not right["breaks_rule"][rows, at].any()
    assert wrong["breaks_rule"][rows, at].all()
    assert not wrong["breaks_rule"][WORLD.disallowed].any()


def test_every_attribute_lies_between_0_and_1_and_every_place_is_a_mask():
    for rightly in (True, False):
        what = seen(WORLD, rightly=rightly)
        assert set(what.attributes) == set(ATTRIBUTES)
        assert set(what.places) == set(PLACES)
        for values in what.attributes.values():
            assert values.min() >= 0
            assert values.max() <= 1


def test_a_revision_mends_with_its_chance_and_leaves_the_best_alone():
    drafts, score = np.array([[0.5, 0.3, 0.2]]), np.array([[0.0, 1.0, 1.0]])
    critic = Critic(fix=0.4, slip=0.0)
    once = revise(drafts, score, np.ones((1, 3)), critic, 1)
    # 0.4 of the half that can be mended moves, 3 : 2 as the drafts were
    np.testing.assert_allclose(once, [[0.3, 0.3 + 0.12, 0.2 + 0.08]])
    twice = revise(drafts, score, np.ones((1, 3)), critic, 2)
    assert twice[0, 0] == pytest.approx(0.5 * 0.6**2)


def test_a_slip_leads_to_replies_that_do_not_help():
    drafts, helps = np.array([[0.9, 0.1]]), np.array([[1.0, 0.0]])
    after = revise(drafts, np.zeros((1, 2)), helps, Critic(slip=0.1), 3)
    assert after[0, 0] == pytest.approx(0.9 * 0.9**3)


def test_a_preference_model_finds_the_weights_that_made_soft_labels():
    rng = np.random.default_rng(2)
    weights, difference = np.array([1.0, -2.0]), rng.normal(size=(4000, 2))
    labels = 1 / (1 + np.exp(-difference @ weights))
    np.testing.assert_allclose(fit(difference, labels, np.ones(4000)), weights, atol=5e-3)


def test_hard_labels_are_the_soft_ones_rounded():
    score = scores(DEFAULT, seen(WORLD, rightly=True))
    soft, hard = (comparisons(score, hard=hard) for hard in (False, True))
    assert set(np.unique(hard)) == {0.0, 1.0}
    np.testing.assert_array_equal(hard, soft > 0.5)


def test_a_constitution_that_asks_for_nothing_changes_nothing():
    for empty in (Constitution(()), Constitution((Principle(()), Principle(())))):
        after = train(WORLD, START, empty, Critic())
        np.testing.assert_array_equal(after.policy.probabilities(), START.probabilities())


def test_one_word_flips_the_borderline_requests():
    kept, wary = (
        posture_after(Constitution((RULES, second, ANSWERS)), Critic(accuracy=1.0))
        for second in (DEFAULT.principles[1], WARY)
    )
    assert kept.over_refusal < 0.01
    assert wary.over_refusal > 0.95
    assert wary.helpfulness < kept.helpfulness - 0.3


def test_the_order_decides_between_caution_and_help():
    first, last = Constitution((WARY, ANSWERS)), Constitution((ANSWERS, WARY))
    sure = Critic(accuracy=1.0)
    assert posture_after(first, sure).over_refusal > 0.95
    assert posture_after(last, sure).over_refusal < 0.05


@pytest.mark.parametrize("accuracy", [0.5, 0.8, 0.95])
def test_both_errors_of_the_critic_return_as_errors_of_the_assistant(accuracy):
    after = posture_after(DEFAULT, Critic(accuracy=accuracy))
    assert after.over_refusal == pytest.approx(1 - accuracy, abs=0.01)
    assert 0.5 * (1 - accuracy) < after.harm <= 1 - accuracy


def test_training_gives_a_policy_and_the_same_one_twice():
    one, other = (train(WORLD, START, DEFAULT, Critic()).policy for _ in range(2))
    assert isinstance(one, TablePolicy)
    np.testing.assert_array_equal(one.probabilities(), other.probabilities())


def test_more_rounds_make_less_harm_in_the_first_stage():
    harms = [
        posture(train(WORLD, START, DEFAULT, Critic(rounds=rounds)).revised, WORLD).harm
        for rounds in (0, 1, 2, 4, 8)
    ]
    assert harms == sorted(harms, reverse=True)


def test_the_explorer_says_what_the_world_says():
    result = get("constitutional-ai").run_at(sentence="forbids")
    assert float(result["now_refuses"]) == float(result["forbids_over"][0])
