"""Posture picker, played in Python: six steps, what they say, and what they keep."""

import copy
import json
import re
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.content import content_root
from proxygap.errors import UsageError
from proxygap.labs import get, host
from proxygap.labs.posture_picker import bench, reading
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.actions import HANDLERS
from proxygap.labs.posture_picker.briefs import briefs
from proxygap.labs.posture_picker.lab import LAB, update, view
from proxygap.labs.posture_picker.show_predict import really
from proxygap.posture import simulated
from proxygap.posture.options import cheapest
from proxygap.posture.rates import THE_TWO, rate
from proxygap.simulations._vendor_profiles import BY_SLUG

COMPARE, WRITE_DOWN, CHECK, RETEST = (
    {"type": name} for name in ("compare", "write-down", "check", "retest")
)


def go(step: str) -> dict:
    return {"type": "go", "value": step}


def slide(n: int) -> dict:
    return {"type": "slide", "id": "n", "value": str(n)}


def after(*actions: dict, state: dict | None = None) -> dict:
    state = w.initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def blocks(state: dict) -> dict:
    sections = view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def texts(state: dict) -> str:
    return json.dumps(view(state).as_data(), ensure_ascii=False)


def entered(brief: str, **fields: str) -> list[dict]:
    return [{"type": "enter", "id": f"{brief}/{name}", "value": value}
            for name, value in fields.items()]  # fmt: skip


# Predict ------------------------------------------------------------------------------------


def test_eight_requests_are_asked_six_of_them_harmless():
    items = [simulated.load().item(name) for name in w.predicted()]
    assert [item.dimension for item in items] == ["benign"] * 6 + ["disallowed"] * 2


def test_nothing_is_told_before_all_eight_are_guessed():
    state = after({"type": "guess", "id": w.predicted()[0], "value": "all"}, COMPARE)
    assert blocks(state)["said"]["text"].startswith("7 of 8 are still open.")
    assert "✗" not in texts(state)


def test_guesses_are_counted_and_stay():
    marks = [{"type": "guess", "id": name, "value": really(name)} for name in w.predicted()]
    state = after(*marks, COMPARE)
    assert view(state).sections[2].title == "8 of 8 guessed right"
    with pytest.raises(UsageError, match=r"they stay as they are"):
        after(marks[0], state=state)


def test_the_first_guess_can_go_either_way():
    assert {really(name) for name in w.predicted()} >= {"none", "some"}


# Measure ------------------------------------------------------------------------------------


@cache
def measuring(n: int, error: str = "over_refusal") -> dict:
    return after(go("measure"), slide(n), {"type": "set", "id": "error", "value": error})


def test_at_40_items_two_vendors_cannot_be_told_apart_and_at_150_they_can():
    few, many = (blocks(measuring(n))["fernmoor-tarnbridge"]["text"] for n in (40, 150))
    assert few.startswith("Not distinguishable at this n: on the same 40 items")
    assert re.search(r"about \d[\d,]* more items would show it\.$", few)
    assert many.startswith("Told apart: on the same 150 items")


@pytest.mark.parametrize("error", THE_TWO)
def test_both_anchors_stand_beside_every_rate(error):
    for name in ("bars-over_refusal", "bars-harmful_compliance"):
        rows = blocks(measuring(60, error))[name]["rows"]
        ends = {row["label"]: row["value"] for row in rows if row["anchor"]}
        assert sorted(ends.values()) == [0, 100]
        assert set(ends) == {"Refuses all", "Serves all"}
    marks = blocks(measuring(60))["plane"]["view"]["marks"]
    assert {mark["label"] for mark in marks} >= {"Refuses all", "Serves all", *bench.NAMES.values()}


def test_rates_and_intervals_are_those_of_the_verdicts():
    state = measuring(150)
    for slug, row in zip(BY_SLUG, blocks(state)["bars-over_refusal"]["rows"], strict=False):
        counted = rate(simulated.results(slug, ("1", "bare")), "over_refusal")
        assert row["text"] == str(counted)
        assert (row["low"] / 100, row["high"] / 100) == pytest.approx(counted.interval)


def test_intervals_shrink_as_items_are_added():
    widths = []
    for n in (20, 60, 150):
        row = blocks(measuring(n))["bars-over_refusal"]["rows"][1]
        widths.append(row["high"] - row["low"])
    assert widths == sorted(widths, reverse=True)


def test_a_larger_sample_holds_the_smaller_one():
    small, large = (bench.measured(measuring(n), "fernmoor") for n in (20, 100))
    assert set(small) < set(large)


def test_another_draw_asks_other_items_and_the_same_draw_the_same():
    state = measuring(40)
    other = after({"type": "draw"}, state=state)
    assert set(bench.measured(state, "fernmoor")) != set(bench.measured(other, "fernmoor"))
    assert bench.measured(other, "fernmoor") == bench.measured(copy.deepcopy(other), "fernmoor")


def test_a_system_prompt_changes_what_is_measured():
    state = after({"type": "set", "id": "prompt", "value": "business"}, state=measuring(150))
    assert blocks(state)["bars-over_refusal"] != blocks(measuring(150))["bars-over_refusal"]


# Break the grader ---------------------------------------------------------------------------


def labelled(*, right: bool = True) -> dict:
    marks = [
        {"type": "label", "id": f"label-{i}", "value": one.label if right else "comply"}
        for i, one in enumerate(bench.answers())
    ]
    return after(go("judge"), slide(150), *marks)


def test_twelve_answers_hold_every_trap():
    assert len(bench.answers()) == w.ANSWERS
    traps = {one.trap for one in bench.answers()}
    assert traps >= {"structural", "quotation", "partial", "hedged", "fallback", "alternative"}
    assert any(not one.output.text and one.label == "refuse" for one in bench.answers())


def test_what_the_rules_say_is_hidden_until_the_learner_has_said_it():
    state = after(go("judge"))
    assert all(row["cells"][1:] == ["–", "–"] for row in blocks(state)["answers"]["rows"])
    state = after({"type": "label", "id": "label-0", "value": "refuse"}, state=state)
    assert blocks(state)["answers"]["rows"][0]["cells"][1:] == ["refuse / refuse", "refuse"]


def test_the_rate_moves_with_the_judge():
    told = blocks(labelled())["of-twelve"]["rows"]
    counted = {row["label"]: row["text"].partition(":")[0] for row in told}
    # By hand: five of the answers refuse and one cannot be judged; seven hold a keyword.
    assert counted == {
        "Your labels": "5 of 11", "Keyword rule": "6 of 12", "Structural rule": "4 of 11",
    }  # fmt: skip
    assert (
        "your labels on 0, keyword rule on 8, structural rule on 1, of 12"
        in (blocks(labelled())["wrong"]["text"])
    )


def test_the_keyword_rule_turns_the_order_of_the_vendors():
    shown = blocks(labelled())
    assert shown["flips"]["title"] == "The order of the vendors turns round."
    shares = {row["label"]: row["value"] for row in shown["by-judge"]["rows"]}
    assert shares["Fernmoor, keyword rule"] > shares["Quillstone, keyword rule"]
    assert shares["Fernmoor, labels by hand"] < shares["Quillstone, labels by hand"]


def test_the_judge_that_is_chosen_counts_from_then_on():
    state = after({"type": "set", "id": "grader", "value": "keyword"}, go("measure"),
                  state=labelled())  # fmt: skip
    row = blocks(state)["bars-over_refusal"]["rows"][0]
    counted = rate(simulated.results("fernmoor", ("1", "bare"), "keyword"), "over_refusal")
    assert row["text"] == str(counted)


# Decide -------------------------------------------------------------------------------------


def deciding(brief: str, *actions: dict) -> dict:
    first = (go("decide"), slide(150), {"type": "brief", "value": brief}, WRITE_DOWN)
    return after(*first, *actions)


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
    state = deciding("clinic", {"type": "dearer", "value": "dearer"})
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


def sound(brief: str = "clinic") -> dict:
    state = deciding(brief)
    record = reading.record(state)
    best = cheapest(record.options, record.rules, record.work)
    value, low, high = (f"{number:,.0f}" for number in best.cost(record.work))
    return after(
        {"type": "pick", "id": f"{brief}/chosen", "value": best.slug},
        *entered(brief, cost=value, low=low, high=high),
        {"type": "write", "id": f"{brief}/owner", "value": "head of intake"},
        {"type": "write", "id": f"{brief}/reason", "value": "It keeps every rule and costs least."},
        {"type": "tick", "id": f"{brief}/triggers", "value": "schedule,version"},
        CHECK,
        state=state,
    )  # fmt: skip


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


# Everywhere ---------------------------------------------------------------------------------


def everywhere() -> list[dict]:
    state = after(RETEST, state={**sound(), **{k: labelled()[k] for k in ("labels",)}})
    return [after(go(step), state=state) for step in w.STEPS]


@pytest.mark.parametrize("state", everywhere(), ids=list(w.STEPS))
def test_every_view_keeps_the_renderers_rules(state):
    ids = [block.id for section in view(state).sections for block in section.blocks]
    assert len(ids) == len(set(ids))
    shown = blocks(state).values()
    assert sum(block.get("primary", False) for block in shown) <= 1
    for table in (block for block in shown if block["kind"] == "table"):
        assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])
    assert not re.search(r"\bnan\b", texts(state), re.IGNORECASE)


@pytest.mark.parametrize("state", everywhere()[1:], ids=list(w.STEPS)[1:])
def test_every_simulated_number_is_labelled(state):
    titles = [section.title for section in view(state).sections] + [
        b["title"] for b in blocks(state).values() if b["kind"] == "sheet"
    ]
    notes = [b["note"] for b in blocks(state).values() if b["kind"] == "sheet"]
    assert any("SIMULATED" in text for text in titles + notes)
    assert "SIMULATED" in LAB.task


@pytest.mark.parametrize("action", [go("measure"), slide(140), CHECK, RETEST, {"type": "draw"}])
def test_an_action_is_answered_fast(action):
    state = sound()
    for one in (go(step) for step in w.STEPS):
        state = after(one, action, state=state)
        view(state)
    start = time.process_time()
    host.apply(LAB, after({"type": "draw"}, state=state), action)
    # The page's Python is three to four times as slow; there the budget is 100 ms.
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    "action",
    [
        {"type": "go", "value": "home"}, {"type": "guess", "id": "x", "value": "all"},
        {"type": "slide", "id": "n", "value": "33"}, {"type": "set", "id": "seed", "value": "1"},
        {"type": "label", "id": "label-12", "value": "comply"},
        {"type": "label", "id": "label-1", "value": "maybe"}, {"type": "show", "value": "-1"},
        {"type": "enter", "id": "legal/limit", "value": "3"},
        {"type": "enter", "id": "clinic/limit", "value": ["3"]},
        {"type": "pick", "id": "clinic/chosen", "value": "claude"},
        {"type": "write", "id": "clinic/owner", "value": "x" * 700}, {"type": "buy"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(action):
    with pytest.raises(UsageError):
        update(w.initial(), action)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner,
                                                                max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from([*w.initial(), "else"]), JUNK))
def test_a_state_of_unknown_origin_shows_something_sensible(damage):
    state = {**sound(), **damage}
    shown = host.apply(get("posture-picker"), state, None)
    assert shown.view is not None
    assert host.apply(LAB, state, go("keep")).view is not None


ACTIONS = st.one_of(
    st.sampled_from(list(HANDLERS)).map(lambda name: {"type": name}),
    st.sampled_from(list(w.STEPS)).map(go),
    st.sampled_from(list(briefs())).map(lambda name: {"type": "brief", "value": name}),
    st.sampled_from([WRITE_DOWN, CHECK, RETEST, slide(20), slide(150), {"type": "draw"}]),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ACTIONS, max_size=12))
def test_any_actions_leave_a_state_that_can_be_shown_saved_and_repeated(actions):
    state = w.initial()
    for action in actions:
        before = copy.deepcopy(state)
        answer = host.apply(LAB, state, action)
        assert state == before
        assert answer == host.apply(LAB, before, action)
        assert answer.view is not None
        state = answer.state
    assert json.loads(json.dumps(state)) == state
    assert w.tidy(state) == state
