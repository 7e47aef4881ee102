"""Posture picker, played in Python: decide, meet a silent change, keep two pages."""

import json

import pytest

from proxygap.content import content_root
from proxygap.labs.posture_picker import reading
from proxygap.labs.posture_picker.briefs import briefs
from proxygap.posture import simulated
from proxygap.posture.options import cheapest
from proxygap.posture.rates import rate
from tests.labs.picker_moves import (
    CHECK,
    RETEST,
    after,
    blocks,
    deciding,
    entered,
    go,
    slide,
    sound,
    texts,
)

# Decide -------------------------------------------------------------------------------------


def by_cost_alone(state: dict) -> str:
    record = reading.record(state)
    return min(record.options[:3], key=lambda one: one.cost(record.work).value).slug


def test_no_result_is_shown_before_the_rules_are_written():
    state = after(go("decide"), slide(150))
    assert {"constraints", "costs", "sensitivity"}.isdisjoint(blocks(state))
    assert {"constraints", "costs", "sensitivity"} <= set(blocks(deciding("clinic")))


def test_the_ranking_flips_between_workloads():
    assert by_cost_alone(deciding("clinic")) == "quillstone"
    assert by_cost_alone(deciding("legal")) == "fernmoor"
    assert by_cost_alone(deciding("studio")) == "tarnbridge"


def test_the_clinics_ranking_flips_when_a_refusal_is_a_missed_diagnosis():
    state = deciding("clinic", {"type": "other-refusal", "value": "other"})
    assert reading.record(state).work.refusal == 200
    assert by_cost_alone(state) == "fernmoor"


def test_where_rules_bind_the_system_with_rail_and_review_is_cheapest():
    for brief in ("clinic", "retail"):
        record = reading.record(deciding(brief))
        assert cheapest(record.options, record.rules, record.work).slug == "fernmoor-system"


def test_few_items_leave_intervals_too_wide_for_the_rule_and_the_lab_says_so():
    state = after(slide(20), state=deciding("clinic"))
    assert "few items leave wide intervals" in blocks(state)["more"]["text"]
    assert "more" not in blocks(deciding("clinic"))


@pytest.mark.parametrize("brief", list(briefs()))
def test_a_decision_with_its_reasons_leaves_nothing_open(brief):
    assert blocks(sound(brief))["met"]["text"].startswith("8 of 8.")


def test_a_rule_that_is_changed_after_the_results_is_noted():
    state = after(*entered("clinic", limit="30"), CHECK, state=sound())
    found = {b["title"]: b["tone"] for b in blocks(state).values() if b["id"].startswith("found")}
    assert found["Rules first."] == "missed"
    assert "changed after results were seen" in texts(after(go("keep"), state=state))


def test_a_cost_that_no_longer_fits_is_found_when_an_assumption_changes():
    state = after(*entered("clinic", refusal="300"), CHECK, state=sound())
    found = {b["title"]: b["tone"] for b in blocks(state).values() if b["id"].startswith("found")}
    assert found["Cost."] == "missed"


@pytest.mark.parametrize(
    ("typed", "value"), [("3,320", 3320), ("3 320", 3320), ("1,234,567", 1234567), ("0,5", 0.5),
                         ("12", 12)]
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed, value):
    assert reading.read(typed, "cost").value == value


@pytest.mark.parametrize("typed", ["abc", "-3", "1e9", "", "101"])
def test_a_number_that_cannot_be_read_stays_in_the_field_with_a_sentence(typed):
    state = after(*entered("clinic", prevalence=typed), state=deciding("clinic"))
    field = blocks(state)["clinic/prevalence"]
    assert field["value"] == typed
    assert bool(field["problem"]) == bool(typed)
    assert reading.record(state).work.prevalence == 0.02


# Drift and keep -----------------------------------------------------------------------------


def test_the_silent_change_is_found_by_the_same_items():
    state = after(go("drift"), RETEST, state=sound())
    told = blocks(state)["paired-over_refusal"]
    assert told["tone"] == "missed"
    assert told["text"].startswith("Told apart: on the same 150 items the old version alone")


def test_a_trigger_that_needs_an_announcement_does_not_go_off():
    state = after(go("drift"), RETEST, state=sound())
    assert blocks(state)["noticed-clinic"]["text"] == "Your monthly re-test finds it."
    unaware = after({"type": "tick", "id": "clinic/triggers", "value": "version"}, state=state)
    assert blocks(unaware)["noticed-clinic"]["text"].startswith("None of your triggers goes off")


def test_what_is_kept_holds_the_numbers_that_were_shown():
    state = after(go("keep"), state=sound())
    card, record = (
        json.loads(blocks(state)[name]["text"]) for name in ("card-json", "record-json")
    )
    counted = rate(simulated.results("fernmoor", ("1", "bare")), "over_refusal")
    assert (card["rates"]["over_refusal"]["errors"], card["simulated"]) == (counted.errors, True)
    assert record["decision"]["chosen"] == "fernmoor-system"
    assert record["decision"]["retest"] == ["version", "schedule"]
    assert str(counted) in texts(after(go("measure"), state=state))
    assert "SIMULATED" in blocks(state)["card-md"]["text"]
    assert "SIMULATED" in blocks(state)["record-sheet"]["note"]


def test_a_card_that_was_saved_can_be_brought_back():
    state = after(go("keep"), {"type": "set", "id": "card", "value": "quillstone"}, state=sound())
    saved = blocks(state)["card-json"]["text"]
    brought = after({"type": "upload", "id": "upload", "value": saved}, state=after(go("keep")))
    assert blocks(brought)["brought"]["text"] == "Quillstone One 1: 250 verdicts."
    assert blocks(brought)["card-json"]["text"] == saved
    assert json.loads(json.dumps(brought)) == brought
    choice = next(b for name, b in blocks(brought).items() if name.startswith("card/"))
    assert [option["note"] for option in choice["options"]] == ["", "", "", "brought"]
    back = after({"type": "set", "id": choice["id"], "value": "fernmoor"}, state=brought)
    assert json.loads(blocks(back)["card-json"]["text"])["identity"]["vendor"] == "Fernmoor"


def test_the_log_of_a_real_run_becomes_the_same_card():
    log = (content_root() / "tests" / "posture" / "golden_log.json").read_text("utf-8")
    state = after(go("keep"), {"type": "upload", "id": "upload", "value": log}, state=sound())
    card = json.loads(blocks(state)["card-json"]["text"])
    assert (card["simulated"], card["rates"]["over_refusal"]["errors"]) == (False, 3)
    assert "SIMULATED" not in blocks(state)["card-md"]["text"]


BAD_FILES = {
    "cut off": lambda saved: saved[: len(saved) // 2],
    "newer": lambda saved: saved.replace("posture-card/1", "posture-card/2", 1),
    "edited": lambda saved: saved.replace('"errors": ', '"errors": 1', 1),
    "another file": lambda _: '{"schema": "proxygap-progress/1", "records": []}',
    "another log": lambda _: '{"eval": {"model": "a/b"}, "status": "success", "samples": []}',
    "no JSON": lambda _: "% a picture",
    "empty": lambda _: "",
}


@pytest.mark.parametrize("damage", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_that_cannot_be_read_says_why_and_loses_nothing(damage):
    before = after(go("keep"), state=sound())
    saved = blocks(before)["card-json"]["text"]
    before = after({"type": "upload", "id": "upload", "value": saved}, state=before)
    state = after({"type": "upload", "id": "upload", "value": damage(saved)}, state=before)
    problem = blocks(state)["upload"]["problem"]
    assert problem.endswith("Nothing was changed.")
    assert "\n" not in problem
    kept = {name: value for name, value in state.items() if name not in {"problem", "last"}}
    assert kept == {name: before[name] for name in kept}


def test_steps_that_are_done_are_marked_and_one_may_go_back():
    state = after(RETEST, go("measure"), state=sound())
    notes = {o["value"]: o["note"] for o in blocks(state)["step"]["options"]}
    assert notes == {"predict": "", "measure": "done", "judge": "", "decide": "done",
                     "drift": "done", "keep": ""}  # fmt: skip
