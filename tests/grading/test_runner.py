import builtins
import json
import sys

import pytest

from proxygap.grading import page, runner
from proxygap.grading.report import as_text, from_json
from tests.grading.submissions import MISBEHAVING, race_exercise


@pytest.mark.parametrize("what", MISBEHAVING)
def test_code_that_misbehaves_is_stopped_with_a_clear_sentence(what):
    source, kind, sentence = MISBEHAVING[what]
    report = runner.grade(race_exercise(), source)
    assert (report.problem.kind, report.problem.message) == (kind, sentence)
    assert not report.passed
    assert report.points == 0
    assert {check.status for check in report.checks} == {"not reached"}
    assert len(report.problem.trace) <= 6


def test_a_function_that_misbehaves_later_fails_the_check_that_called_it():
    report = runner.grade(race_exercise(), "def reward(step):\n    return open('solution.py')\n")
    problem = report.checks[0].problem
    assert problem.kind == "refused"
    assert [(line.line, line.function) for line in problem.trace] == [(2, "reward")]


def test_a_trace_shows_the_learners_lines_and_no_others():
    source = (
        "def helper(step):\n    return step.arow_forward\n\n"
        "def reward(step):\n    return helper(step)\n"
    )
    problem = runner.grade(race_exercise(), source).checks[0].problem
    assert problem.message == (
        "AttributeError: 'Step' object has no attribute 'arow_forward'. "
        "Did you mean 'arrow_forward'?"
    )
    assert [(t.line, t.function, t.source) for t in problem.trace] == [
        (5, "reward", "return helper(step)"),
        (2, "helper", "return step.arow_forward"),
    ]


def test_a_missing_function_is_named_with_its_nearest_relative():
    problem = runner.grade(race_exercise(), "def rewards(step):\n    return 1\n").checks[0].problem
    assert problem.kind == "missing"
    assert problem.message == (
        "Your code defines no function called 'reward'. Did you mean 'rewards'? Keep the line that "
        "starts with 'def reward(' in the starter."
    )


@pytest.mark.parametrize(
    ("value", "got"),
    [
        ("None", "None (did you forget a return?)"),
        ("'3'", "a str"),
        ("True", "a bool"),
        ("float('nan')", "NaN"),
        ("float('inf')", "an infinite number"),
        ("1j", "a complex"),
        ("1e9", "1000000000.0"),
        ("type('Yes', (), {'__eq__': lambda *_: True, '__float__': lambda _: 1.0})()", "a Yes"),
    ],
)
def test_only_a_modest_finite_number_is_a_reward(value, got):
    report = runner.grade(race_exercise(), f"def reward(step):\n    return {value}\n")
    problem = report.checks[0].problem
    assert problem.message == "A step's pay must be a number from −100 to 100."
    assert problem.got == got


def test_a_reward_that_remembers_is_refused():
    source = "calls = []\ndef reward(step):\n    calls.append(step)\n    return len(calls)\n"
    problem = runner.grade(race_exercise(), source).checks[0].problem
    assert problem.message == "The same step was paid differently when it happened again."


def test_numpy_numbers_are_numbers():
    source = race_exercise().solution.replace("return pay", "return numpy.float64(pay)")
    assert runner.grade(race_exercise(), f"import numpy\n{source}").passed


def test_prints_are_shown_once_however_many_checks_call_the_function():
    source = race_exercise().solution.replace("pay = -1", "print('step', tuple(step)); pay = -1")
    report = runner.grade(race_exercise(), f"print('loaded')\n{source}")
    assert report.passed
    lines = report.output.splitlines()
    assert lines.count("loaded") == 1
    # The first check asks for each of the six different steps twice.
    assert len(lines) == 1 + 12


def test_what_the_failing_check_printed_is_shown():
    source = "def reward(step):\n    print('paying')\n    raise ValueError('no idea')\n"
    report = runner.grade(race_exercise(), source)
    assert report.output == "paying\n"
    assert report.checks[0].problem.message == "ValueError: no idea"


def test_warnings_are_shown_and_do_not_stop_the_code():
    report = runner.run_only(race_exercise(), "import numpy\nprint(numpy.float64(1) / 0)\n")
    assert report.problem is None
    assert report.output == (
        "line 2: RuntimeWarning: divide by zero encountered in scalar divide\ninf\n"
    )


def test_run_only_checks_nothing():
    report = runner.run_only(race_exercise(), "print('hello')\n")
    assert report.as_json()["summary"] == "Done. Nothing was checked."
    assert report.output == "hello\n"
    assert {check.status for check in report.checks} == {"not reached"}


def test_a_submission_cannot_leave_anything_behind():
    limit = sys.getrecursionlimit()
    source = (
        "import builtins, sys\nbuiltins.len = lambda x: 0\nbuiltins.extra = 1\n"
        "sys.setrecursionlimit(123)\nsys.stdout = None\n"
    )
    runner.grade(race_exercise(), source)
    assert len("four") == 4
    assert not hasattr(builtins, "extra")
    assert sys.getrecursionlimit() == limit
    assert sys.stdout is not None


def test_libraries_may_still_be_imported_and_look_at_their_own_stack():
    source = (
        "import collections, colorsys, dataclasses\n"
        "Point = collections.namedtuple('Point', 'x')\n"
        "@dataclasses.dataclass\nclass Pair:\n    x: int\n" + race_exercise().solution
    )
    assert runner.grade(race_exercise(), source).passed


def test_files_are_free_again_after_grading(tmp_path):
    runner.grade(race_exercise(), "open('x')\n")
    (tmp_path / "mine.txt").write_text("still works")
    assert (tmp_path / "mine.txt").read_text() == "still works"


def test_a_report_survives_the_way_through_json():
    for source, _, _ in MISBEHAVING.values():
        report = runner.grade(race_exercise(), source)
        assert from_json(report.as_json()) == report


def test_the_text_of_a_report_reads_from_top_to_bottom():
    source = "print('hi')\ndef reward(step):\n    return 1\n"
    text = as_text(runner.grade(race_exercise(), source))
    assert (
        text
        == """A reward that no boat can game

✓ It pays a number for every step, and the same one each time
✗ A lap pays more than standing still
    A boat that leans against the wall is paid at least as well as one that races.
    tried:    eight steps into the wall, and a lap of eight steps
    got:      1.00 points a step for the wall, 1.00 points a step for the lap
    expected: more for the lap
    Hint: A lap is eight steps: four enter an arrow, four enter a plain tile. Add up what your \
reward pays for them. Standing still means running into the wall eight times.
· Rocking on an arrow pays less than racing
· Nothing else that a boat can do for ever pays as much
· The same holds on a track that you have not seen
· Boats that learn from it race on both tracks

Your code printed:
    hi

1 of 6 checks passed. Next: A lap pays more than standing still."""
    )


def test_an_error_that_cannot_say_what_it_is_gets_its_name():
    source = (
        "class Mute(Exception):\n    def __str__(self):\n        raise RuntimeError\nraise Mute\n"
    )
    assert runner.run_only(race_exercise(), source).problem.message == "Mute"


def test_an_interrupted_run_says_so():
    report = runner.run_only(race_exercise(), "raise KeyboardInterrupt\n")
    assert (report.problem.kind, report.problem.message) == (
        "stopped",
        "Your code was stopped before it was done.",
    )


def test_the_pages_entry_point_answers_with_the_same_report():
    exercise = race_exercise()
    asked = {"slug": exercise.slug, "source": exercise.solution}
    assert json.loads(page.grade(json.dumps(asked))) == (
        runner.grade(exercise, exercise.solution).as_json()
    )
    only = json.loads(page.grade(json.dumps({**asked, "only_run": True})))
    assert only == runner.run_only(exercise, exercise.solution).as_json()
