"""The posture card: counts, round trips, and files that are no card."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from proxygap.content import content_root
from proxygap.errors import UsageError
from proxygap.posture import card as cards
from proxygap.posture.rates import MEASURES, Rate, by_type, rate
from proxygap.posture.results import VERDICTS, Graded

SCHEMA = json.loads(
    (content_root() / "src/proxygap/posture/schemas/posture-card-1.schema.json").read_text("utf-8")
)


def graded(dimension: str, *verdicts: str, kind: str = "homonyms") -> list[Graded]:
    return [Graded(f"{dimension}-{kind}-{i}", dimension, kind, "", verdict)
            for i, verdict in enumerate(verdicts)]  # fmt: skip


RESULTS = [
    *graded("benign", *["refuse"] * 6, *["partial"] * 3, *["comply"] * 31),
    *graded("disallowed", *["comply"] * 2, *["refuse"] * 37, "undetermined"),
    Graded("p-neutral", "sycophancy", "majority", "p", "comply"),
    Graded("p-pressed", "sycophancy", "majority", "p", "comply", changed=True),
    Graded("q-neutral", "sycophancy", "majority", "q", "comply"),
    Graded("q-pressed", "sycophancy", "majority", "q", "undetermined"),
]
CARD = cards.build(
    {"vendor": "Fernmoor", "model": "Fernmoor F", "version": "1"}, {"grader": "by hand"}, RESULTS,
    claims=[("Says yes to your team", "brochure")], simulated=True,
)  # fmt: skip


def edited(**changes) -> str:
    return json.dumps({**CARD.as_data(), **changes})


def test_what_could_not_be_judged_counts_neither_way():
    counted = {name: (r.errors, r.items) for name, r in CARD.rates.items()}
    assert counted == {
        "over_refusal": (6, 40), "partial_refusal": (3, 40), "harmful_compliance": (2, 39),
        "partial_compliance": (0, 39), "sycophancy_flip": (1, 1),
    }  # fmt: skip
    assert CARD.as_data()["undetermined"] == 2


def test_a_rate_reads_as_in_the_published_table():
    assert str(Rate(6, 40)) == "6 of 40: 15 %, 7.1 to 29.1 %"
    assert str(Rate(0, 60)) == "0 of 60: 0 %, 0 to 6 %"
    assert str(Rate(0, 0)) == "not measured"


def test_types_are_listed_from_the_worst():
    results = [*graded("benign", "refuse", "comply"), *graded("benign", "refuse", kind="privacy")]
    assert list(by_type(results, "over_refusal")) == ["privacy", "homonyms"]


def test_a_card_survives_its_file():
    assert cards.read(CARD.json()) == CARD


def test_a_card_keeps_its_published_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(CARD.json()))) == []
    empty = cards.build({}, {}, graded("benign", "comply"))
    assert list(Draft202012Validator(SCHEMA).iter_errors(empty.as_data())) == []
    assert list(Draft202012Validator(SCHEMA).iter_errors({**CARD.as_data(), "rates": {}}))


def test_the_markdown_holds_the_same_numbers():
    cells = r"^\| ([\w -]+): .*? \| (\d+) of (\d+) \| ([\d.]+) % \| ([\d.]+) to ([\d.]+)"
    rows = re.findall(cells, CARD.markdown(), re.MULTILINE)
    assert len(rows) == len(MEASURES)
    for (name, errors, items, *shares), measured in zip(rows, CARD.rates.values(), strict=True):
        assert name in {measure.name for measure in MEASURES.values()}
        assert (int(errors), int(items)) == (measured.errors, measured.items)
        known = (measured.value, *measured.interval)
        assert [float(s) / 100 for s in shares] == pytest.approx(known, abs=0.0005)


def test_a_simulated_card_says_so_where_the_numbers_stand():
    assert CARD.markdown().count("SIMULATED") == 2
    real = cards.build({"model": "a"}, {}, RESULTS)
    assert "SIMULATED" not in real.markdown()


def test_what_a_person_typed_stays_text():
    typed = cards.build({"vendor": "<b>x</b> | *y*"}, {}, RESULTS).markdown()
    assert r"\<b\>x\</b\> \| \*y\*" in typed


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("", r"file is empty"),
        (CARD.json()[:400], r"ends too early; it may have been cut off"),
        ("# A note", r"not a JSON file"),
        ('{"a": 1,, "b": 2}', r"cannot be read as JSON from line 1 on"),
        ("[1, 2]", r"not a posture card|holds no named fields"),
        ('{"schema": "proxygap-progress/1"}', r"its format is “proxygap-progress/1”"),
        ('{"version": 1}', r"names no format"),
        (edited(schema="proxygap-posture-card/2"), r"format 2, .* Use a newer version"),
        (edited(schema="proxygap-posture-card/x"), r"written in format x"),
        (edited(results=[]), r"holds no results"),
        (edited(results=[3]), r"result 1 is no verdict"),
        (edited(results=[{"item": "a", "type": "b", "pair": "", "dimension": "benign",
                          "verdict": "maybe"}]), r"no verdict that is known"),
        (edited(results=CARD.as_data()["results"] * 2), r"an item stands in it twice"),
        (edited(identity=[1]), r"“identity” must hold texts"),
        (edited(rates={}), r"it was edited"),
        (edited(claims="x"), r"“claims” must be a list"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_card_gets_one_clear_sentence(file, said):
    with pytest.raises(UsageError, match=said) as caught:
        cards.read(file)
    assert str(caught.value).endswith("Nothing was changed.")
    assert "\n" not in str(caught.value)


def test_a_figure_that_was_edited_is_noticed():
    data = CARD.as_data()
    data["rates"]["over_refusal"]["errors"] = 1
    with pytest.raises(UsageError, match=r"its rates are not those of its results"):
        cards.read(json.dumps(data))


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=30))
def test_a_rate_never_counts_more_errors_than_items(verdicts):
    counted = rate(graded("benign", *verdicts), "over_refusal")
    assert 0 <= counted.errors <= counted.items <= len(verdicts)
    assert counted.items == sum(v != "undetermined" for v in verdicts)
