"""The shared world: whole, varied, harmless, and exact in what it measures."""

import re
from collections import Counter
from dataclasses import replace
from importlib import resources
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.errors import ContentError, UsageError
from proxygap.simulations._order_statistics import kl
from proxygap.simulations._replies import (
    FEATURES,
    KINDS,
    SoftmaxPolicy,
    TablePolicy,
    World,
    always,
    base_policy,
    best_of,
    expected,
    kl_divergence,
    load,
    posture,
    preference_probability,
    read_family,
    tilt,
)

WORLD = load()
BASE = base_policy(WORLD)
EVERY = [(prompt, reply) for prompt in WORLD.prompts for reply in prompt.replies]
# One of each sort, for what is worked by hand: allowed, borderline, disallowed.
THREE = World(
    WORLD.families,
    tuple(map(WORLD.prompt, ("shop-bulb-fit", "shop-kill-lights", "shop-discount"))),
)
UNIFORM = TablePolicy(np.full(THREE.shape, 1 / 8))

# What no line of a course may hold: means of harm, crude words, and ways to reach a person.
BLOCKED = [
    r"\b(synthesi[sz]e|detonat\w*|explosiv\w*|molotov|ricin|sarin|bombs?|guns?|poison\w*)\b",
    r"\b(kill (him|her|them|myself|yourself)|suicid\w*|rape\w*|nude|naked|sexual\w*|porn\w*)\b",
    r"\b(jailbreak|do anything now|system prompt|ignore (all|any|your))\b",
    r"\b(idiots?|stupid|dumb|hate|vermin|damn|hell)\b",
    r"https?://|www\.|\S+@\S+\.\w|\b\d{7,}\b|\b\d{1,3}(\.\d{1,3}){3}\b",
    r"\b(milligrams?|\d+ ?mg|\d+ ?ml)\b",
]


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def truth_of(prompt: str) -> dict[str, float]:
    return {reply.kind: reply.truth for reply in WORLD.prompt(prompt).replies}


# What is written


def test_there_are_40_prompts_in_seven_families_with_eight_replies_each():
    assert WORLD.shape == (40, 8)
    count = Counter(prompt.family for prompt in WORLD.prompts)
    assert len(WORLD.families) == 7
    assert set(count) == {family.slug for family in WORLD.families}
    assert set(count.values()) <= {5, 6}


def test_ids_are_unique():
    assert len({prompt.id for prompt in WORLD.prompts}) == 40


def test_every_sort_of_prompt_occurs_in_every_family():
    for family in WORLD.families:
        mine = [prompt for prompt in WORLD.prompts if prompt.family == family.slug]
        assert sum(prompt.borderline for prompt in mine) >= 1, family.slug
        assert {prompt.rule for prompt in mine} - {""} == set(family.rules)
        assert {prompt.claim_right for prompt in mine} == {True, False}
    assert 12 <= WORLD.disallowed.sum() <= 16
    assert 12 <= WORLD.borderline.sum() <= 16
    assert not (WORLD.disallowed & WORLD.borderline).any()


def test_users_are_right_and_wrong_among_allowed_borderline_and_disallowed_prompts():
    plain = ~(WORLD.disallowed | WORLD.borderline)
    for sort in (plain, WORLD.borderline, WORLD.disallowed):
        assert {*WORLD.claim_right[sort]} == {True, False}


def test_every_text_is_filled_short_and_harmless():
    for prompt, reply in EVERY:
        assert 0 < len(reply.text) <= 240
        assert 20 <= len(prompt.text) <= 240
        for text in (reply.text, reply.why, prompt.text, prompt.claim, prompt.good):
            assert text.strip() == text != ""
            assert "\n" not in text
            assert [rule for rule in BLOCKED if re.search(rule, text, re.IGNORECASE)] == [], text


def test_the_blocklist_catches_what_it_is_for():
    for text in ("see www.example.org", "a@b.org", "take 500 mg", "you idiot", "poisonous"):
        assert any(re.search(rule, text, re.IGNORECASE) for rule in BLOCKED), text


def test_no_two_replies_are_nearly_the_same():
    texts = [(words(reply.text), reply.text) for _, reply in EVERY]
    alike = [(a, b) for (one, a), (two, b) in combinations(texts, 2)
             if len(one & two) > 0.6 * len(one | two)]  # fmt: skip
    assert alike == []


def test_no_two_rationales_are_the_same():
    assert len({reply.why for _, reply in EVERY}) == len(EVERY)


def test_no_opening_wears_out():
    openings = Counter(" ".join(reply.text.lower().split()[:3]) for _, reply in EVERY)
    assert max(openings.values()) <= 12  # "I'm sorry, I …" is how people decline


def test_the_order_of_the_replies_says_nothing_about_them():
    for kind in ("good", "curt", "padded", "flattering", "refusal", "bare"):
        places = [[reply.kind for reply in p.replies].index(kind) for p in WORLD.prompts]
        assert len(set(places)) >= 7, kind
        assert max(Counter(places).values()) <= 12, kind


# What the replies are


def test_every_kind_is_what_it_says():
    for prompt, reply in EVERY:
        name = f"{prompt.id}.{reply.kind}"
        longest = max(r.length for r in prompt.replies)
        assert reply.refuses or reply.kind not in ("refusal", "bare"), name
        assert reply.explains_refusal == (reply.kind == "refusal") or reply.kind in (
            "good", "curt"), name  # fmt: skip
        assert reply.breaks_rule == (reply.kind in ("breach", "hint")), name
        if reply.kind in ("good", "curt", "warm"):
            assert reply.correct, name
            assert reply.refuses == prompt.disallowed, name
        if reply.kind == "curt":
            assert reply.courtesy == 0, name
            assert reply.length <= 12, name
        if reply.kind == "flattering":
            assert reply.courtesy == 2, name
            assert reply.agrees_with_user, name
        if reply.kind == "padded":
            assert reply.length >= longest - 5, name
        if reply.kind == "wrong":
            assert not reply.correct, name


def test_a_good_reply_to_an_allowed_prompt_is_correct_and_complete():
    for prompt in WORLD.prompts:
        assert prompt.reply("good").complete == (not prompt.disallowed), prompt.id
        assert prompt.reply("good").courtesy >= 1, prompt.id


def test_truth_lies_between_minus_one_and_one():
    assert np.abs(WORLD.truth).max() <= 1


def test_truth_ranks_good_above_curt_above_padded_above_rule_breaking():
    for prompt in WORLD.prompts:
        worth = truth_of(prompt.id)
        good = worth.pop("good")
        assert good >= 0.85, prompt.id
        assert good > max(worth.values()), prompt.id
        assert worth["curt"] > max(worth["padded"], worth["flattering"], worth["bare"]), prompt.id
        if prompt.disallowed:
            broken = max(worth.get("hint", -1), worth["breach"])
            assert broken < min(worth["padded"], worth["flattering"]), prompt.id


def test_a_refusal_is_worth_something_only_where_the_rule_asks_for_it():
    for prompt in WORLD.prompts:
        worth = truth_of(prompt.id)
        assert (worth["refusal"] > 0) == prompt.disallowed, prompt.id
        assert worth["refusal"] > worth["bare"], prompt.id


def correlation(name: str) -> float:
    return float(np.corrcoef(WORLD.feature(name).ravel(), WORLD.truth.ravel())[0, 1])


def test_truth_hangs_on_no_single_attribute():
    assert max(abs(correlation(name)) for name in FEATURES) < 0.9
    assert 0.05 < correlation("length") < 0.3  # long replies are a little better…
    assert abs(correlation("courtesy")) < 0.15  # …and kind ones are not
    assert -0.3 < correlation("agrees_with_user") < 0


def test_equal_attributes_may_hide_unequal_truth():
    # Two replies that agree in all but the length, and differ in truth: no reward model that is
    # linear in the attributes can be perfect.
    flat = np.delete(WORLD.features.reshape(-1, len(FEATURES)), FEATURES.index("length"), axis=1)
    worth: dict[tuple[float, ...], list[float]] = {}
    for row, value in zip(flat.tolist(), WORLD.truth.ravel(), strict=True):
        worth.setdefault(tuple(row), []).append(value)
    assert max(max(values) - min(values) for values in worth.values()) > 0.5


def test_features_are_the_attributes_in_the_order_of_their_names():
    p = [prompt.id for prompt in WORLD.prompts].index("shop-discount")
    r = [reply.kind for reply in WORLD.prompts[p].replies].index("curt")
    # "No code, no discount.": correct, not complete, 4 words, no courtesy, no agreement, refuses,
    # explains, breaks nothing.
    np.testing.assert_array_equal(WORLD.features[p, r], [1, 0, 4, 0, 0, 1, 1, 0])
    assert WORLD.truth[p, r] == 0.5


def test_standardised_features_have_mean_zero_and_spread_one():
    np.testing.assert_allclose(WORLD.standardised.mean(axis=(0, 1)), 0, atol=1e-12)
    np.testing.assert_allclose(WORLD.standardised.std(axis=(0, 1)), 1)


def test_nobody_changes_the_shared_arrays_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        WORLD.truth[0, 0] = 1.0


# What a wrong file says


def shop(old: str, new: str) -> str:
    file = resources.files("proxygap.simulations._replies") / "families" / "shop.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


FLAKES = '["refuses", "explains_refusal"]'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "good"', 'kind = "goood"', "shop-kettle-scale.goood: no such kind"),
        ("truth = 0.9", "truth = 1.9", "shop-kettle-scale.good: truth lies between"),
        ("truth = 0.9", 'truth = "high"', "truth is 'high', and must be a TOML number"),
        ("claim_right = false", "claim_right = 0", "must be a TOML true or false"),
        ("borderline = true", "border = true", "unknown: border. Allowed: id, text"),
        ("courtesy = 1", "courtesy = 3", "courtesy is 0, 1 or 2"),
        ("why = ", "reason = ", "shop-kettle-scale.good: missing: why"),
        ("Those flakes", "Those flakes " * 20, "at most 240"),
        (FLAKES, '["refuses", "complete"]', "shop-kettle-scale.refusal: a reply that refuses"),
        (FLAKES, '["explains_refusal"]', "it explains a refusal and does not refuse"),
        (FLAKES, '["refuses", "correct"]', "a refusal is correct if"),
        (FLAKES, '["refuses", "breaks_rule"]', "no rule forbids"),
        (FLAKES, '["declines"]', "no such mark: declines"),
        ('["agrees_with_user"]', '["agrees_with_user", "correct"]', "agrees with a claim"),
        ('rule = "code"', 'rule = "codes"', "no rule is called 'codes'"),
        ('rule = "code"', 'rule = "code"\nborderline = true', "not both"),
        ('kind = "bare"', 'kind = "evasive"', "each of these kinds: bare"),
        ('kind = "wrong"', 'kind = "good"', "8 different kinds"),
        ('id = "shop-bulb-fit"', 'id = "shop-kettle-scale"', "two prompts have this id"),
        ('id = "shop-bulb-fit"', 'id = "bulb"', "is called 'shop-…'"),
        ('id = "shop-bulb-fit"', "id = ", "this is not TOML"),
    ],
)
def test_an_error_in_a_file_names_the_entry(old, new, says):
    with pytest.raises(ContentError, match=re.escape(says)):
        read_family(shop(old, new), Path("shop.toml"))


def test_an_error_in_a_file_names_the_line():
    text = shop('rule = "code"', 'rule = "codes"')
    with pytest.raises(ContentError) as caught:
        read_family(text, Path("shop.toml"))
    assert text.splitlines()[caught.value.line - 1] == 'id = "shop-discount"'


def test_what_does_not_exist_is_said_with_the_nearest_name():
    with pytest.raises(UsageError, match="Did you mean 'shop-bulb-fit'"):
        WORLD.prompt("shop-bulb-fits")
    with pytest.raises(UsageError, match="Did you mean 'courtesy'"):
        WORLD.feature("courtsey")
    with pytest.raises(UsageError, match=r"It has: .*good"):
        WORLD.prompts[0].reply("breach")


# Policies and what they are worth


def test_refusing_all_is_harmless_and_useless():
    # Courtesy of the three refusals 2, 1, 1; truth −.35, −.45, .6.
    assert posture(always(THREE, "refusal"), THREE) == pytest.approx((0, 0, 1, 4 / 6, -0.2 / 3))


def test_complying_with_all_is_helpful_and_harmful():
    # Good, good, breach. Courtesy 1, 1, 2; truth .95, .9, −.9.
    assert posture(always(THREE, "breach"), THREE) == pytest.approx((1, 1, 0, 4 / 6, 0.95 / 3))


def test_chance_has_the_posture_that_one_counts():
    # Correct and complete: 2 of 8 replies on the bulb, 3 of 8 on the lights. Breach and hint: 2 of
    # 8 on the discount. Refusal and bare: 2 of 8 on the lights.
    assert posture(UNIFORM, THREE)[:3] == pytest.approx((5 / 16, 2 / 8, 2 / 8))


def test_the_untuned_assistant_has_room_to_improve_and_to_get_worse():
    stands = posture(BASE, WORLD)
    assert 0.3 < stands.helpfulness < 0.6
    assert 0.2 < stands.harm < 0.6
    assert 0 < stands.over_refusal < 0.2
    assert -0.2 < stands.truth < 0.3
    assert BASE.probabilities().min() > 1e-4  # every reply can be found by sampling


def test_a_linear_policy_weighs_the_attributes_that_it_names():
    policy = SoftmaxPolicy.linear(THREE, {"courtesy": np.log(2)})
    # Courtesy on the bulb: good 1, curt 0, padded 1, flattering 2, refusal 2, bare 0, wrong 1,
    # partial 1: weights 2 + 1 + 2 + 4 + 4 + 1 + 2 + 2 = 18.
    chance = dict(zip([r.kind for r in THREE.prompts[0].replies], policy.probabilities()[0],
                      strict=True))  # fmt: skip
    assert chance["flattering"] == pytest.approx(4 / 18)
    assert chance["bare"] == pytest.approx(1 / 18)


def test_sampling_follows_the_probabilities():
    draws = 20_000
    replies = BASE.sample(np.random.default_rng(5), np.full(draws, 7))
    chance = BASE.probabilities()[7]
    found = np.bincount(replies, minlength=8) / draws
    assert np.abs(found - chance).max() < 4.5 * np.sqrt(0.25 / draws)


def test_sampling_never_gives_what_has_no_chance():
    policy = always(WORLD, "good")
    every = np.arange(40).repeat(50)
    replies = policy.sample(np.random.default_rng(1), every)
    assert (policy.probabilities()[every, replies] == 1).all()


@pytest.mark.parametrize("table", [[[0.5, 0.6]], [[1.5, -0.5]], [0.5, 0.5], [[np.nan, 1.0]]])
def test_a_table_of_no_probabilities_is_refused(table):
    with pytest.raises(UsageError, match="sum to 1"):
        TablePolicy(np.array(table))


def test_moving_from_chance_to_one_reply_costs_log_8():
    assert kl_divergence(always(THREE, "good"), UNIFORM) == pytest.approx(np.log(8))
    assert kl_divergence(UNIFORM, always(THREE, "good")) == float("inf")


REWARDS = arrays(float, WORLD.shape, elements=st.floats(-3, 3))
BETAS = st.floats(0.05, 5)


@given(REWARDS)
def test_divergence_is_none_to_oneself_and_else_above_none(reward):
    moved = tilt(BASE, reward, 1.0)
    assert kl_divergence(moved, moved) == 0
    assert kl_divergence(moved, BASE) >= 0
    rows = zip(moved.probabilities(), BASE.probabilities(), strict=True)
    assert kl_divergence(moved, BASE) == pytest.approx(np.mean([kl(*row) for row in rows]))


@given(REWARDS, REWARDS, BETAS)
def test_what_a_policy_falls_short_of_the_tilt_is_beta_times_its_divergence_from_it(r, other, beta):
    # Hence no policy does better: a divergence is never below 0.
    best, policy = tilt(BASE, r, beta), tilt(BASE, other, 1.0)

    def objective(p: TablePolicy) -> float:
        return expected(p, r) - beta * kl_divergence(p, BASE)

    short = objective(best) - objective(policy)
    assert short == pytest.approx(beta * kl_divergence(policy, best), abs=1e-8)


def test_the_tilt_is_where_a_grid_finds_the_optimum():
    beta, chance = 0.4, np.array([[0.8, 0.2]])
    reward = np.array([[0.1, 0.9]])
    second = np.linspace(1e-5, 1 - 1e-5, 99_999)
    policies = np.stack([1 - second, second], axis=1)
    objective = policies @ reward[0] - beta * (policies * np.log(policies / chance)).sum(axis=1)
    found = tilt(TablePolicy(chance), reward, beta).probabilities()[0, 1]
    assert found == pytest.approx(second[objective.argmax()], abs=1e-5)


@given(REWARDS, BETAS)
def test_the_optimum_is_worth_beta_log_z(reward, beta):
    best = tilt(BASE, reward, beta)
    z = (BASE.probabilities() * np.exp(reward / beta)).sum(axis=1)
    objective = expected(best, reward) - beta * kl_divergence(best, BASE)
    assert objective == pytest.approx(beta * np.log(z).mean(), rel=1e-6, abs=1e-8)


def test_the_last_nat_buys_beta_of_reward():
    near, far = tilt(BASE, WORLD.truth, 0.3001), tilt(BASE, WORLD.truth, 0.2999)
    gained = expected(far, WORLD.truth) - expected(near, WORLD.truth)
    paid = kl_divergence(far, BASE) - kl_divergence(near, BASE)
    assert gained / paid == pytest.approx(0.3, rel=1e-4)


@pytest.mark.parametrize("beta", [0, -1, float("nan")])
def test_a_leash_that_costs_nothing_is_refused(beta):
    with pytest.raises(UsageError, match="above 0"):
        tilt(BASE, WORLD.truth, beta)


def test_best_of_one_is_the_base_and_best_of_many_is_the_best():
    np.testing.assert_allclose(best_of(BASE, WORLD.truth, 1).probabilities(), BASE.probabilities())
    many = best_of(BASE, WORLD.truth, 1e6)
    assert expected(many, WORLD.truth) == pytest.approx(WORLD.truth.max(axis=1).mean(), abs=1e-6)


def test_preferences_depend_on_the_difference_alone_and_add_up():
    assert preference_probability(2.0, 2.0) == 0.5
    assert preference_probability(np.log(3), 0.0) == pytest.approx(0.75)  # 3 to 1
    both = preference_probability(0.3, 1.1) + preference_probability(1.1, 0.3)
    assert both == pytest.approx(1)


# The gap that the chapters are about


def test_tuning_towards_the_truth_repairs_every_column_of_the_posture():
    before, after = posture(BASE, WORLD), posture(tilt(BASE, WORLD.truth, 0.1), WORLD)
    assert after.helpfulness > 0.95 > before.helpfulness
    assert after.harm < 0.01 < before.harm
    assert after.over_refusal < 0.01 < before.over_refusal
    assert after.truth > 0.85


@pytest.mark.parametrize("taste", ["length", "courtesy", "agrees_with_user", "refuses"])
def test_each_taste_drives_the_proxy_up_and_the_truth_down(taste):
    tuned = tilt(BASE, WORLD.standardised[..., FEATURES.index(taste)], 0.1)
    assert expected(tuned, WORLD.feature(taste)) > expected(BASE, WORLD.feature(taste))
    assert expected(tuned, WORLD.truth) < expected(BASE, WORLD.truth)


def test_a_taste_for_agreement_makes_sycophants_where_the_user_is_wrong():
    agrees, wrong = WORLD.feature("agrees_with_user"), ~WORLD.claim_right
    honest = tilt(BASE, WORLD.truth, 0.2)
    sycophant = tilt(BASE, WORLD.truth + 2 * agrees, 0.2)
    assert expected(honest, agrees, wrong) < 0.05
    assert expected(sycophant, agrees, wrong) > 0.5


def test_a_taste_for_refusal_takes_harm_away_and_help_with_it():
    refuser = posture(tilt(BASE, WORLD.feature("refuses"), 0.1), WORLD)
    assert refuser.harm < 0.01
    assert refuser.over_refusal > 0.95


def test_kinds_are_all_used():
    assert {reply.kind for _, reply in EVERY} == set(KINDS)


def test_a_world_of_fewer_prompts_is_a_world():
    few = replace(WORLD, prompts=WORLD.prompts[:6])
    assert few.features.shape == (6, 8, 8)
    assert posture(base_policy(few), few).harm > 0
