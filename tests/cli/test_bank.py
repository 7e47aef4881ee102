"""``proxygap bank``."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from proxygap import exports
from proxygap.cli.bank import command
from proxygap.errors import UsageError
from proxygap.quiz import load_bank, load_quiz
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


@pytest.mark.parametrize("form", exports.slugs())
def test_an_export_is_what_its_module_builds(form, tmp_path):
    file = tmp_path / "bank.file"
    done = bank("export", form, QUIZ.chapter, "--output", file)
    assert done.exit_code == 0
    assert done.stdout.endswith(f": {len(QUIZ.items)} items in {file}\n")
    assert done.stderr.splitlines() == exports.get(form).report([QUIZ])
    assert abs(len(file.read_bytes()) - len(exports.get(form).build([QUIZ]))) < 100
    assert [path.name for path in tmp_path.iterdir()] == ["bank.file"]


def test_without_a_chapter_the_whole_bank_is_exported(tmp_path):
    bank("export", "csv", "--output", tmp_path / "all.csv")
    text = (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    assert all(item.id in text for quiz in load_bank() for item in quiz.items)


def test_a_file_that_exists_is_kept(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("mine")
    refused = bank("export", "csv", "--output", file)
    assert isinstance(refused.exception, UsageError)
    assert "exists. Name another file with --output" in str(refused.exception)
    assert file.read_text() == "mine"
    assert bank("export", "csv", "--output", file, "--force").exit_code == 0
    assert file.read_text(encoding="utf-8-sig").startswith("item,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["moodle"], "Did you mean 'moodle-xml'?"), (["csv", "goodhat"], "Did you mean 'goodhart'?"),
     (["csv", "--output", "/no/where/x.csv"], "the folder /no/where does not exist")],
)  # fmt: skip
def test_what_is_not_known_is_said_with_what_is(arguments, said):
    error = bank("export", *arguments).exception
    assert isinstance(error, UsageError)
    assert said in str(error)


def test_help_names_every_format():
    text = bank("export", "--help").output
    assert all(slug in text for slug in exports.slugs())
