"""Write the reward: solved honestly, gamed, and written in Python."""

import pytest

from proxygap.labs.write_the_reward.lab import LAB, initial, view
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
    rows,
    sections,
    told,
    work,
    write,
)

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


def test_the_finding_is_what_the_lab_shows():
    assert LAB.finding.endswith("does not.")
    backward = after(put("arrow_backward", -3), TRAIN)
    undone = after(put("arrow_undone", -3), TRAIN)
    assert work(backward)["attempts"][-1]["hidden"][0] < 15
    assert work(undone)["attempts"][-1]["hidden"][0] > 90
