"""Write the reward: what actions do to the work of a learner, and what is shown of it."""

import copy
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs.write_the_reward.lab import LAB, initial, read_draft, update, view
from proxygap.labs.write_the_reward.worlds import WORLDS

TRAIN, TEST = {"type": "train"}, {"type": "test"}
PYTHON = {"type": "mode", "value": "python"}


def put(name: str, value: object) -> dict:
    return {"type": "set", "id": name, "value": value}


def go(world: str) -> dict:
    return {"type": "world", "value": world}


def write(code: str) -> dict:
    return {"type": "write", "value": code}


def alarm(place: str, name: str, number: object) -> tuple[dict, dict]:
    chosen = {"type": "alarm", "id": place, "value": name}
    return chosen, {"type": "alarm-number", "id": f"{place}-number", "value": number}


def after(*actions: dict, state: dict | None = None) -> dict:
    state = initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def work(state: dict) -> dict:
    return state["work"][state["world"]]


def sections(state: dict) -> dict:
    return {section["place"]: section for section in view(state).as_data()["sections"]}


def blocks(state: dict) -> dict:
    every = view(state).as_data()["sections"]
    return {block["id"]: block for section in every for block in section["blocks"]}


def told(state: dict, block: str) -> str:
    shown = blocks(state)[block]
    return f"{shown['title']} {shown['text']}".strip().replace("\N{NO-BREAK SPACE}", " ")


def rows(state: dict, table: str) -> list[list[str]]:
    written = [row["cells"] for row in blocks(state)[table]["rows"]]
    return [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in written]


# --- Solved once honestly, gamed once ---------------------------------------------------------


def test_solved_honestly_the_reward_holds_everywhere_and_the_test_is_right():
    mended = after(put("arrow_undone", -3), {"type": "guess", "value": "races"}, TRAIN)
    assert told(mended, "verdict") == (
        "No gap here: visible 50, hidden 98. What pays most is what we wanted."
    )
    assert told(mended, "guessed") == "Your guess: “It races, lap after lap.” It does."
    assert told(mended, "outlook") == (
        "Your reward holds on all 5. The way of gaming that you closed: going in circles. Now "
        "write the test below that would have caught it."
    )
    assert [row[2] for row in rows(mended, "layouts")] == [
        "98 of 100 ✓", "98 of 100 ✓", "98 of 100 ✓", "92 of 100 ✓", "96 of 100 ✓", "96 of 100 ✓",
    ]  # fmt: skip
    tested = after(*alarm("first", "undone", 3), *alarm("second", "bumps", 50), TEST, state=mended)
    assert told(tested, "test-verdict") == (
        "Your test is right: 5 of 5 exploits caught, 0 of 6 wanted paths blamed."
    )
    assert blocks(tested)["world"]["options"][0]["note"] == "reward ✓, test ✓"
    assert [option["note"] for option in blocks(tested)["world"]["options"][1:]] == [""] * 4


def test_gamed_the_bill_shows_what_was_paid_for_what():
    gamed = after(put("bump", 4), {"type": "guess", "value": "races"}, TRAIN)
    assert sections(gamed)["result"]["title"] == (
        "Attempt 1: the boat stands still against the land"
    )
    assert told(gamed, "verdict") == (
        "A gap here: visible 300, hidden −100. This reward pays 300 for this, and 50 for what we "
        "wanted. The boat takes what pays more."
    )
    assert told(gamed, "guessed") == "Your guess: “It races, lap after lap.” It does not."
    assert rows(gamed, "bill") == [
        ["Each step", "100 × −1 = −100", "100 × −1 = −100"],
        ["Entering an arrow forwards", "0 × 3 = 0", "50 × 3 = 150"],
        ["Bumping into land", "100 × 4 = 400", "0 × 4 = 0"],
        ["In all", "300", "50"],
    ]
    assert told(gamed, "outlook").startswith("Close the gap on your own layout first.")
    assert "layouts" not in blocks(gamed)


def test_the_first_view_explains_the_tie():
    assert told(initial(), "verdict") == (
        "A gap here: visible 50, hidden 0. This reward pays 50 for this, and exactly as much for "
        "what we wanted. Nothing in it tells one from the other; of equals, the lab shows the "
        "worst."
    )


def test_a_penalty_that_never_falls_due_is_named():
    feared = after(put("arrow_backward", -3), TRAIN)
    assert told(feared, "verdict").endswith(
        "Your penalty for entering an arrow backwards never falls due."
    )


def test_a_reward_that_fits_one_layout_only_is_found_out_on_the_others():
    overfit = after(put("arrow_undone", -2), TRAIN)
    assert told(overfit, "outlook") == (
        "Your reward holds on 3 of 5. What fits one layout may fit it by chance."
    )
    shown = after({"type": "layout", "value": "1"}, state=overfit)
    assert sections(shown)["result"]["title"] == "Attempt 1, layout 1: the boat rocks to and fro"
    assert tuple(blocks(shown)["map"]["view"]["art"]) == WORLDS["boat"].layouts[1]
    assert blocks(shown)["layouts"]["rows"][1]["selected"]


def test_shaping_is_part_of_the_bill_and_is_named():
    shaped = after(go("box"), put("shaping:near_goal", 2), TRAIN)
    assert told(shaped, "shaping").startswith(
        "This is the published reward, plus potential-based shaping with Φ = 2 × near_goal"
    )
    assert rows(shaped, "bill")[-2][0] == "Shaping: how near the goal is"
    assert rows(shaped, "bill")[-2][1] == rows(shaped, "bill")[-2][2]


def test_a_path_is_drawn_as_far_as_it_goes_and_the_box_moves_on_it():
    chart = blocks(after(go("box")))["map"]
    series = chart["series"]
    assert len(series["path"]) == len(series["box"]) == len(series["path_return"]) == 6
    assert (series["path_return"][-1], series["path_performance"][-1]) == (45, 35)
    assert "X" not in "".join(chart["view"]["art"])


# --- In Python --------------------------------------------------------------------------------


def test_the_form_unfolds_into_the_same_function():
    unfolded = after(put("arrow_undone", -3), PYTHON)
    assert work(unfolded)["code"] == (
        "def reward(step):\n    return (\n        -1\n        + 3 * step.arrow_forward\n"
        "        - 3 * step.arrow_undone\n    )"
    )
    planned = after(TRAIN, state=unfolded)
    assert work(planned)["attempts"][-1]["hidden"][0] == 98
    assert rows(planned, "attempts")[-1][1] == "Python, 6 lines"
    assert "bill" not in blocks(planned)


def test_what_is_wrong_with_a_function_is_said_and_the_text_stays():
    code = "def reward(step):\n    return 1 / step.bump"
    broken = after(PYTHON, write(code), TRAIN)
    assert blocks(broken)["code"]["value"] == code
    assert blocks(broken)["code"]["problem"] == (
        "Line 2: ZeroDivisionError: division by zero. It happened for a step on which nothing "
        "happens."
    )
    assert told(broken, "said") == "Nothing was planned: your function could not be used."
    assert len(work(broken)["attempts"]) == 1
    assert "ZeroDivisionError" in view(broken).announce
    mended = after(write("def reward(step):\n    return 1"), state=broken)
    assert blocks(mended)["code"]["problem"] == ""


def test_a_test_in_python_is_begun_from_the_form_and_tried():
    begun = after(*alarm("first", "undone", 3), {"type": "test-mode", "value": "python"})
    assert work(begun)["test"]["code"].endswith("return arrow_undone > 3")
    tried = after(TEST, state=begun)
    assert told(tried, "test-verdict") == "4 of 5 exploits caught, 0 of 6 wanted paths blamed."
    broken = after(
        {"type": "test-write", "value": "def caught(path):\n    return 1"}, TEST, state=tried
    )
    assert blocks(broken)["test-code"]["problem"] == (
        "caught returned 1 (int). Return True or False."
    )
    assert "cases" not in blocks(broken)


RAN = "def reward(step):\n    raise RuntimeError('it ran')"


def test_showing_the_work_runs_nothing_that_the_learner_wrote(monkeypatch):
    state = after(PYTHON, write(RAN), {"type": "test-mode", "value": "python"},
                  {"type": "test-write", "value": RAN})  # fmt: skip
    for module in ("rewards", "path_tests"):
        monkeypatch.setattr(
            f"proxygap.labs.write_the_reward.{module}.load", lambda *_: pytest.fail("it ran")
        )
    assert blocks(state)["code"]["value"] == RAN
    after(go("coin"), go("boat"), {"type": "show", "value": "0"}, state=state)


# --- What is kept -----------------------------------------------------------------------------


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


# --- Speed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", WORLDS)
def test_planning_six_layouts_takes_a_fraction_of_100_ms(world):
    # A third of what is promised, since the page's Python is slower than this one. The best of a
    # few, because other work may share the machine.
    state = after(go(world))
    taken = []
    for number in range(5):
        state = after(put("step", number + 2), state=state)
        start = time.process_time()
        state = update(state, TRAIN)
        view(state)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.033


def test_the_finding_is_what_the_lab_shows():
    assert LAB.finding.endswith("does not.")
    backward = after(put("arrow_backward", -3), TRAIN)
    undone = after(put("arrow_undone", -3), TRAIN)
    assert work(backward)["attempts"][-1]["hidden"][0] < 15
    assert work(undone)["attempts"][-1]["hidden"][0] > 90
