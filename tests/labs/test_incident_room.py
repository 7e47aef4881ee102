"""The incident room, played by hand: good, wrong owner, over-blocking, slow; and what is kept."""

import copy
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs import get, host
from proxygap.labs.incident_room.case import SLUGS, incident, room
from proxygap.labs.incident_room.lab import initial, update, view
from proxygap.labs.incident_room.rubric import marks
from proxygap.labs.incident_room.work import cost, options, rate, read

LAB = get("incident-room")
DOSE, LETTER = incident("dose"), incident("letter")
OPEN_LOG = {"type": "open", "value": "rail-log"}
BUILD, RUN, MARK = ({"type": kind} for kind in ("build", "run", "mark"))


def choose(name, value, slug="dose"):
    return {"type": "choose", "id": f"{slug}/{name}", "value": value}


def write(name, value, slug="dose"):
    return {"type": "write", "id": f"{slug}/memo-{name}", "value": value}


def go_to(step):
    return {"type": "step", "id": "step", "value": step}


def switch(slug):
    return {"type": "incident", "id": "incident", "value": slug}


def after(*actions, state=None):
    state = initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def trial(kind, wanted, control, control_wanted):
    """The actions that write a test and run it."""
    parts = {"kind": kind, "wanted": wanted, "runs": "20", "bar": "half", "control": control,
             "control_wanted": control_wanted}  # fmt: skip
    return [*(choose(f"test-{name}", value) for name, value in parts.items()), RUN]


def blocks(state):
    sections = view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def cells(state, table):
    return {row["id"]: row["cells"][1:] for row in blocks(state)[table]["rows"]}


def points(state, slug="dose"):
    found = marks(incident(slug), read(state, slug))
    return {name: mark.points for name, mark in found.items()}


GOOD = [
    {"type": "open", "value": "desk"}, choose("severity", "high"), choose("affected", "staff"),
    choose("containment", "by-hand"), OPEN_LOG, choose("owner", "rail"),
    choose("choice", "staff-apart"), BUILD,
    *trial("convert", "answered", "register", "stopped"), choose("containment", "go-on"),
]  # fmt: skip

# The clock --------------------------------------------------------------------------------------


def test_every_piece_of_evidence_costs_what_it_says_and_only_once():
    state = after({"type": "open", "value": "desk"}, OPEN_LOG, OPEN_LOG)
    assert read(state, "dose").minutes == 5 + 15
    assert "It is 08:00" in [section.title for section in view(state).sections]
    assert "rail-log" not in cells(state, "evidence")


def test_what_goes_wrong_meanwhile_is_the_hourly_rate_times_the_hours():
    # By hand: 20 minutes at the rate of the broken system.
    state = after({"type": "open", "value": "desk"}, OPEN_LOG)
    gone, hour = cost(DOSE, read(state, "dose")), rate(DOSE, "", "")
    assert gone.turned_away == pytest.approx(hour.turned_away / 3)
    assert cells(state, "cost")["turned_away"] == [f"{gone.turned_away:.1f}", "12.7"]


def test_people_who_take_over_end_the_harm_and_have_the_work():
    hour = rate(DOSE, "by-hand", "")
    assert hour.by_hand == DOSE.kinds["convert"].per_hour + DOSE.kinds["count"].per_hour == 15
    assert hour.turned_away < 0.1 * rate(DOSE, "go-on", "").turned_away


def test_switching_off_turns_every_honest_request_away_and_nothing_gets_through():
    hour = rate(DOSE, "stop", "")
    assert hour.turned_away == 400 + 12 + 3
    assert hour.let_through == 0


def test_whoever_is_slow_harms_more_people_for_the_same_fix():
    quick = after(choose("choice", "staff-apart"), BUILD)
    slow = after(*({"type": "open", "value": slug} for slug in DOSE.evidence),
                 choose("choice", "staff-apart"), BUILD)  # fmt: skip
    fast, late = (cost(DOSE, read(state, "dose")).turned_away for state in (quick, slow))
    waited = sum(card.minutes for card in DOSE.evidence.values()) / 60
    assert late - fast == pytest.approx(waited * rate(DOSE, "", "").turned_away)


def test_while_a_fix_is_built_the_old_system_runs():
    state = after(choose("choice", "old-list"), BUILD)
    assert cost(DOSE, read(state, "dose")) == rate(DOSE, "", "").times(10 / 60)
    assert rate(DOSE, "", "old-list").turned_away < 0.2 * rate(DOSE, "", "").turned_away


# Played by hand ---------------------------------------------------------------------------------


def test_the_good_way_earns_the_marks_of_its_decisions():
    state = after(*GOOD, write("cause", "The rail: its new list stopped staff."), MARK)
    assert points(state) == {
        "triage": 2,  # people took over at once, though it goes on again now
        "owner": 2, "fix": 2, "test": 2, "known": 0, "number": 0, "retest": 0, "rollback": 0,
    }  # fmt: skip
    idle = [one for one in GOOD if one != choose("containment", "by-hand")]
    assert points(after(*idle))["triage"] == 1


def test_a_wrong_owner_is_told_which_evidence_speaks_against_it():
    state = after(OPEN_LOG, choose("owner", "model"), choose("choice", "bold-model"), BUILD)
    found = marks(DOSE, read(state, "dose"))
    assert found["owner"] == (0, "“The configuration” speaks against it.")
    assert found["fix"].points == 0
    assert cells(after(go_to("mend"), state=state), "kinds")["convert"] == ["6", "76", "76"]


def test_the_second_best_owner_earns_half_with_evidence_for_it():
    chosen = after({"type": "open", "value": "config"}, choose("owner", "deployment"))
    assert points(chosen)["owner"] == 1
    assert points(after(choose("owner", "deployment")))["owner"] == 0


def test_a_fix_that_blocks_more_is_charged_for_the_honest_letters():
    state = after(switch("letter"), choose("choice", "read-all", "letter"), BUILD, go_to("mend"))
    before, now = cells(state, "kinds")["letter"][1:]
    assert (before, now) == ("0.1", "58")
    assert points(state, "letter")["fix"] == 0


def test_switching_the_rail_off_works_at_somebody_elses_cost():
    state = after(choose("choice", "rail-off"), BUILD)
    mark = marks(DOSE, read(state, "dose"))["fix"]
    assert mark.points == 1
    assert "but it goes worse for" in mark.why


@pytest.mark.parametrize(
    ("slug", "fix", "expected"),
    [("dose", "staff-apart", 2), ("dose", "old-list", 2), ("dose", "rail-off", 1),
     ("dose", "threshold", 1), ("dose", "bold-model", 0), ("dose", "staff-line", 0),
     ("dose", "pin", 0), ("letter", "call-back", 2), ("letter", "as-data", 2),
     ("letter", "phrase", 1), ("letter", "read-all", 0), ("letter", "shy-model", 0),
     ("letter", "line", 0)],
)  # fmt: skip
def test_each_fix_earns_what_the_system_makes_of_it(slug, fix, expected):
    state = after(switch(slug), choose("choice", fix, slug), BUILD)
    assert points(state, slug)["fix"] == expected


# The data ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_an_incident_hangs_together(slug):
    case = incident(slug)
    owners = {one["slug"] for one in room()["owners"]}
    assert {case.owner, case.second_owner} <= owners
    assert {fix.owner for fix in case.fixes.values()} <= owners
    kinds = {*case.affected_kinds, *case.guarded_kinds, *case.by_hand}
    assert kinds <= set(case.kinds)
    assert sum(one["right"] for one in case.affected) == 1
    for card in case.evidence.values():
        assert {*card.supports, *card.against} <= owners
        assert not set(card.supports) & set(card.against)
        assert "{" not in card.text
    assert sum(card.misleads for card in case.evidence.values()) == 2
    assert any(card.samples and case.owner in card.supports for card in case.evidence.values())


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_told_in_british_english_and_labelled_as_made_up(slug):
    case = incident(slug)
    told = " ".join(
        [case.story, case.running, case.lesson, *(c.text for c in case.evidence.values())]
    )
    american = r"\b(?:behavior|color|favor)\w*|\b\w{3,}iz(?:e|es|ed|ing)\b"
    assert re.findall(american, told.lower()) == []
    assert "made up" in case.place
    assert blocks(after(switch(slug)))["cost"]["caption"].startswith("SIMULATED.")


def test_the_numbers_in_the_evidence_come_from_the_system():
    (log,) = DOSE.evidence["rail-log"].samples
    assert (log.k, log.n) == (round(30 * 0.7580363), 30)  # Phi(0.7): alarm 0.3, list 2.4, bar 2
    assert "23 were stopped" in DOSE.evidence["rail-log"].text
    as_orders, as_data = LETTER.evidence["replay"].samples
    assert (as_orders.k, as_data.k) == (22, 1)


# What is kept -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action",
    [
        BUILD,
        RUN,
        choose("owner", "nobody"),
        choose("owner", "rail", "titanic"),
        write("poem", "Ode"),
        write("known", "x" * 701),
        {"type": "open", "value": "crystal-ball"},
        {"type": "step", "value": "win"},
        {"type": "solve"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(action):
    with pytest.raises(UsageError):
        update(initial(), action)


def test_the_two_incidents_are_kept_apart():
    state = after(OPEN_LOG, write("known", "Ours"), switch("letter"), write("known", "B", "letter"))
    assert read(state, "dose").memo == {"known": "Ours"}
    assert read(state, "letter").memo == {"known": "B"}
    assert read(state, "letter").opened == ()


def test_changing_the_test_takes_its_verdicts_away():
    state = after(*GOOD, go_to("test"))
    assert "verdicts" in blocks(state)
    changed = after(choose("test-runs", "1"), state=state)
    assert "untested" in blocks(changed)


DAMAGED = [
    {}, {"incident": "titanic", "step": 7, "work": []}, {"work": {"dose": {"opened": "rail-log"}}},
    {"work": {"dose": {"fix": "prayer", "log": [{"minutes": "many"}, 3, {"fix": "pin"}]}}},
    {"work": {"dose": {"test": {"runs": 7, "kind": "poem"}, "ran": -3, "memo": {"known": 5}}}},
    {"work": {"dose": {"ran": True, "marked": "yes", "judged": {"reader": "9"}, "log": None}}},
]  # fmt: skip


@pytest.mark.parametrize("state", DAMAGED)
@pytest.mark.parametrize("step", ["look", "triage", "mend", "test", "memo"])
def test_a_damaged_or_older_state_shows_something_sensible(state, step):
    answer = host.apply(LAB, {**state, "step": step}, None)
    assert answer.problem == ""
    assert answer.view["sections"][0]["title"] == "Incident A"
    assert host.apply(LAB, state, OPEN_LOG).problem == ""


NAMES = [(slug, name, value) for slug in SLUGS
         for name, values in options(incident(slug)).items() for value in values]  # fmt: skip
ACTIONS = st.one_of(
    st.builds(lambda one: choose(one[1], one[2], one[0]), st.sampled_from(NAMES)),
    st.builds(lambda slug: {"type": "open", "value": slug}, st.sampled_from(list(DOSE.evidence))),
    st.builds(write, st.sampled_from(["known", "number"]), st.text(max_size=60)),
    st.sampled_from([BUILD, RUN, MARK, go_to("test"), go_to("memo"), switch("letter")]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ACTIONS, max_size=20))
def test_any_actions_leave_a_state_that_can_be_shown_saved_and_repeated(actions):
    state = initial()
    for action in actions:
        before = copy.deepcopy(state)
        answer = host.apply(LAB, state, action)
        assert state == before
        assert answer == host.apply(LAB, before, action)
        assert answer.view is not None
        state = answer.state
    assert json.loads(json.dumps(state)) == state
    ids = [block.id for section in view(state).sections for block in section.blocks]
    assert len(set(ids)) == len(ids)
