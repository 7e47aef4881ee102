"""Is the bonus a potential's gain, and are such bonuses told from others?"""

import numpy as np

from proxygap.grading.authoring import check, expect, is_number
from proxygap.grading.display import describe
from proxygap.simulations._coin_levels import LEVEL
from proxygap.simulations._planning import value_iteration
from proxygap.simulations._ring_track import PUBLISHED, next_state, pay
from proxygap.simulations._world import World

CLOSE = 1e-7
CORRIDOR = np.array([[0, 1], [0, 2], [1, 3], [2, 3]])  # left, right


def in_short(numbers):
    shown = ", ".join(f"{number:.4g}" for number in np.ravel(numbers)[:6])
    return f"[{shown}{', …' if np.size(numbers) > 6 else ''}]"


def is_array(answer, shape):
    fits = type(answer) is np.ndarray and answer.shape == shape
    return fits and all(is_number(number) for number in answer.ravel().tolist())


def gain(leads_to, potential, discount, over):
    counted = np.where(over, 0.0, potential)
    return np.where(over[:, None], 0.0, discount * counted[leads_to] - counted[:, None])


def fresh(rng, states, actions=3):
    """Return where each action leads, a potential and a discount."""
    leads_to = rng.integers(states, size=(states, actions))
    return leads_to, rng.normal(0, 3, states), float(rng.uniform(0.5, 0.99))


def expect_bonus(submission, case, over, what, message):
    leads_to, potential, discount = case
    answer = submission.function("shaping")(
        leads_to.copy(), potential.copy(), discount, over.copy()
    )
    right = gain(leads_to, potential, discount, over)
    inputs = f"{what}, potential {in_short(potential)}, discount {discount:.3g}"
    expect(
        is_array(answer, right.shape),
        "shaping must return a finite number for each state and action.",
        inputs=inputs,
        got=describe(answer),
        expected=f"a NumPy array of shape {right.shape}",
    )
    wrong = np.argwhere(np.abs(answer - right) > CLOSE)
    if len(wrong):
        state, action = wrong[0]
        expect(
            False,
            message,
            inputs=inputs,
            got=f"{answer[state, action]:.4g} for action {action} in state {state}",
            expected=f"{right[state, action]:.4g}",
        )
    return answer


def found(submission, leads_to, bonus, discount, what):
    """Return what `find_potential` answers, once it is known to be a potential or None."""
    answer = submission.function("find_potential")(leads_to.copy(), bonus.copy(), discount)
    expect(
        answer is None or is_array(answer, (len(leads_to),)),
        "find_potential must return a potential or None.",
        inputs=what,
        got=describe(answer),
        expected=f"a NumPy array of shape ({len(leads_to)},), or None",
    )
    return answer


def nowhere(states):
    return np.zeros(states, dtype=bool)


@check(
    "The corridor, by hand",
    hint="Look up the potential of the next state, times the discount, and take away the potential "
    "of the state that the step begins in. A step back costs.",
)
def by_hand(submission):
    potential = np.array([-3.0, -2.0, -1.0, 0.0])
    over = np.array([False, False, False, True])
    message = "This step pays something else."
    expect_bonus(submission, (CORRIDOR, potential, 0.9), over, "the corridor", message)


@check(
    "Any world, any potential",
    hint="The bonus has a row for each state and a column for each action. The potential of this "
    "state is the same for every action: it has to stand in a column.",
)
def any_world(submission):
    rng = np.random.default_rng(51)
    for states in (3, 5, 12):
        case = fresh(rng, states)
        message = "This step pays something else."
        expect_bonus(submission, case, nowhere(states), f"{states} states, 3 actions", message)


@check(
    "Where an episode is over, nothing is left",
    hint="Who stops in a state with a high potential would keep what was lent on the way there. "
    "Count the potential of such a state as 0, before you take any difference.",
)
def the_end(submission):
    rng = np.random.default_rng(52)
    kept = 0
    for states in (4, 6, 9):
        leads_to, potential, discount = fresh(rng, states)
        over = np.arange(states) >= states - 2
        leads_to[over] = np.flatnonzero(over)[:, None]
        message = "The end of an episode is worth nothing more."
        case = (leads_to, potential, discount)
        bonus = expect_bonus(submission, case, over, f"{states} states, two of them ends", message)
        reward = np.where(over[:, None], 0.0, rng.normal(size=leads_to.shape))
        plans = [
            value_iteration(World(leads_to, pay, pay, 0, 1), discount).policy[~over]
            for pay in (reward, reward + bonus)
        ]
        kept += int((plans[0] == plans[1]).all())
    return f"With your bonus added, the best plan stayed the same in {kept} of 3 random worlds."


@check(
    "It finds the potential behind a bonus",
    hint="Each step is one equation: discount · potential[next] − potential[here] = bonus. They "
    "are linear in the potential; np.linalg.lstsq solves them all at once.",
)
def finds(submission):
    rng = np.random.default_rng(53)
    for states in (3, 6, 15):
        leads_to, potential, discount = fresh(rng, states)
        bonus = gain(leads_to, potential, discount, nowhere(states))
        what = f"{states} states, bonus {in_short(bonus)}, discount {discount:.3g}"
        answer = found(submission, leads_to, bonus, discount, what)
        expect(
            answer is not None
            and bool(
                np.abs(gain(leads_to, answer, discount, nowhere(states)) - bonus).max() < 1e-5
            ),
            "There is a potential that pays exactly this bonus.",
            inputs=what,
            got="None" if answer is None else in_short(answer),
            expected=in_short(potential),
        )


def impostors():
    """Yield bonuses that no potential pays, each with its discount and its name."""
    rng = np.random.default_rng(54)
    leads_to, potential, discount = fresh(rng, 6)
    bonus = gain(leads_to, potential, discount, nowhere(6))
    yield leads_to, np.maximum(bonus, 0), discount, "a bonus that pays gains and forgives losses"
    one_off = bonus.copy()
    one_off[rng.integers(6), rng.integers(3)] += 0.5
    yield leads_to, one_off, discount, "a potential's bonus, changed on a single step"
    cells = np.arange(LEVEL.columns)
    walk = np.stack([np.maximum(cells - 1, 0), np.minimum(cells + 1, len(cells) - 1)], axis=1)
    nearer = np.tile([0.0, 1.0], (len(cells), 1))
    yield walk, nearer, 0.95, "a corridor, 1 point for each step towards its end"
    arrows = pay(PUBLISHED, lambda step: 3.0 * step.arrow_forward - 3.0 * step.arrow_undone)
    yield next_state(PUBLISHED), arrows, 0.99, "the boat race: 3 for an arrow, 3 back if undone"


@check(
    "It is not taken in",
    hint="A least-squares solution always exists; the question is whether it satisfies every "
    "equation. That going to and fro earns nothing is not enough: going round must not pay either.",
)
def refuses(submission):
    for leads_to, bonus, discount, what in impostors():
        answer = found(submission, leads_to, bonus, discount, what)
        expect(
            answer is None,
            "No potential pays this bonus on every step.",
            inputs=what,
            got=f"a potential: {in_short(answer) if answer is not None else ''}",
            expected="None",
        )
    return (
        "The repaired boat race is among them: rocking earns nothing there, but a lap pays. It is "
        "no shaping, and it should not be: it has to tell the boat what we want."
    )
