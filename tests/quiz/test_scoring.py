"""The Python scorer and the page's scorer agree with hand-worked cases, and with each other."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.quiz.loader import load_file
from proxygap.quiz.rules import rule_of
from proxygap.quiz.scoring import score
from proxygap.quiz.text import normalise, parse_number
from tests.front_end import bundled, run
from tests.quiz.builders import item, option, quiz_file

HERE = Path(__file__).parent
CASES = json.loads((HERE / "scoring_cases.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page_scorer(tmp_path_factory):
    """Return a function that scores cases with web/src/quiz/scoring.ts."""
    folder = tmp_path_factory.mktemp("scorer")
    scorer = bundled("quiz/scoring.ts", folder)

    def score_all(cases):
        given_cases = folder / "cases.json"
        given_cases.write_text(json.dumps(cases), encoding="utf-8")
        return run(HERE / "run_scorer.mjs", scorer, given_cases)

    return score_all


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_python_scores_the_case(case):
    scored = score(case["rule"], case["response"])
    assert scored.outcome == case["outcome"]
    assert scored.credit == pytest.approx(case["credit"])
    assert list(scored.notes) == case["notes"]


def test_the_page_scores_every_case_like_python(page_scorer):
    expected = [score(case["rule"], case["response"])._asdict() for case in CASES]
    assert page_scorer(CASES) == json.loads(json.dumps(expected))


def typed_things():
    """Text that comes close to numbers and phrases, where two parsers could disagree."""
    alphabet = "0123456789.,-+−eE %  \u00a0\u202f_/'’“”ßİçÉx"
    return st.text(st.sampled_from(alphabet), max_size=9)


def test_the_page_reads_what_is_typed_like_python(page_scorer):
    seen = []

    @given(typed_things())
    def collect(text):
        seen.append(text)

    collect()
    rules = [case["rule"] for case in CASES if case["rule"]["type"] in ("number", "text")]
    cases = [{"rule": rule, "response": text} for text in seen for rule in (rules[0], rules[-1])]
    expected = [score(case["rule"], case["response"])._asdict() for case in cases]
    assert page_scorer(cases) == json.loads(json.dumps(expected))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_written_out_is_read_back(number):
    assert parse_number(f"{number:.6f}") == pytest.approx(float(f"{number:.6f}"))


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("tolerance", "inside", "outside"),
    [
        ({"abs": 0}, ["2", "2.0"], ["2.001"]),
        ({"abs": 0.1}, ["1.9", "2.1"], ["1.89", "2.11"]),
        ({"rel": 0.05}, ["1.9", "2.1"], ["1.89", "2.11"]),
        ({"decimals": 1}, ["1.95", "2.04"], ["1.94", "2.06"]),
    ],
)
def test_each_tolerance_means_what_it_says(tmp_path, tolerance, inside, outside):
    answer = {"value": 2, "feedback": "Yes.", **tolerance}
    rule = rule_of(load_file(quiz_file(tmp_path, item("number", answer=answer))).items[0])
    assert {score(rule, text).outcome for text in inside} == {"correct"}
    assert {score(rule, text).outcome for text in outside} == {"wrong"}


def test_a_relative_tolerance_works_below_zero(tmp_path):
    answer = {"value": -100, "rel": 0.1, "feedback": "Yes."}
    rule = rule_of(load_file(quiz_file(tmp_path, item("number", answer=answer))).items[0])
    assert [score(rule, t).outcome for t in ("-90", "-110", "-89")] == [
        "correct", "correct", "wrong",
    ]  # fmt: skip


def test_a_second_best_option_earns_half(tmp_path):
    options = [
        option("yes", correct=True),
        option("mostly", second_best=True),
        option("no"),
    ]
    rule = rule_of(load_file(quiz_file(tmp_path, item(options=options))).items[0])
    credits_ = [score(rule, name).credit for name in rule["credit"]]
    assert credits_ == [1, 0.5, 0]


def test_options_keep_their_names_when_they_are_reordered(tmp_path):
    options = item()["options"]
    before = rule_of(load_file(quiz_file(tmp_path, item(options=options))).items[0])
    after = rule_of(load_file(quiz_file(tmp_path, item(options=options[::-1]))).items[0])
    assert before["credit"] == after["credit"]
