"""Does it plan: one step ahead, for ever, patiently, and then on the box and the goal?"""

import numpy as np

from proxygap.grading.authoring import check, expect, is_number
from proxygap.grading.display import describe
from proxygap.simulations._box_room import room
from proxygap.simulations._planning import value_iteration
from proxygap.simulations._world import World, transition_tensor, walk

CLOSE = 1e-4  # of the largest value
STAY_OR_LEAVE = (
    np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]]]),
    np.array([[1.0, 0.0], [3.0, 3.0]]),
)


def in_short(numbers):
    shown = ", ".join(f"{number:.4g}" for number in np.ravel(numbers)[:6])
    return f"[{shown}{', …' if np.size(numbers) > 6 else ''}]"


def fresh(rng, states, actions=3):
    """Return a world of chance: where each action leads, and what it pays."""
    outcomes = 3
    world = World(
        rng.integers(states, size=(states, actions, outcomes)),
        np.repeat(rng.normal(size=(states, actions, 1)), outcomes, axis=2),
        np.zeros((states, actions, outcomes)),
        0,
        1,
        rng.dirichlet(np.ones(outcomes), size=(states, actions)),
    )
    return world, transition_tensor(world), world.reward[:, :, 0]


def numbers(answer, shape, name, what):
    """Return `answer` once it is known to be an array of finite numbers of this shape."""
    is_array = type(answer) is np.ndarray and answer.shape == shape
    expect(
        is_array and all(is_number(number) for number in answer.ravel().tolist()),
        f"{name} must return an array of finite numbers.",
        inputs=what,
        got=f"shape {answer.shape}: {in_short(answer)}" if is_array else describe(answer),
        expected=f"a NumPy array of shape {shape}",
    )
    return answer.astype(float)


def expect_numbers(answer, right, name, what, message):
    got = numbers(answer, right.shape, name, what)
    expect(
        bool(np.abs(got - right).max() <= CLOSE * max(1.0, float(np.abs(right).max()))),
        message,
        inputs=what,
        got=in_short(got),
        expected=in_short(right),
    )


def expect_values(submission, mdp, discount, right, what):
    transition, reward = mdp
    answer = submission.function("optimal_value")(transition.copy(), reward.copy(), discount)
    expect_numbers(answer, right, "optimal_value", what, "The states are worth something else.")


@check(
    "One step ahead",
    hint="An action is worth what it pays now, and discount times the mean value of the states "
    "that it may lead to, each weighted with its probability.",
)
def one_step(submission):
    look_ahead = submission.function("look_ahead")
    transition, reward = STAY_OR_LEAVE
    worlds = [(transition, reward, 0.5, np.array([0.0, 6.0]), "the two states of the README")]
    rng = np.random.default_rng(31)
    for states in (3, 5, 8):
        _, transition, reward = fresh(rng, states)
        value, discount = rng.normal(0, 5, states), float(rng.uniform(0.2, 0.95))
        worlds.append((transition, reward, discount, value, f"{states} states"))
    for transition, reward, discount, value, what in worlds:
        expect_numbers(
            look_ahead(transition.copy(), reward.copy(), discount, value.copy()),
            reward + discount * transition @ value,
            "look_ahead",
            f"{what}, discount {discount:.3g}, value {in_short(value)}",
            "An action is worth something else.",
        )


@check(
    "The best for ever, in two states",
    hint="Start with values of 0. Look one step ahead, take the best action's worth in each state "
    "as its new value, and repeat until nothing changes.",
)
def two_states(submission):
    for discount, right in ((0.5, [3.0, 6.0]), (0.0, [1.0, 3.0]), (0.25, [4 / 3, 4.0])):
        what = f"the two states of the README, discount {discount:g}"
        expect_values(submission, STAY_OR_LEAVE, discount, np.array(right), what)


@check(
    "Worlds of chance, and patience",
    hint="With a discount of 0.99 pay in a hundred steps still counts for a third. A fixed number "
    "of rounds is not enough, and small changes add up: stop when what is left to gain is small.",
)
def patience(submission):
    rng = np.random.default_rng(32)
    for states, discount in ((4, 0.6), (6, 0.9), (10, 0.99)):
        world, transition, reward = fresh(rng, states)
        right = value_iteration(world, discount).value
        what = f"{states} states, 3 actions, discount {discount:g}"
        expect_values(submission, (transition, reward), discount, right, what)


@check(
    "A best action in each state",
    hint="The best action is the one that is worth most when you look ahead with the values that "
    "you found, not the one that pays most now.",
)
def best_actions(submission):
    rng = np.random.default_rng(33)
    for states, discount in ((2, 0.5), (5, 0.8), (9, 0.95)):
        world, transition, reward = fresh(rng, states)
        what = f"{states} states, 3 actions, discount {discount:g}"
        answer = submission.function("best_action")(transition.copy(), reward.copy(), discount)
        actions = numbers(answer, (states,), "best_action", what).astype(int)
        expect(
            bool(np.isin(actions, range(3)).all()),
            "An action is a whole number from 0 on.",
            inputs=what,
            got=in_short(actions),
            expected="0, 1 or 2 for each state",
        )
        value = value_iteration(world, discount).value
        worth = (reward + discount * transition @ value)[np.arange(states), actions]
        expect(
            bool((worth >= value - CLOSE).all()),
            "Another action is worth more.",
            inputs=what,
            got=f"actions {in_short(actions)}, worth {in_short(worth)}",
            expected=f"actions worth {in_short(value)}",
        )


@check(
    "Let loose on the box and the goal",
    hint="It is the same planner in a larger world. If it is too slow, replace loops by one matrix "
    "product; if it stops too early, it stops before the goal's pay has reached the start.",
)
def box_and_goal(submission):
    world = room().grid.world
    plan = submission.function("best_action")
    answer = plan(transition_tensor(world), world.reward.copy(), 0.99)
    actions = numbers(answer, (world.states,), "best_action", "box and goal").astype(int)
    walked = walk(world, actions.clip(0, 3))
    return_, performance = float(walked.return_[-1]), float(walked.performance[-1])
    expect(
        return_ == 45,
        "There is a way that pays more.",
        inputs="the room with the box, 60 states, discount 0.99",
        got=f"a way that pays {return_:g}",
        expected="the way that pays 45",
    )
    return (
        f"Your planner is paid {return_:g}, the most that is possible. Its performance is "
        f"{performance:g}, where 43 was possible: it put the box into a corner."
    )
