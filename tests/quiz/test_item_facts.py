"""The numbers that the items of the chapter quote are what the simulations compute."""

import itertools

import numpy as np
import pytest

from proxygap.quiz import load_quiz
from proxygap.simulations import get
from proxygap.simulations._boat_track import (
    EVENTS,
    RACE_STEPS,
    RING,
    RewardTerms,
    back_and_forth_policy,
    clockwise_policy,
    world,
)
from proxygap.simulations._planning import score, value_iteration
from proxygap.simulations._tomato_room import grounded
from proxygap.simulations._world import walk
from proxygap.simulations.box_and_goal import optimum, safe_optimum

QUIZ = load_quiz("specification-gaming")


def pays(terms, policy):
    return float(walk(world(terms), policy).return_[-1])


def rocking_and_racing(terms):
    return pays(terms, back_and_forth_policy()), pays(terms, clockwise_policy())


@pytest.fixture(scope="module")
def trained():
    return get("boat-race").run_at()


def test_the_record_in_the_table_is_the_simulations(trained):
    rows = [
        [part.strip() for part in line.strip("| ").split("|")]
        for line in QUIZ.item("sg-read-the-record").stem.splitlines()
        if line.startswith("| ") and "to" in line
    ]
    assert len(rows) == 3
    for races, return_, performance in rows:
        first, last = (int(part) for part in races.split(" to "))
        inside = slice(first - 1, last)
        assert int(return_.replace("−", "-")) == round(float(trained["return_"][inside].mean()))
        assert int(performance.replace("−", "-")) == round(
            float(trained["performance"][inside].mean())
        )


def test_a_trained_boat_is_paid_49_and_does_no_lap(trained):
    assert round(float(trained["final_return"])) == 49
    assert abs(float(trained["laps"])) < 0.5


def test_the_entry_penalty_is_never_paid_by_a_rocking_boat():
    published = RewardTerms(move=-1, arrow_forward=3)
    harsh = RewardTerms(move=-1, arrow_forward=3, arrow_backward=-300)
    assert rocking_and_racing(harsh) == rocking_and_racing(published) == (50, 50)
    result = get("boat-race").run_at(reward="entry-penalty")
    assert round(float(result["final_return"])) == 49
    assert abs(float(result["final_performance"])) < 5


def test_five_points_an_arrow_pay_a_rocking_boat_150():
    answer = QUIZ.item("sg-raise-the-pay").body.answer.value
    assert rocking_and_racing(RewardTerms(move=-1, arrow_forward=5)) == (answer, answer)


CARDS = {
    "Take 3 points when the boat leaves an arrow backwards": RewardTerms(-1, 3, arrow_undone=-3),
    "Pay 10 points for an arrow instead of 3": RewardTerms(-1, 10),
    "Pay 2 points for each clockwise move and nothing for arrows": RewardTerms(-1, clockwise=2),
    "Let each move cost 2 points instead of 1": RewardTerms(-2, 3),
    "Take 3 points when the boat enters an arrow backwards": RewardTerms(-1, 3, arrow_backward=-3),
}
ONCE = "Pay an arrow again only after the other three"


def test_every_card_is_sorted_by_what_the_track_pays():
    cards = {card.text: card.category for card in QUIZ.item("sg-sort-the-repairs").body.cards}
    computed = {}
    for text, terms in CARDS.items():
        rocking, racing = rocking_and_racing(terms)
        computed[text] = "Still pays as much" if rocking == racing else "Pays less now"
        assert rocking <= racing
    assert cards == computed | {ONCE: "Pays less now"}


def pay_each_arrow_once(policy):
    """Return what a race pays when an arrow pays again only after the other three."""
    states = walk(world(RewardTerms()), policy).states
    paid, total = set(), 0
    for before, after in itertools.pairwise(states.tolist()):
        entered = EVENTS.arrow_forward[before, policy[before]] == 1
        total += 3 * (entered and after not in paid) - 1
        if entered:
            paid = (paid | {after}) if len(paid | {after}) < 4 else set()
    return total


def test_an_arrow_that_pays_once_stops_rocking_and_not_racing():
    assert pay_each_arrow_once(clockwise_policy()) == 50
    assert pay_each_arrow_once(back_and_forth_policy()) == 3 - RACE_STEPS


def test_the_optimum_is_50_and_leaves_performance_anywhere_from_0_to_100():
    """Dynamic programming over all behaviours: best return, then best and worst performance."""
    track = world(RewardTerms(move=-1, arrow_forward=3))
    best = np.zeros(len(track.reward))
    most, least = best.copy(), best.copy()
    for _ in range(RACE_STEPS):
        value = track.reward + best[track.next_state]
        top = value.max(axis=1)
        optimal = np.isclose(value, top[:, None])
        reach = track.performance + np.stack([most[track.next_state], least[track.next_state]])
        best = top
        most = np.where(optimal, reach[0], -np.inf).max(axis=1)
        least = np.where(optimal, reach[1], np.inf).min(axis=1)
    start = RING[0]
    assert (best[start], most[start], least[start]) == (50, 100, 0)


def test_a_charge_above_2_points_spares_the_box_though_the_harm_counts_10():
    answer = QUIZ.item("sg-price-of-care").body.answer.value
    fast, careful = optimum(), safe_optimum()
    assert (fast.return_, careful.return_) == (45, 43)
    assert answer == fast.return_ - careful.return_
    assert fast.return_ - fast.performance == 10
    assert optimum("stuck", answer - 0.25).performance == fast.performance
    assert optimum("stuck", answer + 0.25).performance == careful.performance


def test_no_charge_for_a_push_spares_the_box():
    for charge in (10, 50):
        plan = optimum("pushed", charge)
        assert (plan.return_, plan.performance) == (45 - charge, 35)


def test_a_fifth_of_honest_pay_waters_nothing_and_a_half_nearly_everything():
    dry = {share: float(get("tomato-camera").run_at(grounded=share)["dry"])
           for share in (0.0, 0.2, 0.4, 0.5)}  # fmt: skip
    assert round(dry[0.0], 1) == round(dry[0.2], 1) == 3.6
    assert dry[0.4] > 2
    assert dry[0.5] < 1
    assert round(float(get("tomato-camera").run_at()["first_dry"]), 1) == 2.1


@pytest.mark.parametrize(("discount", "stays"), [(0.9, True), (0.99, False)])
def test_a_fifth_is_too_little_for_robots_that_look_ten_steps_ahead_and_enough_for_others(
    discount, stays
):
    world = grounded(drying=0.05, share=0.2)._replace(observation=None)  # sees everything
    plan = value_iteration(world, discount)
    watered = score(world, plan.policy).performance
    assert (watered < 1) == stays
    assert (watered > 6.9) == (not stays)


CORRIDOR, PRIZE, LONG = 6, 100.0, 400  # cells, points at the last one, steps of an episode
EXTRAS = {
    "1 point for each step towards the goal, −1 for each step away from it":
        lambda here, there: there - here,
    "1 point for each step towards the goal, nothing for a step away":
        lambda here, there: max(there - here, 0),
    "A price for every place, earned on entering it and returned on leaving it":
        lambda here, there: float((there - 2) ** 2 - (here - 2) ** 2),
    "0.01 points for each step on which it faces the goal":
        lambda here, there: 0.01 * (there >= here),
}  # fmt: skip


def reaches_the_goal_at_once(extra):
    """Plan backwards along the corridor; the episode ends at its last cell or when time is up.

    Waiting is allowed. Since a step costs nothing, "at once" is asked of ties too: no way of
    spending the time may be paid more than walking to the goal.
    """
    worth = np.zeros(CORRIDOR)
    for _ in range(LONG):
        ahead = worth.copy()
        for here in range(CORRIDOR - 1):
            ways = [max(here - 1, 0), here, here + 1]
            worth[here] = max(
                extra(here, there) + (PRIZE if there == CORRIDOR - 1 else ahead[there])
                for there in ways
            )
    walked = sum(extra(here, here + 1) for here in range(CORRIDOR - 1)) + PRIZE
    return walked >= worth[0] - 1e-9


def test_only_extras_that_are_taken_back_leave_the_best_way_as_it_was():
    options = {option.text: bool(option.correct)
               for option in QUIZ.item("sg-progress-bonus").body.options}  # fmt: skip
    assert {text: reaches_the_goal_at_once(extra) for text, extra in EXTRAS.items()} == options


def test_robots_that_see_the_supervisor_keep_the_rule_in_half_of_the_episodes():
    item = QUIZ.item("sg-inspected-half").body
    result = get("absent-supervisor").run_at()
    assert (result["performance_watched"][-1], result["performance_alone"][-1]) == (41, 17)
    assert result["return_alone"][-1] == 47
    assert float(result["final_performance"]) == pytest.approx(item.answer.value, abs=0.5)
    paid = next(m for m in item.mistakes if "what it is paid" in m.feedback)
    assert float(result["final_return"]) == pytest.approx(paid.value, abs=0.5)


def points_in(seconds, each, pays):
    return pays * (seconds // each)


def test_a_loop_is_paid_better_below_four_and_a_half_seconds():
    seconds = QUIZ.item("sg-loop-or-lap").body.answer.value
    race = 60 * 60 * 10
    laps = points_in(race, 60, 120)
    assert points_in(race, seconds, 9) == laps
    assert points_in(race, seconds - 0.1, 9) > laps > points_in(race, seconds + 0.1, 9)
