"""Calibration and mastery: hand-worked cases, and the page's rules agree with Python's."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.bank.mastery import MASTERY, Event, judge, known
from proxygap.simulations._calibration import Statement, calibrate
from tests.front_end import bundled, run

HERE = Path(__file__).parent
FILE = HERE / "keeping_cases.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))


def flat(found):
    """Return a calibration as the case file writes it."""
    if found is None:
        return None
    return {**found._asdict(), "levels": [list(level) for level in found.levels]}


def close(expected):
    if not isinstance(expected, dict):
        return expected
    return {name: [pytest.approx(level) for level in value] if name == "levels"
            else pytest.approx(value) for name, value in expected.items()}  # fmt: skip


@pytest.mark.parametrize("case", CASES["calibration"], ids=lambda case: case["name"])
def test_python_calibrates_the_case(case):
    found = calibrate([Statement(*one) for one in case["statements"]])
    assert flat(found) == close(case["expected"])


@pytest.mark.parametrize("case", CASES["mastery"], ids=lambda case: case["name"])
def test_python_judges_the_case(case):
    credit = known([Event(*one) for one in case["events"]])
    found = judge(case["items"], credit, case.get("enough"))
    assert found._asdict() == close(case["expected"])


def test_the_page_says_the_same_to_every_case(tmp_path):
    modules = [bundled(f"progress/{name}.ts", tmp_path) for name in ("calibration", "mastery")]
    said = run(HERE / "run_keeping.mjs", *modules, FILE)
    for case, found in zip(CASES["calibration"], said["calibration"], strict=True):
        if found is not None:
            found["levels"] = [[level["confidence"], level["made"], level["hits"]]
                               for level in found["levels"]]  # fmt: skip
        assert found == close(case["expected"]), case["name"]
    for case, found in zip(CASES["mastery"], said["mastery"], strict=True):
        assert found == close(case["expected"]), case["name"]


statements = st.lists(st.builds(Statement, st.floats(0, 100), st.booleans()), min_size=1)


@given(statements)
def test_a_brier_score_lies_between_0_and_1_and_the_levels_hold_everything(stated):
    found = calibrate(stated)
    assert 0 <= found.brier <= 1
    assert sum(level.made for level in found.levels) == found.made == len(stated)
    assert sum(level.hits for level in found.levels) == found.hits


@given(st.integers(0, 20), st.integers(1, 20))
def test_whoever_says_the_true_share_every_time_can_do_no_better_with_one_number(right, wrong):
    share = 100 * right / (right + wrong)

    def brier(confidence):
        stated = [Statement(confidence, True)] * right + [Statement(confidence, False)] * wrong
        return calibrate(stated).brier

    assert all(brier(share) <= brier(other) + 1e-12 for other in range(0, 101, 5))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_mastery_is_a_share_and_more_credit_never_takes_it_away(credits_):
    items = [str(number) for number in range(len(credits_))]
    found = judge(items, dict(zip(items, credits_, strict=True)))
    assert 0 <= found.share <= 1
    assert found.mastered == (found.share >= MASTERY - 1e-9)
    better = judge(items, dict.fromkeys(items, 1.0))
    assert better.mastered
    assert better.share >= found.share
