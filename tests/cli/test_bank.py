"""``proxygap bank``."""

import csv
import json
from itertools import combinations

import numpy as np
import pytest
from click.testing import CliRunner

from proxygap import exports
from proxygap.bank.assembly import cell
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


def test_forms_are_printed_with_their_match(tmp_path):
    items = [item for quiz in load_bank() for item in quiz.items]
    twin, _ = next(pair for pair in combinations(items, 2) if cell(pair[0]) == cell(pair[1]))
    plan = tmp_path / "plan.yml"
    plan.write_text(f"items: 1\nobjective: {{{twin.objective}: 1}}\nbloom: {{{twin.bloom}: 1}}\n"
                    f"difficulty: {{{twin.difficulty}: 1}}\n")  # fmt: skip
    done = bank("forms", "--blueprint", plan)
    assert done.exit_code == 0
    assert done.output.startswith("Two forms of 1 item; no item is in both.\n")
    assert done.output.endswith(
        "Both forms keep the blueprint.\nThey agree in every row; 1 of 1 items have a partner with "
        "the same objective, level and difficulty.\n"
    )


def test_forms_as_json_are_the_same_each_time():
    once, again = (bank("forms", "goodhart", "--items", "5", "--json").stdout for _ in range(2))
    data = json.loads(once)
    assert once == again
    assert len(data["before"]) == len(data["after"]) == 5
    assert not set(data["before"]) & set(data["after"])
    assert all(name.startswith("gh-") for name in data["before"])


def test_more_items_than_the_bank_can_pair_are_refused():
    error = bank("forms", "goodhart", "--items", "20").exception
    assert isinstance(error, UsageError)
    assert "too small for two forms of 20 items" in str(error)


def test_a_blueprint_that_cannot_be_met_exits_with_1(tmp_path):
    plan = tmp_path / "plan.yml"
    plan.write_text("items: 1\nobjective: {gh-wording: 1}\nbloom: {apply: 1}\ndifficulty: {1: 1}\n")
    done = bank("forms", "--blueprint", plan)
    assert done.exit_code == 1
    assert "The bank cannot meet the blueprint: its best forms are off by" in done.output
    both = bank("forms", "--blueprint", plan, "--items", "3").exception
    assert "Leave out --items" in str(both)


def test_a_form_can_be_exported(tmp_path):
    file = tmp_path / "forms.json"
    file.write_text(bank("forms", "--items", "6", "--json").stdout)
    for name in ("before", "after"):
        bank("export", "csv", "--form", f"{file}:{name}", "--output", tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as table:
            found = {row["item"] for row in csv.DictReader(table)}
        assert found == set(json.loads(file.read_text())[name])


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('{"before": ["sg-gone"]}', "before", "not in these chapters (any more): sg-gone"),
        ('{"before": 3}', "before", "holds no form 'before'"),
        ("[", "after", "The forms cannot be read from"),
        ("{}", "between", "Write FILE:before or FILE:after"),
    ],
)
def test_a_form_that_cannot_be_exported_is_said(tmp_path, text, name, said):
    file = tmp_path / "forms.json"
    file.write_text(text)
    error = bank("export", "csv", "--form", f"{file}:{name}", "--output", tmp_path / "x").exception
    assert isinstance(error, UsageError)
    assert said in str(error)
    assert not (tmp_path / "x").exists()
