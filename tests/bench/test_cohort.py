"""The reference of the item statistics computes the same, and the timed cohort is a real one."""

import json

import pytest

from bench import cohort
from proxygap.bank.progress_files import Reader


def test_both_ways_find_the_same_numbers():
    scores = cohort.table()[:80, :30]
    for mine, theirs in zip(cohort.numbers(scores), cohort.plainly(scores), strict=True):
        assert mine == pytest.approx(theirs)


def test_the_timed_files_hold_what_was_drawn(tmp_path):
    file = tmp_path / "7.json"
    file.write_text(json.dumps(cohort._file(7)))
    sheet = Reader([cohort.quiz()]).read(file)
    assert not sheet.faults
    assert [sheet.answers[item.id].credit for item in cohort.quiz().items] == list(
        cohort.table()[7]
    )


def test_the_budget_is_held_against_everything():
    section = cohort.section({"everything": [0.9], "numbers": [0.01], "plain": [0.5]})
    [promise] = section.promises
    assert (promise.measured, promise.verdict) == (0.9, "met")
    assert "50×" in section.markdown()
