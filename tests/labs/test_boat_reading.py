"""What a boat does, and what its reward pays for it: by hand, and against the simulation itself."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.labs._boat_reading import (
    HABITS,
    RACING,
    due_in,
    habit,
    pay,
    possible_returns,
    rivals,
    running_scores,
    sum_in_words,
)
from proxygap.simulations._boat_track import (
    DESIGNS,
    EVENTS,
    RING,
    RewardTerms,
    clockwise_policy,
    world,
)
from proxygap.simulations._world import walk

POINTS = st.integers(-1000, 1000).map(lambda hundredths: hundredths / 100)
REWARDS = st.builds(RewardTerms, POINTS, POINTS, POINTS, POINTS, st.just(0.0), POINTS)
ACTIONS = st.lists(st.integers(0, 3), min_size=25, max_size=25)


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("design", "paid"),
    [
        # racing, rocking on and off, off and on, the wrong way round, standing still
        ("arrows", ["−1 + 3 − 1 = 1", "−1 + 3 − 1 = 1", "−1 − 1 = −2", "−1 − 1 = −2",
                    "−1 − 1 = −2"]),
        ("entry-penalty", ["−1 + 3 − 1 = 1", "−1 + 3 − 1 = 1", "−1 − 1 − 3 = −5",
                           "−1 − 3 − 1 = −5", "−1 − 1 = −2"]),
        ("symmetric", ["−1 + 3 − 1 = 1", "−1 + 3 − 1 − 3 = −2", "−1 − 1 = −2",
                       "−1 − 1 − 3 = −5", "−1 − 1 = −2"]),
    ],
)  # fmt: skip
def test_what_two_steps_of_each_habit_pay(design, paid):
    written = [plain(sum_in_words(DESIGNS[design], done)) for done in HABITS.values()]
    assert written == paid


@given(REWARDS)
def test_two_steps_pay_what_the_worlds_own_rewards_say(terms):
    built = world(terms)
    for done in HABITS.values():
        steps = 8  # a whole number of every cycle
        cells = [done.cycle[step % len(done.cycle)] for step in range(steps + 1)]
        total = 0.0
        for here, there in pairwise(cells):
            action = int(np.flatnonzero(EVENTS.next_state[here] == there)[0])
            total += built.reward[here, action]
        assert pay(terms, done) == pytest.approx(total / (steps / 2), abs=1e-9)


@given(ACTIONS)
def test_every_fixed_policy_ends_in_one_of_the_five_habits(policy):
    path = walk(world(RewardTerms()), np.array(policy)).states.tolist()
    done = habit(path)
    assert len(set(path[-16:])) == len(done.cycle)


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        (RING, "racing"),
        (RING[::-1], "reversing"),
        ((RING[0], RING[1], RING[0]), "front"),
        ((RING[1], RING[0], RING[1]), "front"),
        ((RING[6], RING[7], RING[6]), "front"),  # the last arrow, entered from its back cell
        ((RING[7], RING[0], RING[7]), "back"),  # … and left across the start
        ((RING[2], RING[1], RING[2]), "back"),
        ((RING[4],) * 3, "standing"),
    ],
)
def test_habits_are_told_apart(tail, name):
    assert habit(tail) is HABITS[name]


@given(REWARDS, ACTIONS)
def test_running_scores_are_those_of_the_walk(terms, policy):
    walked = walk(world(terms), np.array(policy))
    return_, performance = running_scores(terms, walked.states.tolist())
    np.testing.assert_allclose(return_, walked.return_, atol=1e-9)
    np.testing.assert_array_equal(performance, walked.performance)


@pytest.mark.parametrize(
    ("terms", "low", "high"),
    [
        (DESIGNS["arrows"], -100, 50),  # bump for ever; an arrow every second step
        (RewardTerms(), 0, 0),
        (RewardTerms(bump=2), 0, 200),
        (RewardTerms(move=-3), -300, -300),
    ],
)
def test_the_ends_of_what_a_race_can_pay(terms, low, high):
    assert possible_returns(terms) == (low, high)


@given(REWARDS, ACTIONS)
def test_no_policy_is_paid_more_than_the_best_or_less_than_the_worst(terms, policy):
    low, high = possible_returns(terms)
    paid = walk(world(terms), np.array(policy)).return_[-1]
    assert low - 1e-6 <= paid <= high + 1e-6


@given(REWARDS)
def test_rivals_come_best_paid_first_and_racing_is_none_of_them(terms):
    paid = [pay(terms, done) for done in rivals(terms)]
    assert paid == sorted(paid, reverse=True)
    assert RACING not in rivals(terms)


def test_a_term_falls_due_only_where_its_event_happens():
    assert [name for name, done in HABITS.items() if due_in(done, "arrow_undone")] == [
        "front", "reversing",
    ]  # fmt: skip
    assert [name for name, done in HABITS.items() if due_in(done, "arrow_backward")] == [
        "back", "reversing",
    ]  # fmt: skip
    assert [name for name, done in HABITS.items() if due_in(done, "bump")] == ["standing"]


def test_the_clockwise_policy_races():
    assert habit(walk(world(RewardTerms()), clockwise_policy()).states.tolist()) is RACING
