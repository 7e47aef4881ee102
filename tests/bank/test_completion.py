"""What a progress file shows of its learner: every answer is scored again, nothing is believed."""

import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from proxygap.bank.completion import completions
from proxygap.bank.mastery import ENOUGH
from proxygap.cli.bank import command
from proxygap.errors import UsageError
from proxygap.quiz import load_quiz
from proxygap.quiz.rules import rule_of
from proxygap.quiz.schema import schema_file
from proxygap.quiz.scoring import score
from tests.bank.builders import answer, key_of, miss_of, progress_file, when

QUIZ = load_quiz("specification-gaming")
ITEMS = QUIZ.items
EXERCISES = [f"{QUIZ.chapter}/one", f"{QUIZ.chapter}/two", "elsewhere/three"]
SCHEMA = json.loads(schema_file("completion.schema").read_text(encoding="utf-8"))


def given(item, response, confidence=None, **changes):
    scored = score(rule_of(item), response)
    return {"response": response, "outcome": scored.outcome, "credit": scored.credit,
            "confidence": confidence} | changes  # fmt: skip


def review(item, response, at, confidence=None, **changes):
    value = {"item": item.id, **given(item, response, confidence, **changes)}
    return {"kind": "review", "id": f"{item.id}@{when(at)}", "value": value, "at": when(at)}


def form(name, items, begun, finished, answers):
    value = {"form": name, "edition": "x", "items": [item.id for item in items],
             "begun": when(begun), "finished": when(finished) if finished else None,
             "answers": answers}  # fmt: skip
    return {"kind": "form", "id": f"{name}@{when(begun)}", "value": value, "at": when(begun)}


def prediction(name, guess, confidence, outcome=10, tolerance=1):
    value = {"id": name, "given": guess, "skipped": guess is None, "confidence": confidence,
             "outcome": outcome, "tolerance": tolerance}  # fmt: skip
    return {"kind": "prediction", "id": name, "value": value, "at": when(0)}


def right(item, at=0):
    return answer(QUIZ.chapter, item, key_of(item), at)


def wrong(item, at=0, **changes):
    return answer(QUIZ.chapter, item, miss_of(item), at, **changes)


@pytest.fixture
def completed(tmp_path):
    """Return a function that gives the record of one file and what was said about it."""

    def _completed(*records):
        file = progress_file(tmp_path / "a.json", *records)
        found, notes = completions([file], [QUIZ], EXERCISES)
        Draft202012Validator(SCHEMA).validate(found[file])
        return found[file], notes

    return _completed


def test_nothing_done_is_a_record_as_well(completed):
    record, notes = completed()
    assert notes == []
    assert record["signed"] is False
    assert "unsigned and self-reported" in record["statement"]
    assert record["forms"] == {"before": None, "after": None}
    assert record["calibration"] is None
    [chapter] = record["chapters"]
    assert (chapter["answered"], chapter["share"], chapter["mastered"]) == (0, 0, False)


def answered(count, missed):
    """Return records of so many answered items, of which some were missed."""
    return [wrong(item) if place < missed else right(item)
            for place, item in enumerate(ITEMS[:count])]  # fmt: skip


def test_four_fifths_of_a_chapter_are_mastery(completed):
    missed = len(ITEMS) // 5
    assert completed(*answered(len(ITEMS), missed))[0]["chapters"][0]["mastered"]
    almost = completed(*answered(len(ITEMS), missed + 1))[0]["chapters"][0]
    assert not almost["mastered"]
    assert almost["answered"] == len(ITEMS)


def test_enough_answers_are_enough(completed):
    chapter = completed(*answered(ENOUGH, 2))[0]["chapters"][0]
    assert (chapter["share"], chapter["mastered"]) == (14 / 16, True)
    few = completed(*answered(8, 0))[0]["chapters"][0]
    assert (few["share"], few["mastered"]) == (0.5, False)


def test_a_review_counts_in_place_of_the_first_try(completed):
    item = ITEMS[0]
    record, _ = completed(wrong(item, 1), review(item, key_of(item), 2, 90))
    assert record["chapters"][0]["share"] == pytest.approx(1 / ENOUGH)
    record, _ = completed(right(item, 1), review(item, miss_of(item), 2, 90))
    assert record["chapters"][0]["share"] == 0


def test_the_first_try_counts_from_when_it_was_made(completed):
    item = ITEMS[0]
    value = right(item, 9)["value"]  # answered again on the chapter's page, long after the review
    value |= {"tries": 2, "first": {**value["first"], "at": when(1)}}
    record, _ = completed(right(item, 9) | {"value": value}, review(item, miss_of(item), 5))
    assert record["chapters"][0]["share"] == 0


def test_both_forms_by_hand(completed):
    items = ITEMS[:4]
    before = {items[0].id: given(items[0], key_of(items[0]), 50)}
    after = {item.id: given(item, key_of(item), 99) for item in items}
    record, _ = completed(form("before", items, 1, 2, before), form("after", items, 5, 6, after),
                          form("after", items, 7, None, {}))  # fmt: skip
    assert record["forms"]["before"] == {
        "finished": when(2), "attempts": 1, "items": 4, "answered": 1, "share": 0.25,
        "mastered": False,
    }  # fmt: skip
    assert record["forms"]["after"]["share"] == 1
    assert record["forms"]["after"]["mastered"]
    assert record["forms"]["after"]["attempts"] == 1  # one is still going on
    # The form before the course says nothing about what the course taught; the other does.
    assert record["chapters"][0]["share"] == pytest.approx(4 / ENOUGH)


def test_the_newest_attempt_at_a_form_counts(completed):
    items = ITEMS[:2]
    good = {item.id: given(item, key_of(item)) for item in items}
    record, _ = completed(form("after", items, 1, 2, {}), form("after", items, 3, 4, good))
    assert (record["forms"]["after"]["share"], record["forms"]["after"]["attempts"]) == (1, 2)


def test_calibration_by_hand(completed):
    # 0.9 came true, 0.5 did not, 0.75 came true: (0.01 + 0.25 + 0.0625) / 3 = 0.1075.
    predictions = [
        prediction("a", 10.5, 90), prediction("b", 20, 50), prediction("skipped", None, None),
    ]  # fmt: skip
    first, second = ITEMS[:2]
    reviews = [review(first, key_of(first), 3, 75), review(second, key_of(second), 4)]
    found = completed(*predictions, *reviews)[0]["calibration"]
    assert (found["made"], found["hits"]) == (3, 2)
    assert found["brier"] == pytest.approx(0.1075)


def test_solved_exercises_are_counted_for_their_chapter(completed):
    def exercise(name, value):
        return {"kind": "exercise", "id": name, "value": value, "at": when(0)}

    record, _ = completed(exercise(EXERCISES[0], {"solved": True}),
                          exercise(EXERCISES[1], {"solved": "yes"}),
                          exercise(EXERCISES[2], {"solved": True}))  # fmt: skip
    assert record["chapters"][0]["exercises"] == {"solved": 1, "of": 2}


def test_edited_scores_are_worked_out_again_and_said(completed):
    item = ITEMS[0]
    proud = {"outcome": "correct", "credit": 1}
    after = {item.id: given(item, miss_of(item), **proud)}
    value = wrong(item, 1)["value"] | proud
    value["first"] = {**value["first"], **proud}
    record, notes = completed(wrong(item, 1) | {"value": value},
                              review(item, miss_of(item), 2, **proud),
                              form("after", [item], 3, 4, after))  # fmt: skip
    assert record["forms"]["after"]["share"] == 0
    assert record["chapters"][0]["share"] == 0
    assert len(notes) == 1
    assert "3 records, each has a score that its answer does not earn; scored again." in notes[0]


@pytest.mark.parametrize(
    "value",
    [7, {}, {"item": 3}, {"item": ITEMS[0].id}, {"form": "after", "items": 3, "answers": {}},
     {"form": "after", "items": [], "answers": [], "finished": when(1)},
     {"form": "after", "items": ["x"], "answers": {"x": 1}, "finished": when(1), "begun": 5},
     {"form": "never", "items": [], "answers": {}, "finished": when(1)},
     {"given": "3", "confidence": 50}, {"solved": 1}],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["review", "form", "prediction", "exercise", "answer"])
def test_a_damaged_record_of_any_kind_stops_nothing(completed, kind, value):
    damaged = {"kind": kind, "id": ITEMS[1].id, "value": value, "at": when(9)}
    record, _ = completed(right(ITEMS[0]), damaged)
    assert record["chapters"][0]["share"] == pytest.approx(1 / ENOUGH)


def test_items_that_the_course_lost_count_in_their_form_as_they_were_asked(completed):
    items = ITEMS[:1]
    gone = {"response": "x", "outcome": "correct", "credit": 1, "confidence": 90}
    answers = {items[0].id: given(items[0], key_of(items[0])), "gone": gone}
    lost = form("after", items, 1, 2, answers)
    lost["value"]["items"].append("gone")
    record, _ = completed(lost)
    assert (record["forms"]["after"]["items"], record["forms"]["after"]["share"]) == (2, 0.5)


def test_a_file_that_cannot_be_used_is_named_and_the_others_are_read(tmp_path):
    good = progress_file(tmp_path / "good.json", right(ITEMS[0]))
    bad = progress_file(tmp_path / "newer.json", version=2)
    before = bad.read_bytes()
    done = CliRunner().invoke(command, ["completion", str(good), str(bad)])
    assert done.exit_code == 1
    assert f"{bad}: it was written by a newer edition of the course" in done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.startswith(str(good))]
    assert line.split()[1:] == ["–", "–", "0", "of", line.split()[-2], "–"]
    assert bad.read_bytes() == before
    with pytest.raises(UsageError, match="None of the files can be used"):
        completions([bad], [QUIZ], EXERCISES)


def test_the_command_prints_records_that_follow_the_schema(tmp_path):
    file = progress_file(tmp_path / "a.json", right(ITEMS[0]), prediction("a", 10, 90))
    done = CliRunner().invoke(command, ["completion", str(file), "--json"])
    assert done.exit_code == 0
    [record] = json.loads(done.stdout).values()
    Draft202012Validator(SCHEMA).validate(record)
    assert record["calibration"]["brier"] == pytest.approx(0.01)
