"""Early stopping: the survey against the paper's shape, and against being made again."""

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations.early_stopping import (
    ANGLES,
    TURNS_DOWN,
    WORLDS,
    Settings,
    Training,
    survey,
    train,
)
from proxygap.sweep import Journal, collect, fingerprint, on_cores, plan, summarise

SLUG = "early-stopping"
EARLY = get(SLUG)
AGAIN = (
    "make the survey again: proxygap sweep early-stopping --set world=1 --over angle --seeds 60 "
    "--output src/proxygap/simulations/_early_stopping.json"
)


def shares() -> dict[float, float]:
    result = EARLY.run_at()
    return dict(zip(result["angles"], result["share"], strict=True))


def made_again(tmp_path, angle: float) -> dict[str, np.ndarray]:
    point = EARLY.complete({"angle": angle, "world": 1})
    with Journal(tmp_path / "journal") as journal:
        return collect(plan(SLUG, [point], 60), runner=on_cores(1), journal=journal)[0]


def test_the_survey_was_made_with_this_code():
    assert survey()["code"] == fingerprint(SLUG), AGAIN


def test_the_survey_covers_sixty_worlds_at_each_angle():
    assert survey()["seeds"] == 60
    assert [point["parameters"] for point in survey()["points"]] == [
        {"angle": angle, "world": 1} for angle in ANGLES
    ]


@pytest.mark.parametrize("angle", [5.0, 50.0, 80.0, 110.0])
def test_a_part_of_the_survey_comes_out_the_same_when_made_again(tmp_path, angle):
    kept = survey()["points"][ANGLES.index(angle)]["series"]
    again = {name: summarise(numbers) for name, numbers in made_again(tmp_path, angle).items()}
    assert again.keys() == kept.keys()
    for name in ("turns_down", "falls_before_stop"):
        assert again[name] == kept[name], "counts do not depend on rounding"
    for name, summary in again.items():
        # Other machines round the last digits of linear algebra differently.
        assert summary["mean"] == pytest.approx(kept[name]["mean"], abs=1e-9)
        assert summary["quantiles"] == pytest.approx(kept[name]["quantiles"], abs=1e-9)


def test_shares_rise_to_a_peak_below_a_right_angle_and_vanish_beyond():
    # The shape of karwowski2024: rare when the proxy is nearly right, common towards a right
    # angle, none when paying for the opposite, where the truth falls from the start.
    share = shares()
    assert share[5.0] == 0
    peak = max(share, key=share.get)
    assert 50 <= peak <= 95
    assert share[peak] > 40
    rising = [share[angle] for angle in ANGLES if angle <= peak]
    assert rising == sorted(rising)
    assert all(share[angle] == 0 for angle in ANGLES if angle > 120)
    assert 10 < np.mean(list(share.values())) < 35


def test_the_rule_was_never_wrong_and_it_is_not_free():
    result = EARLY.run_at()
    assert not result["share_stopped"].any()
    below = result["angles"] < 90
    assert (result["mean_stop"] < result["mean_end"])[below].all()
    assert (result["mean_stop"] > result["mean_end"])[~below].all()


@pytest.mark.parametrize("world", WORLDS[:3])
def test_at_and_beyond_a_right_angle_training_does_not_start(world):
    assert train(Settings(angle=95.0, world=int(world)), np.random.default_rng(0)).stop == 0


def test_worlds_differ_and_a_world_keeps_its_start_whatever_the_angle():
    starts = {
        world: {round(float(EARLY.run_at(world=world, angle=a)["truth_start"]), 9)
                for a in (5.0, 80.0, 170.0)}
        for world in WORLDS
    }  # fmt: skip
    assert all(len(start) == 1 for start in starts.values())
    assert len(set.union(*starts.values())) == len(WORLDS)


@pytest.mark.parametrize(
    ("truth", "turns_down", "falls_before_stop"),
    [
        ((0.5, 0.6, 0.7), False, False),
        ((0.5, 0.6, 0.6 - TURNS_DOWN / 2), False, False),
        ((0.5, 0.6, 0.6 - 2 * TURNS_DOWN), True, False),
        ((0.5, 0.4, 0.3), False, True),  # it never rose
        ((0.5, 0.4, 0.6), False, True),
    ],
)
def test_what_counts_as_turning_down(truth, turns_down, falls_before_stop):
    made = Training(np.array([0, 0.5, 1]), np.array([0, 0.5, 1]), np.array(truth), stop=1)
    assert made.turns_down is turns_down
    assert made.falls_before_stop is falls_before_stop


def test_the_curve_passes_through_start_stop_and_end():
    result = EARLY.run_at()
    assert result["truth"][0] == pytest.approx(float(result["truth_start"]))
    assert result["truth"][-1] == pytest.approx(float(result["truth_end"]))
    assert np.interp(result["stop_at"], result["travelled"], result["proxy"]) == pytest.approx(
        float(result["proxy_stop"]), abs=0.5
    )
