"""Functions that learners write: what is wrong with them is said in a sentence, with its line."""

import sys

import pytest

from proxygap.labs.write_the_reward.layouts import layouts
from proxygap.labs.write_the_reward.learner_code import LONGEST_CODE, CodeProblem, Facts, call, load
from proxygap.labs.write_the_reward.rewards import as_python, pay_of_code, pay_of_terms
from proxygap.labs.write_the_reward.world_boat import BOAT
from proxygap.labs.write_the_reward.worlds import WORLDS


def problem(source: str) -> str:
    with pytest.raises(CodeProblem) as found:
        pay_of_code(BOAT, layouts(BOAT), source)
    return str(found.value)


def reward(body: str) -> str:
    return f"def reward(step):\n    {body}"


STEP = " for a step on which nothing happens."
ENDLESS = (
    "Line 2: stopped after 100,000 steps. Look for a loop that never ends: does something in its "
    "condition change?"
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (reward("return 1 / 0"), f"Line 2: ZeroDivisionError: division by zero. It happened{STEP}"),
        (reward("return step.laps"),
         "Line 2: AttributeError: there is no “laps” here. There is: step, arrow_forward, arrow_"),
        (reward("step.bump = 1"), "Line 2: AttributeError: “bump” cannot be changed"),
        (reward("while True: pass"), ENDLESS),
        (reward("for _ in iter(int, 1): pass"), ENDLESS),
        ("while True:\n    pass", "Line 1: stopped after 100,000 steps."),
        (reward("return reward(step)"), "Line 1: the function calls itself without end."),
        (reward("return [0] * 10 ** 15"), "Line 2: it asked for more memory than there is."),
        (reward("raise SystemExit"), "Line 2: SystemExit."),
        (reward("return float('nan')"), "reward returned NaN, which is not a number,"),
        (reward("return float('inf')"),
         f"reward returned inf{STEP} Return a number from −1000 to 1000."),
        (reward("return -1e9"), "reward returned -1e+09"),
        (reward("return 10 ** 400"), "reward returned inf"),
        (reward("pass"), f"reward returned nothing{STEP} Does every way through it end in return?"),
        (reward("return 'lots'"), "reward returned 'lots' (str) for a step"),
        (reward("return [1, 2]"), "reward returned [1, 2] (list)"),
        (reward("return 1j"), "reward returned 1j (complex)"),
        ("import numpy as np\n" + reward("return np.zeros(3)"),
         "reward returned an array of shape (3,)"),
        ("import random\n" + reward("return random.random()"), "The same step was paid"),
        ("seen = []\ndef reward(step):\n    seen.append(1)\n    return len(seen) % 7",
         "The same step was paid"),
        ("def rewards(step):\n    return 1",
         "There is no function called reward. Did you mean 'rewards'? Start with “def reward("),
        ("reward = 3", "There is no function called reward."),
        ("def reward(step)\n    return 1", "Line 1: this is not Python"),
        ("\x00", "Line 1:"),
        ("def reward():\n    return 1", "Line 1: TypeError: reward() takes 0 positional arguments"),
        ("x = 1 / 0\n" + reward("return 1"), "Line 1: ZeroDivisionError"),
        ("#" * (LONGEST_CODE + 1), "The text is 4001 characters long; at most 4000 are allowed."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(source, said):
    assert problem(source).startswith(said)


def test_the_step_at_which_it_happened_is_named():
    source = reward("return 1 / (1 - step.arrow_undone)")
    assert problem(source).endswith("It happened for the step with arrow_undone.")


def test_an_endless_loop_is_not_saved_by_catching_everything():
    source = reward("while True:\n        try:\n            x = 1\n        except Exception: pass")
    assert problem(source).startswith("Line ")
    assert "stopped after 100,000 steps" in problem(source)


def test_whoever_watched_the_code_before_watches_it_again():
    before = sys.gettrace()
    call(load(reward("return 1"), "reward"), Facts({}), "")
    assert sys.gettrace() is before


def test_what_it_prints_goes_nowhere(capsys):
    pay_of_code(BOAT, layouts(BOAT), "print('hello')\n" + reward("print(step)\n    return 1"))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("world", WORLDS.values(), ids=lambda world: world.slug)
def test_the_form_written_as_python_pays_the_same(world):
    terms = {name: number / 4 - 1 for number, name in enumerate(world.fields)}
    arrays = layouts(world)
    form = pay_of_terms(world, arrays, terms)
    code = pay_of_code(world, arrays, as_python(world, terms))
    assert abs(form.each - code.each).max() < 1e-12
    assert abs(form.last - code.last).max() < 1e-12


def test_truth_values_and_numpy_numbers_are_numbers():
    arrays = layouts(BOAT)
    source = "import numpy as np\n" + reward(
        "return np.float64(2) if step.bump else step.bump == 1"
    )
    expected = pay_of_terms(BOAT, arrays, {"bump": 2.0})
    assert (pay_of_code(BOAT, arrays, source).each == expected.each).all()
