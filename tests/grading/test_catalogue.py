"""Finding exercises, and what an author reads when one is wrong."""

import pytest

from proxygap.content import content_root
from proxygap.errors import ContentError
from proxygap.grading import exercises
from proxygap.grading.exercises import Exercise
from tests.grading.submissions import SLUG, race_exercise

FINE = """
from proxygap.grading.authoring import check

@check("It is there", hint="Write it.")
def there(submission):
    submission.function("f")
"""


@pytest.fixture
def broken(tmp_path):
    """Return an exercise whose checks.py a test chooses."""

    def write(checks: str) -> Exercise:
        (tmp_path / "checks.py").write_text(checks, encoding="utf-8")
        return Exercise("some/exercise", tmp_path)

    return write


def complaint(exercise: Exercise) -> str:
    with pytest.raises(ContentError) as error:
        exercise.checks()
    return str(error.value).replace(str(exercise.folder), "…")


def test_every_folder_with_checks_is_an_exercise():
    folders = {path.parent for path in (content_root() / "exercises").glob("*/*/checks.py")}
    assert {exercises.find(slug).folder for slug in exercises.slugs()} == folders
    assert SLUG in exercises.slugs()


def test_its_title_is_the_readmes_first_heading():
    assert race_exercise().title == "A reward that no boat can game"


def test_checks_come_in_the_order_in_which_they_are_written(broken):
    more = FINE + FINE.replace("def there", "def a_later_one")
    assert [check.name for check in broken(more).checks()] == ["there", "a_later_one"]


def test_each_load_starts_afresh(broken):
    counting = "seen = []\n" + FINE + "    seen.append(1)\n    return str(len(seen))\n"
    exercise = broken(counting)
    for _ in range(2):
        (check,) = exercise.checks()

        class Anything:
            def function(self, name):
                return name

        assert check.run(Anything()) == "1"


def test_a_missing_file_is_named_with_what_an_exercise_needs(tmp_path):
    with pytest.raises(ContentError) as error:
        Exercise("some/exercise", tmp_path).starter  # noqa: B018
    assert str(error.value) == (
        f"{tmp_path}/starter.py:1: exercise 'some/exercise' has no starter.py. "
        "It needs README.md, starter.py, solution.py, checks.py."
    )


def test_an_error_in_the_checks_is_shown_with_its_line(broken):
    assert complaint(broken("x = 1\ny = x / 0\n")) == (
        "…/checks.py:2: checks.py cannot be loaded: ZeroDivisionError: division by zero"
    )


def test_checks_that_do_not_parse_are_shown_with_their_line(broken):
    assert complaint(broken("x = 1\n\ndef f(:\n")).startswith(
        "…/checks.py:3: checks.py cannot be loaded: SyntaxError: "
    )


def test_checks_without_a_check_are_refused(broken):
    assert complaint(broken("x = 1\n")) == (
        "…/checks.py:1: no check is defined. Write a function with @check above it."
    )
