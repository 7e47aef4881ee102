"""``proxygap bank``."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from proxygap.cli.bank import command
from proxygap.errors import UsageError
from proxygap.quiz import load_quiz
from tests.bank.builders import progress_file, rasch, write_cohort

QUIZ = load_quiz("specification-gaming")


def bank(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    write_cohort(folder, QUIZ, rasch(40, np.linspace(-1, 1, len(QUIZ.items)), seed=3))
    return folder


def test_stats_print_every_item_of_the_chapters_that_were_answered(cohort):
    done = bank("stats", cohort)
    assert done.exit_code == 0
    assert done.output.startswith("40 learners\n")
    assert all(item.id in done.output for item in QUIZ.items)
    assert "Cronbach's alpha 0." in done.output
    assert "goodhart" not in done.stdout.partition("To mend")[0]
    assert "Commonest misconceptions" in done.output


def test_stats_as_json_hold_the_same_numbers(cohort):
    data = json.loads(bank("stats", cohort, "--json").stdout)
    [chapter] = [one for one in data["chapters"] if one["chapter"] == QUIZ.chapter]
    assert (data["files"], data["learners"], len(chapter["items"])) == (40, 40, len(QUIZ.items))
    assert chapter["alpha"]["learners"] == 40


def test_a_bad_file_is_named_on_stderr_and_the_exit_code_is_1(cohort, tmp_path):
    bad = progress_file(tmp_path / "bad.json", version=2)
    done = bank("stats", cohort, bad)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{bad}: it was written by a newer edition")
    assert done.stdout == bank("stats", cohort).stdout


def test_nothing_usable_is_an_error(tmp_path):
    bad = progress_file(tmp_path / "bad.json", version=2)
    assert isinstance(bank("stats", bad).exception, UsageError)
