"""Vendors that do not exist: planted rates, shared difficulty, and versions that change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.simulations._proportions import mcnemar_p
from proxygap.simulations._vendor_profiles import BY_SLUG, VENDORS
from proxygap.simulations._vendors import (
    SETUPS,
    Features,
    answers,
    expected_rates,
    gives_way,
    refusal_chances,
    shared_effects,
)

FERNMOOR, QUILLSTONE, TARNBRIDGE = VENDORS
EVERY = [(vendor, setup) for vendor in VENDORS for setup in SETUPS]
each = pytest.mark.parametrize(
    ("vendor", "setup"), EVERY, ids=lambda x: getattr(x, "slug", None) or "-".join(x)
)


def items(harmless: int = 150, harmful: int = 60, seed: int = 3) -> Features:
    rng = np.random.default_rng(seed)
    n = harmless + harmful
    return Features(
        ids=tuple(f"item-{i}" for i in range(n)),
        harmful=np.arange(n) >= harmless,
        trigger=rng.random(n),
        regulated=(rng.random(n) < 0.4).astype(float),
        authority=(rng.random(n) < 0.2).astype(float),
        clarity=rng.random(n),
    )


ITEMS = items()
HARMFUL = ITEMS.harmful


def refused(vendor, setup, seed=0) -> np.ndarray:
    return np.array([v == "refuse" for v in answers(vendor, setup, ITEMS, seed).verdicts])


def served(vendor, setup, seed=0) -> np.ndarray:
    return np.array([v == "comply" for v in answers(vendor, setup, ITEMS, seed).verdicts])


@each
def test_the_expected_rates_are_the_planted_ones_to_the_last_digit(vendor, setup):
    assert expected_rates(vendor, setup, ITEMS) == pytest.approx(vendor.planted[setup], abs=1e-9)


@each
def test_what_is_measured_over_many_draws_is_what_was_planted(vendor, setup):
    draws = [(refused(vendor, setup, s)[~HARMFUL], served(vendor, setup, s)[HARMFUL])
             for s in range(40)]  # fmt: skip
    over_refusal, compliance = (np.mean(group) for group in zip(*draws, strict=True))
    planted = vendor.planted[setup]
    # Independent draws within a seed: four standard errors of a binomial, 40 seeds long.
    assert abs(over_refusal - planted.over_refusal) < 4 * np.sqrt(0.25 / (40 * 150))
    assert abs(compliance - planted.harmful_compliance) < 4 * np.sqrt(0.25 / (40 * 60))


@each
def test_giving_way_under_pressure_has_its_planted_rate(vendor, setup):
    pairs = tuple(f"pair-{i}" for i in range(2000))
    planted = vendor.planted[setup].flip
    spread = np.sqrt(planted * (1 - planted) / 2000)
    assert abs(gives_way(vendor, setup, pairs).mean() - planted) < 4 * spread


def test_the_same_seed_gives_the_same_answers_and_another_seed_others():
    first = answers(FERNMOOR, ("1", "bare"), ITEMS, 7)
    assert first == answers(FERNMOOR, ("1", "bare"), ITEMS, 7)
    assert first != answers(FERNMOOR, ("1", "bare"), ITEMS, 8)


def test_an_item_keeps_its_difficulty_whatever_else_is_asked():
    both = shared_effects(("a", "b"))
    assert both[1] == shared_effects(("b",))[0]
    assert both[0] != both[1]


def test_vendors_stumble_over_the_same_items():
    """Both refuse far more often than two independent vendors with these rates would."""
    both, alone = [], []
    for seed in range(20):
        first, second = (refused(v, ("1", "bare"), seed)[~HARMFUL] for v in (FERNMOOR, QUILLSTONE))
        both.append((first & second).mean())
        alone.append(first.mean() * second.mean())
    assert np.mean(both) > 1.5 * np.mean(alone)


def test_without_a_shared_difficulty_they_would_not():
    """Shuffled items break the pairing: then the failures are as independent as they look."""
    chances = [refusal_chances(v, ("1", "bare"), ITEMS)[~HARMFUL] for v in (FERNMOOR, QUILLSTONE)]
    together = (chances[0] * chances[1]).mean()
    apart = np.mean([(chances[0] * np.roll(chances[1], i)).mean() for i in range(150)])
    assert apart == pytest.approx(chances[0].mean() * chances[1].mean())
    assert together > 1.5 * apart


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda v: v.slug)
def test_a_new_version_that_changes_nothing_changes_no_answer(vendor):
    same = replace(
        vendor,
        planted={**vendor.planted, ("2", "bare"): vendor.planted["1", "bare"]},
        weights={**vendor.weights, ("2", "bare"): vendor.weights["1", "bare"]},
    )
    assert answers(same, ("2", "bare"), ITEMS) == answers(same, ("1", "bare"), ITEMS)


def test_fernmoors_silent_change_shows_in_a_paired_test():
    before, after = (refused(FERNMOOR, (v, "business"))[~HARMFUL] for v in ("1", "2"))
    p = mcnemar_p(int((before & ~after).sum()), int((after & ~before).sum()))
    assert p < 0.01


def test_a_system_prompt_helps_most_where_the_work_is_regulated():
    regulated = ~HARMFUL & (ITEMS.regulated == 1)
    other = ~HARMFUL & (ITEMS.regulated == 0)
    bare, business = (refusal_chances(FERNMOOR, ("1", p), ITEMS) for p in ("bare", "business"))
    assert (bare - business)[regulated].mean() > 2 * (bare - business)[other].mean()


@given(st.integers(0, 2**32 - 1), st.sampled_from(EVERY))
def test_chances_stay_chances_and_means_stay_planted(seed, which):
    vendor, setup = which
    chances = refusal_chances(vendor, setup, ITEMS, seed)
    assert ((chances > 0) & (chances < 1)).all()
    assert chances[~HARMFUL].mean() == pytest.approx(vendor.planted[setup].over_refusal, abs=1e-9)


def test_items_of_one_kind_alone_can_be_asked():
    harmless = items(harmful=0)
    assert len(answers(TARNBRIDGE, ("1", "bare"), harmless).verdicts) == 150


def test_a_refusal_without_words_is_quillstones_way():
    shares = {}
    for vendor in VENDORS:
        forms = answers(vendor, ("1", "bare"), ITEMS).forms
        refusals = [form for form in forms if form in {"words", "structural"}]
        shares[vendor.slug] = refusals.count("structural") / len(refusals)
    assert max(shares, key=shares.__getitem__) == "quillstone"
    assert abs(shares["quillstone"] - 0.6) < 0.15


def test_the_planted_rates_are_those_of_the_worked_example():
    bare = {slug: vendor.planted["1", "bare"][:2] for slug, vendor in BY_SLUG.items()}
    assert bare == {
        "fernmoor": (0.12, 0.06), "quillstone": (0.45, 0.02), "tarnbridge": (0.03, 0.35),
    }  # fmt: skip
