"""Posture picker, played in Python: what holds in every step and in any state."""

import copy
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs import get, host
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.actions import HANDLERS
from proxygap.labs.posture_picker.briefs import briefs
from proxygap.labs.posture_picker.lab import LAB, update, view
from tests.labs.picker_moves import (
    CHECK,
    COMPARE,
    RETEST,
    WRITE_DOWN,
    after,
    blocks,
    go,
    labelled,
    slide,
    sound,
    texts,
)


def everywhere() -> list[dict]:
    guesses = [{"type": "guess", "id": name, "value": "none"} for name in w.predicted()]
    state = after(*guesses, COMPARE, RETEST, state={**sound(), "labels": labelled()["labels"]})
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


CAPTION = {"table": "caption", "intervals": "title", "sheet": "note"}


def caption(block: dict) -> str:
    """Return the words that stand over a table, a chart or a sheet."""
    return block["view"]["title"] if block["kind"] == "chart" else block[CAPTION[block["kind"]]]


@pytest.mark.parametrize("state", everywhere(), ids=list(w.STEPS))
def test_every_table_chart_and_sheet_is_labelled_as_simulated(state):
    shown = [one for one in blocks(state).values() if one["kind"] in {*CAPTION, "chart"}]
    assert shown
    assert [one["id"] for one in shown if "SIMULATED" not in caption(one)] == []


def test_what_the_vendors_claim_is_labelled_as_simulated_before_anything_is_measured():
    assert view(w.initial()).sections[1].title == "Three vendors (SIMULATED)"
    assert "SIMULATED" in LAB.task


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
