"""Every exercise keeps what it promises: found by discovery, none is listed here."""

import json
from pathlib import Path

import pytest

from proxygap.grading import exercises, runner
from proxygap.grading.exercises import Exercise

ALL = [exercises.find(slug) for slug in exercises.slugs()]
WRONG = [(exercise, path) for exercise in ALL for path in exercise.wrong()]

each_exercise = pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.slug)


def test_there_are_exercises_to_test():
    assert ALL


@each_exercise
def test_the_solution_earns_full_marks(exercise: Exercise):
    report = runner.grade(exercise, exercise.solution)
    assert report.passed, report.summary
    assert report.points == report.possible
    assert report.output == ""


@each_exercise
def test_the_starter_earns_nothing_and_says_what_to_do(exercise: Exercise):
    report = runner.grade(exercise, exercise.starter)
    assert report.points == 0
    assert report.summary == "Not started yet."
    problem = report.checks[0].problem
    assert problem.kind == "todo"
    assert problem.message.startswith("Still to do: ")
    assert problem.trace[-1].source.startswith("raise NotImplementedError(")


@pytest.mark.parametrize(("exercise", "path"), WRONG, ids=[f"{e.slug}/{p.stem}" for e, p in WRONG])
def test_a_foreseen_mistake_fails_exactly_its_check(exercise: Exercise, path: Path):
    source = path.read_text(encoding="utf-8")
    named = source.splitlines()[0].removeprefix("# fails: ")
    report = runner.grade(exercise, source)
    assert [c.name for c in report.checks if c.status == "failed"] == [named]
    problem = next(c.problem for c in report.checks if c.status == "failed")
    assert problem.kind == "wrong"
    assert problem.inputs, "a failed check shows what it tried"
    assert problem.got, "a failed check shows what came out"
    assert problem.expected, "a failed check shows what should have come out"
    shown = [problem.message, problem.inputs, problem.got, problem.expected]
    assert all(len(line) <= 160 and "\n" not in line for line in shown)


@each_exercise
def test_at_least_three_mistakes_are_foreseen_and_at_least_three_checks_meet_them(exercise):
    named = [path.read_text(encoding="utf-8").splitlines()[0] for path in exercise.wrong()]
    assert len(named) >= 3
    assert len(set(named)) >= 3


@each_exercise
def test_there_are_three_to_six_checks_each_with_a_title_and_a_hint(exercise: Exercise):
    checks = exercise.checks()
    assert 3 <= len(checks) <= 6
    assert all(check.title and check.hint.endswith(("?", ".")) for check in checks)
    assert len({check.name for check in checks}) == len(checks)


@each_exercise
def test_the_same_code_gets_the_same_report_twice(exercise: Exercise):
    first, second = (runner.grade(exercise, exercise.solution).as_json() for _ in range(2))
    assert first == second
    assert json.loads(json.dumps(first)) == first


@each_exercise
def test_the_starter_names_every_function_that_the_solution_defines(exercise: Exercise):
    starter = exercise.starter
    for line in exercise.solution.splitlines():
        if line.startswith("def "):
            assert line.partition("(")[0] + "(" in starter
