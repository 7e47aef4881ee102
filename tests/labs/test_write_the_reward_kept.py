"""Write the reward: what is kept of the work of a learner, and what is refused."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs.write_the_reward.lab import initial, read_draft, update, view
from proxygap.labs.write_the_reward.worlds import WORLDS
from tests.labs.reward_moves import (
    PYTHON,
    TEST,
    TRAIN,
    after,
    alarm,
    blocks,
    go,
    put,
    sections,
    told,
    work,
    write,
)


def test_what_is_no_number_is_kept_and_named_and_nothing_is_planned():
    state = after(put("bump", "lots"), put("step", " −2 "), TRAIN)
    assert work(state)["fields"]["bump"] == "lots"
    assert work(state)["fields"]["step"] == " −2 "
    assert len(work(state)["attempts"]) == 1
    assert blocks(state)["bump"]["problem"].startswith("“lots” is not a number.")
    assert told(state, "said") == "Nothing was planned. Please mend “Bumping into land” first."
    assert "said" not in blocks(after(put("bump", "1"), state=state))


def test_each_world_keeps_its_own_work():
    there = after(put("bump", 4), TRAIN, go("coin"), put("coin", 20), TRAIN)
    assert read_draft(there).reward.terms["coin"] == 20
    back = after(go("boat"), state=there)
    assert len(work(back)["attempts"]) == 2
    assert work(back)["fields"]["bump"] == "4"
    assert blocks(back)["world"]["options"][3]["note"] == "reward ✓"
    assert view(after(go("coin"), state=back)).announce == WORLDS["coin"].story


def test_each_attempt_keeps_its_guess_and_the_next_starts_without_one():
    state = after({"type": "guess", "value": "races"}, put("bump", 4), TRAIN, put("bump", 3), TRAIN)
    assert [one["guess"] for one in work(state)["attempts"]] == ["", "races", "skipped"]
    assert work(state)["guess"] == ""


def test_the_same_reward_is_shown_again_not_planned_again():
    state = after(put("bump", 4), TRAIN, put("bump", "0.0"), TRAIN)
    assert (len(work(state)["attempts"]), work(state)["shown"]) == (2, 0)
    assert state["said"].startswith("You have seen this")


def test_an_earlier_attempt_can_be_shown_and_taken_up_again():
    state = after(put("bump", 4), TRAIN, {"type": "show", "value": "0"})
    assert sections(state)["result"]["title"] == "As published: the boat rocks to and fro"
    assert "reuse" in blocks(state)
    state = after({"type": "reuse"}, state=state)
    assert work(state)["fields"]["bump"] == "0"
    assert "reuse" not in blocks(state)
    coded = after(PYTHON, write("def reward(step):\n    return 7"), TRAIN, state=state)
    formed = after({"type": "mode", "value": "form"}, write("lost?"), state=coded)
    again = after({"type": "reuse"}, state=formed)
    assert (work(again)["mode"], work(again)["code"]) == (
        "python", "def reward(step):\n    return 7",
    )  # fmt: skip


def test_hints_come_one_by_one():
    state = after({"type": "hint"})
    assert view(state).announce == WORLDS["boat"].hints[0]
    state = after(*[{"type": "hint"}] * 4, state=state)
    assert work(state)["hints"] == 3
    assert "hint-3" in blocks(state)
    assert "hint" not in blocks(state)


def test_a_changed_test_forgets_what_came_of_the_old_one():
    tried = after(*alarm("first", "bumps", 50), TEST)
    assert "cases" in blocks(tried)
    assert "cases" not in blocks(after(*alarm("first", "bumps", 40), state=tried))


def test_a_test_that_was_right_stays_solved_while_another_is_tried():
    right = after(go("parcels"), *alarm("first", "delivered", 5), TEST)
    other = after(*alarm("first", "delivered", 1), TEST, *alarm("first", "dumped", 0), TEST,
                  state=right)  # fmt: skip
    assert told(other, "test-verdict") == "3 of 5 exploits caught, 0 of 6 wanted paths blamed."
    assert blocks(other)["world"]["options"][-1]["note"] == "test ✓"


def test_a_test_without_a_condition_or_a_number_is_not_tried():
    said = "Nothing was tried. Choose when the alarm is to sound, and give a number."
    assert told(after(TEST), "test-said") == said
    state = after(*alarm("first", "bumps", "many"), TEST)
    assert told(state, "test-said") == said
    assert blocks(state)["first-number"]["problem"].startswith("“many” is not a number.")


def test_a_screen_reader_hears_what_changed():
    assert view(initial()).announce == ""
    heard = view(after(put("bump", 4), TRAIN)).announce
    assert heard.startswith(
        "Attempt 1: the boat stands still against the land. A gap here: visible 300, hidden −100. "
    )
    assert view(after(*alarm("first", "bumps", 50), TEST)).announce == (
        "1 of 5 exploits caught, 0 of 6 wanted paths blamed."
    )


@pytest.mark.parametrize(
    "action",
    [
        put("laps", 3),
        put("step", None),
        go("moon"),
        {"type": "guess", "value": "sinks"},
        {"type": "show", "value": "1"},
        {"type": "show", "value": 0},
        {"type": "layout", "value": "6"},
        {"type": "mode", "value": "rust"},
        write("x" * 4001),
        write(None),
        {"type": "alarm", "id": "third", "value": "bumps"},
        {"type": "alarm", "id": "first", "value": "door"},  # another world's
        {"type": "cheat"},
    ],
)
def test_what_makes_no_sense_is_refused(action):
    with pytest.raises(UsageError):
        update(initial(), action)


ACTIONS = st.one_of(
    st.builds(put, st.just("step"), st.sampled_from(["-3", "0", "2", "x", "1,5"])),
    st.builds(go, st.sampled_from(list(WORLDS))),
    st.builds(lambda v: {"type": "layout", "value": v}, st.sampled_from("012345")),
    st.builds(lambda v: {"type": "mode", "value": v}, st.sampled_from(["form", "python"])),
    st.builds(lambda v: {"type": "test-mode", "value": v}, st.sampled_from(["form", "python"])),
    st.sampled_from([{"type": "hint"}, {"type": "reuse"}, {"type": "show", "value": "0"}, TRAIN,
                     TEST, write("def reward(step):\n    return step.bump"), write("nonsense(")]),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(ACTIONS, max_size=8))
def test_the_same_actions_give_the_same_state_and_leave_the_old_one_alone(actions):
    state = initial()
    for action in actions:
        before = copy.deepcopy(state)
        following = update(state, action)
        assert state == before
        assert following == update(before, action)
        state = following
    assert json.loads(json.dumps(state)) == state
    assert view(json.loads(json.dumps(state))).as_data() == view(state).as_data()
