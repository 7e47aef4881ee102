"""Finding labs, and what is said when there is none."""

import doctest
import importlib

import pytest

from proxygap.errors import UsageError
from proxygap.labs import discover, get, slugs


def test_a_module_in_the_folder_is_found_without_registration():
    assert "write-the-reward" in slugs()
    assert tuple(discover()) == slugs()
    assert discover()["write-the-reward"] is get("write-the-reward")


def test_what_the_page_calls_is_no_lab():
    assert "host" not in slugs()


def test_an_unknown_slug_suggests_the_nearest():
    with pytest.raises(UsageError) as error:
        get("write-the-rewards")
    assert str(error.value) == (
        "Unknown lab 'write-the-rewards'. Did you mean 'write-the-reward'? All labs: proxygap list"
    )


@pytest.mark.parametrize("lab", discover().values(), ids=lambda lab: lab.slug)
def test_each_lab_says_what_it_is_about(lab):
    for words in (lab.title, lab.task, lab.alt_text, lab.finding):
        assert words.strip()
        assert words == words.strip()
    assert set(lab.as_data()) == {"slug", "title", "task", "alt_text", "finding"}


@pytest.mark.parametrize(
    "name",
    [
        "_actions",
        *(f"write_the_reward.{name}" for name in ("path_tests", "rewards", "words")),
        "incident_sorter.marks",
    ],
)
def test_the_examples_in_the_docstrings_hold(name):
    outcome = doctest.testmod(importlib.import_module(f"proxygap.labs.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
