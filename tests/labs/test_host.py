"""The host: JSON in, JSON out, and nothing that a learner or a page sends is a crash."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.labs import discover, get
from proxygap.labs.host import RESET, apply, prepare, start, step

LAB = get("write-the-reward")
FIRST = start(LAB)


def ask(**request: object) -> dict:
    return json.loads(step(json.dumps({"slug": LAB.slug, "state": FIRST.state, **request})))


@pytest.mark.parametrize("lab", discover().values(), ids=lambda lab: lab.slug)
def test_the_first_view_of_each_lab_can_be_sent(lab):
    first = start(lab)
    assert json.loads(json.dumps(first.view, allow_nan=False)) == first.view
    assert first.problem == ""


@pytest.mark.parametrize("lab", discover().values(), ids=lambda lab: lab.slug)
def test_getting_ready_changes_nothing_that_is_seen(lab):
    before = start(lab)
    assert prepare(json.dumps({"slug": lab.slug})) == "{}"
    assert start(lab) == before


def test_an_action_leads_to_the_state_and_view_that_the_reducer_gives():
    action = {"type": "set", "id": "bump", "value": "-2"}
    answer = ask(action=action)
    expected = LAB.update(FIRST.state, action)
    assert answer == {
        "state": expected, "view": LAB.view(expected).as_data(), "problem": "",
    }  # fmt: skip


def test_no_action_shows_the_state_as_it_is():
    assert ask(action=None) == {"state": FIRST.state, "view": FIRST.view, "problem": ""}


def test_a_reset_leads_back_to_the_start():
    changed = apply(LAB, FIRST.state, {"type": "set", "id": "bump", "value": "-2"}).state
    assert ask(state=changed, action=RESET)["state"] == FIRST.state


def test_a_refused_action_leaves_the_state_and_says_why():
    answer = ask(action={"type": "trian"})
    assert answer["state"] == FIRST.state
    assert answer["view"] == FIRST.view
    assert answer["problem"] == (
        "This lab knows no action 'trian'. Did you mean 'train'? "
        "Known: world, mode, set, write, guess, train, show, layout, reuse, hint, test-mode, "
        "alarm, alarm-number, test-write, test."
    )


@pytest.mark.parametrize("action", ["train", 3, ["train"], True])
def test_an_action_is_an_object(action):
    assert ask(action=action)["problem"] == f"An action is an object with a type; got {action!r}."


def test_an_unknown_lab_is_named_and_the_state_comes_back():
    answer = ask(slug="write-a-reward")
    assert answer["state"] == FIRST.state
    assert answer["problem"].startswith(
        "Unknown lab 'write-a-reward'. Did you mean 'write-the-reward'?"
    )


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        '{"slug": "x"}',
        "[" * 100_000,
        '{"slug": "write-the-reward", "state": 1e999, "action": 1}',
    ],
)
def test_a_payload_that_is_no_request_gets_a_sentence(payload):
    answer = json.loads(step(payload))
    assert answer["view"] is None
    assert answer["problem"] == "A lab is asked with JSON: slug, state and action."


@pytest.mark.parametrize(
    "damage",
    [
        {"attempts": []},
        {"attempts": [{}]},
        {"fields": {}},
        {"fields": None},
        {"shown": 7},
        {"shown": "0"},
        {"hints": "many"},
        {"layout": 9},
        {"test": {}},
    ],
)
@pytest.mark.parametrize("action", [None, {"type": "guess", "value": "races"}])
def test_a_damaged_state_is_handed_back_untouched(damage, action):
    work = {"boat": {**FIRST.state["work"]["boat"], **damage}}
    damaged = {**FIRST.state, "work": work}
    answer = ask(state=damaged, action=action)
    assert answer["state"] == damaged
    assert answer["view"] is None
    assert "press “Start again”" in answer["problem"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(deadline=None)
@given(JSON, JSON)
def test_no_json_whatsoever_makes_it_raise(state, action):
    answer = ask(state=state, action=action)
    assert set(answer) == {"state", "view", "problem"}
    assert answer["state"] == state or action == RESET
