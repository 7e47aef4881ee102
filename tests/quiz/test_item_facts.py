"""The numbers that the items of the boat race quote are what the simulation computes."""

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
from proxygap.simulations._world import walk

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
