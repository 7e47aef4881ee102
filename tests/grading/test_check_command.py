import json

import pytest

from proxygap import cli
from proxygap.grading import exercises
from tests.grading.submissions import SLUG, race_exercise


@pytest.fixture
def proxygap(capsys):
    """Run the command line; return (exit code, standard output, standard error)."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def my_file(tmp_path):
    def write(source):
        path = tmp_path / "my.py"
        path.write_text(source, encoding="utf-8")
        return path

    return write


def test_a_right_solution_exits_with_0(proxygap, my_file):
    code, out, err = proxygap("check", SLUG, my_file(race_exercise().solution))
    assert (code, err) == (0, "")
    assert out.endswith("Solved: all 6 checks passed.\n")


def test_a_wrong_solution_exits_with_1_and_shows_a_hint(proxygap, my_file):
    code, out, _ = proxygap("check", SLUG, my_file("def reward(step):\n    return 0\n"))
    assert code == 1
    assert "    Hint: A lap is eight steps" in out


def test_hints_can_be_left_out(proxygap, my_file):
    _, out, _ = proxygap("check", SLUG, my_file(race_exercise().starter), "--no-hints")
    assert "Hint:" not in out


def test_json_is_the_report(proxygap, my_file):
    code, out, _ = proxygap("check", SLUG, my_file(race_exercise().solution), "--json")
    report = json.loads(out)
    assert code == 0
    assert report["passed"] is True
    assert (report["points"], report["possible"]) == (6, 6)
    assert list(report) == [
        "exercise", "title", "passed", "points", "possible", "summary", "problem", "checks",
        "output",
    ]  # fmt: skip


def test_a_loop_exits_with_1_and_says_so(proxygap, my_file):
    code, out, _ = proxygap("check", SLUG, my_file("while True: pass\n"), "--limit", "0.5")
    assert code == 1
    assert "Your code was still running after 0.5 seconds and was stopped." in out


@pytest.mark.parametrize(
    "given", ["specification-gaming/ungameable-rewards", "ungameable-reward", "ungamable-reward"]
)
def test_an_unknown_exercise_suggests_the_nearest(proxygap, my_file, given):
    code, _, err = proxygap("check", given, my_file(""))
    assert code == 2
    assert err == (
        f"Error: Unknown exercise '{given}'. Did you mean '{SLUG}'? "
        f"All exercises: {', '.join(exercises.slugs())}.\n"
    )


def test_a_missing_file_exits_with_2_and_says_how_to_start(proxygap):
    code, _, err = proxygap("check", SLUG, "nowhere.py")
    assert code == 2
    assert err == (
        "Error: There is no file nowhere.py. Start from the exercise's starter: "
        f"cp exercises/{SLUG}/starter.py nowhere.py\n"
    )


def test_a_file_that_is_not_text_exits_with_2(proxygap, tmp_path):
    path = tmp_path / "my.py"
    path.write_bytes(b"\xff\xfe\x00")
    code, _, err = proxygap("check", SLUG, path)
    assert (code, err) == (2, f"Error: {path} is not a text file in UTF-8. Save it as UTF-8.\n")


def test_a_folder_exits_with_2(proxygap, tmp_path):
    code, _, err = proxygap("check", SLUG, tmp_path)
    assert (code, err) == (2, f"Error: {tmp_path} cannot be read: Is a directory.\n")
