"""``proxygap quiz``."""

import pytest
from click.testing import CliRunner

from proxygap.cli import main
from proxygap.cli.quiz import command
from proxygap.quiz import load_quiz

COUNT = len(load_quiz("specification-gaming").items)


def play(*arguments, typed=""):
    return CliRunner().invoke(command, ["specification-gaming", *arguments], input=typed)


def test_a_quiz_played_to_the_end_exits_with_0_whatever_the_score():
    done = play("--item", "sg-name-the-proxy", "--seed", "1", typed="the goal\n")
    assert done.exit_code == 0
    assert "Not right." in done.output
    assert "0 of 1 right. Score: 0 %." in done.output


def test_the_right_answer_is_told_why():
    done = play("--item", "sg-name-the-proxy", typed="Proxy\n")
    assert "Right." in done.output
    assert "It stands in for the goal" in done.output
    assert "1 of 1 right. Score: 100 %." in done.output


def test_leaving_early_exits_with_1_and_tells_the_score():
    done = play("--seed", "1", typed="proxy\n")
    assert done.exit_code == 1
    assert "Stopped." in done.output
    share = 100 / COUNT
    assert f"1 of {COUNT} right, {COUNT - 1} not answered. Score: {share:.0f} %." in done.output


def test_the_same_seed_shows_the_same_order():
    first, again, other = (
        play("--item", "sg-coastrunners", "--seed", seed, typed="\n").output
        for seed in ("1", "1", "4")
    )
    assert first == again
    assert first.splitlines()[1:] != other.splitlines()[1:]


def test_every_question_is_asked():
    skipped = play(typed="\n" * COUNT)
    assert skipped.exit_code == 0
    for number in range(1, COUNT + 1):
        assert f"Question {number} of {COUNT}" in skipped.output
    assert f"{load_quiz('specification-gaming').title}: {COUNT} questions" in skipped.output


def test_lines_fit_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    shown = [line for line in play(typed="\n" * COUNT).output.splitlines() if "(Enter" not in line]
    assert max(len(line) for line in shown if not line.startswith("|")) <= 50 + len(" ")


def test_an_unknown_quiz_or_item_is_an_error_with_a_hint(capsys):
    for arguments, hint in (
        (["quiz", "specification-gamin"], "Did you mean 'specification-gaming'?"),
        (["quiz", "specification-gaming", "--item", "sg-coastruners"], "'sg-coastrunners'?"),
    ):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith("Error: ")
        assert hint in said
