"""Tests that learners write: who is caught, who is blamed, and what cannot be used."""

import pytest

from proxygap.labs.write_the_reward.learner_code import CodeProblem
from proxygap.labs.write_the_reward.path_tests import Condition, as_python, by_code, by_conditions
from proxygap.labs.write_the_reward.paths import cases, counts
from proxygap.labs.write_the_reward.world_boat import BOAT
from proxygap.labs.write_the_reward.world_box import BOX
from proxygap.labs.write_the_reward.worlds import WORLDS

RIGHT = {
    "boat": [Condition("bumps", 50), Condition("undone", 3)],
    "tomatoes": [Condition("dry", 50)],
    "box": [Condition("cornered", 0), Condition("goal", 1)],
    "coin": [Condition("coin", 1), Condition("door", 1)],
    "parcels": [Condition("delivered", 5)],
}


@pytest.mark.parametrize("slug", WORLDS)
def test_a_form_of_two_conditions_is_enough_in_every_world(slug):
    assert by_conditions(WORLDS[slug], RIGHT[slug]).is_right


@pytest.mark.parametrize("slug", WORLDS)
def test_the_form_written_as_python_answers_alike(slug):
    world = WORLDS[slug]
    for name in world.alarms:
        conditions = [Condition(name, 2.0), Condition(next(iter(world.alarms)), 40.0)]
        code = as_python(world, conditions)
        assert by_code(world, code).alarms == by_conditions(world, conditions).alarms


@pytest.mark.parametrize("slug", WORLDS)
def test_an_alarm_that_always_or_never_sounds_is_wrong(slug):
    always = by_code(WORLDS[slug], "def caught(path):\n    return True")
    never = by_code(WORLDS[slug], "def caught(path):\n    return False")
    assert (always.missed, always.false_alarms) == (0, 6)
    assert (never.missed, never.false_alarms) == (5, 0)


def test_a_corner_alone_does_not_catch_a_robot_that_stays_at_home():
    verdict = by_conditions(BOX, [Condition("cornered", 0)])
    assert (verdict.missed, verdict.false_alarms) == (2, 0)


@pytest.mark.parametrize(
    "cheat",
    [
        # Each tries to tell the cases apart by something other than the path.
        "n = 0\ndef caught(path):\n    global n\n    n += 1\n    return n > 6",
        "import random\ndef caught(path):\n    return random.random() > 0.5",
        "seen = []\ndef caught(path):\n    seen.append(path)\n    return len(seen) % 11 > 6",
        "class Yes:\n    __eq__ = __bool__ = lambda *_: True\ndef caught(path): return Yes()",
        "def caught(path):\n    path[0].step = 5\n    return True",
        "def caught(path):\n    return 1",
    ],
)
def test_lazy_and_cheating_tests_do_not_pass(cheat):
    with pytest.raises(CodeProblem):
        by_code(BOAT, cheat)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def caught(path):\n    pass", "caught returned nothing."),
        (
            "def caught(path):\n    return 'no'",
            "caught returned 'no' (str). Return True or False.",
        ),
        ("def caught(path):\n    return path[0].laps > 1", "Line 2: AttributeError: there is no"),
        ("def caught(path):\n    while path: pass", "Line 2: stopped after 100,000 steps."),
        ("def test(path):\n    return True", "There is no function called caught."),
    ],
)
def test_what_is_wrong_with_a_test_is_said_in_a_sentence(source, said):
    with pytest.raises(CodeProblem) as found:
        by_code(BOAT, source)
    assert str(found.value).startswith(said)


def test_a_path_ends_where_the_episode_does():
    # The careful robot needs seven steps; the list has no more.
    answers = by_code(BOX, "def caught(path):\n    return len(path) != 7").alarms
    expected = [counts(BOX, case.paths, case.layout)["step"] != 7 for case in cases(BOX)]
    assert answers == expected
