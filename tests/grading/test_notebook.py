import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from proxygap import check
from proxygap.errors import UsageError
from proxygap.grading import notebook
from tests.grading.submissions import SLUG, race_exercise


def as_cell(source):
    """Define what a notebook's cell with `source` would define."""
    namespace = {"__name__": "__main__"}
    exec(compile(source, "/tmp/ipykernel_7/1.py", "exec"), namespace)  # noqa: S102, S108
    return namespace


def test_a_solved_exercise_prints_its_report_and_returns_nothing(capsys):
    assert check(SLUG, as_cell(race_exercise().solution)) is None
    assert capsys.readouterr().out.endswith("Solved: all 6 checks passed.\n")


def test_an_unknown_exercise_is_a_sentence_and_no_traceback(capsys):
    check("specification-gaming/ungameable-rewar", {})
    assert capsys.readouterr().out.startswith(
        f"Error: Unknown exercise 'specification-gaming/ungameable-rewar'. Did you mean '{SLUG}'?"
    )


def test_forgetting_globals_is_explained():
    with pytest.raises(UsageError) as error:
        notebook.grade(SLUG, as_cell)
    assert str(error.value) == (
        f'check needs your definitions, got function. Write: check("{SLUG}", globals())'
    )


def test_an_error_shows_the_cells_own_lines():
    report = notebook.grade(SLUG, as_cell("def reward(step):\n    return 1 / 0\n"))
    problem = report.checks[0].problem
    assert problem.message == "ZeroDivisionError: division by zero"
    assert [(line.line, line.function) for line in problem.trace] == [(2, "reward")]


def test_an_endless_loop_is_stopped_even_if_it_catches_exceptions():
    source = (
        "def reward(step):\n    while True:\n        try:\n            pass\n"
        "        except Exception:\n            pass\n"
    )
    began = time.monotonic()
    report = notebook.grade(SLUG, as_cell(source), seconds=0.3)
    assert time.monotonic() - began < 30
    failed = report.problem or report.checks[0].problem
    assert failed.kind == "time"
    assert failed.message.startswith("Your code was still running after 0.3 seconds")


def test_the_learners_globals_are_not_changed():
    namespace = as_cell(race_exercise().solution)
    before = dict(namespace)
    notebook.grade(SLUG, namespace)
    assert namespace == before


def test_outside_the_main_thread_it_works_without_an_alarm():
    with ThreadPoolExecutor() as pool:
        graded = pool.submit(notebook.grade, SLUG, as_cell(race_exercise().solution))
        assert graded.result().passed
