"""The same submissions as in `test_runner`, in a process of their own, and those that need one."""

import time

import pytest

from proxygap.errors import SubmissionError
from proxygap.grading import runner, sandbox
from tests.grading.submissions import MISBEHAVING, race_exercise


@pytest.mark.parametrize("what", ["recurses", "asks for a terabyte", "uses the network"])
def test_code_that_misbehaves_is_stopped_with_the_same_sentence_as_in_process(what):
    source, _, _ = MISBEHAVING[what]
    exercise = race_exercise()
    assert sandbox.grade(exercise, source) == runner.grade(exercise, source)


def test_the_report_is_the_one_that_the_page_gets():
    exercise = race_exercise()
    for source in (exercise.solution, exercise.starter):
        assert sandbox.grade(exercise, source) == runner.grade(exercise, source)


def test_an_endless_loop_is_stopped_at_its_limit():
    began = time.monotonic()
    report = sandbox.grade(race_exercise(), "while True:\n    pass\n", seconds=0.5)
    assert report.problem.kind == "time"
    assert report.problem.message == (
        "Your code was still running after 0.5 seconds and was stopped. Look for a loop that never "
        "ends: does something in its condition change?"
    )
    assert time.monotonic() - began < 60


def test_an_endless_sleep_is_stopped_too():
    report = sandbox.grade(race_exercise(), "import time\ntime.sleep(1000)\n", seconds=0.5)
    assert report.problem.kind == "time"


def test_code_that_ends_python_by_force_gets_a_report_all_the_same():
    report = sandbox.grade(race_exercise(), "import os\nos._exit(3)\n")
    assert report.problem.kind == "exit"
    assert report.problem.message == (
        "Your code ended Python itself (exit status 3) before the checks were done. Remove what "
        "ends it and return a value instead."
    )


def test_a_gigabyte_written_past_print_goes_nowhere():
    source = "import os\nfor _ in range(16):\n    os.write(1, b'x' * 2**20)\n"
    exercise = race_exercise()
    report = sandbox.grade(exercise, source + exercise.solution)
    assert report.passed
    assert report.output == ""


def test_memory_has_a_limit():
    source = "chunks = []\nwhile True:\n    chunks.append(bytearray(2**24))\n"
    report = sandbox.grade(race_exercise(), source)
    assert report.problem.kind == "memory"


def test_an_answer_that_the_code_scribbled_over_is_not_believed():
    source = (
        "import os\nfor fd in range(3, 10):\n"
        "    try:\n        os.write(fd, b'nonsense')\n    except OSError:\n        pass\n"
    )
    with pytest.raises(SubmissionError, match="answer could not be read"):
        sandbox.grade(race_exercise(), source)
