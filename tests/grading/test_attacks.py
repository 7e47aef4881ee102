"""Every exercise's grader is attacked; none falls.

Whoever thinks of another cheat adds it to ``cheats/<chapter>/<exercise>/``.
"""

import builtins
import json
from pathlib import Path

import numpy as np
import pytest

from proxygap.grading import authoring, exercises, runner, sandbox
from proxygap.grading.guard import OWN_WORK
from tests.grading.attacks import LAZY, TAMPERING, borrowed, furthest_mistake, lazy, tampering
from tests.grading.submissions import race_exercise

CHEATS = Path(__file__).parent / "cheats"
RECORDED = sorted(CHEATS.rglob("*.py"))
ALL = [exercises.find(slug) for slug in exercises.slugs()]
each_exercise = pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.slug)


def passing(sources, exercise):
    return [what for what, source in sources.items() if runner.grade(exercise, source).passed]


@each_exercise
def test_no_answer_without_thinking_passes(exercise):
    assert passing({what: lazy(exercise, what) for what in LAZY}, exercise) == []


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.relative_to(CHEATS).as_posix())
def test_a_recorded_cheat_fails_a_check_and_learns_why(path):
    exercise = exercises.find(path.parent.relative_to(CHEATS).as_posix())
    report = runner.grade(exercise, path.read_text(encoding="utf-8"))
    assert [check.status for check in report.checks].count("failed") == 1, report.summary


@each_exercise
def test_no_mistake_passes_by_tampering_with_its_judge(exercise):
    assert passing({what: tampering(exercise, what) for what in TAMPERING}, exercise) == []


@each_exercise
def test_a_tampered_mistake_is_told_the_same_as_an_honest_one(exercise):
    honest = runner.grade(exercise, furthest_mistake(exercise)).as_json()
    for what in (
        "makes abs answer 0",
        "replaces the grader's expect",
        "makes a failure none",
    ):
        assert runner.grade(exercise, tampering(exercise, what)).as_json() == honest


@each_exercise
def test_the_courses_own_maths_is_not_for_a_submission_to_call(exercise):
    source = borrowed(exercise)
    report = runner.grade(exercise, source)
    if source == exercise.solution:
        assert report.passed  # its checks borrow nothing
    else:
        assert (report.problem.kind, report.problem.message) == ("refused", OWN_WORK)


def everything(tamper):
    return f"{tamper}\ntamper()\ndef reward(step):\n    tamper()\n    return 1\n"


@pytest.mark.parametrize("what", TAMPERING)
def test_after_an_attack_python_numpy_and_the_grader_are_as_before(what):
    before = [dict(vars(module)) for module in (builtins, json, np, authoring, runner)]
    runner.grade(race_exercise(), everything(TAMPERING[what]))
    after = [vars(module) for module in (builtins, json, np, authoring, runner)]
    for was, now in zip(before, after, strict=True):
        assert {name for name in was | now if was.get(name) is not now.get(name)} == set()


def test_the_sandbox_does_not_fall_either():
    race = race_exercise()
    attacks = ("makes abs answer 0", "makes every result a passed one", "reads the solution")
    sources = {what: tampering(race, what) for what in attacks}
    assert [what for what in attacks if sandbox.grade(race, sources[what]).passed] == []


def test_a_number_of_a_class_of_ones_own_is_no_number():
    class Bent(np.float64):
        def __lt__(self, other):
            return True

    assert not authoring.is_number(Bent(1.0))
    assert authoring.is_number(np.float64(1.0))
    assert authoring.is_number(np.int32(1))


def test_a_module_that_a_submission_imports_stays_imported():
    source = "import numpy.testing\ndef reward(step):\n    return numpy.testing.__name__\n"
    report = runner.grade(race_exercise(), source)
    assert report.checks[0].problem.got == "a str"


def test_a_function_of_the_learners_own_may_be_changed():
    source = "def reward(step, pay=1):\n    return pay\nreward.__defaults__ = (2,)\n"
    assert runner.grade(race_exercise(), source).problem is None
