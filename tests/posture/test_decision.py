"""The decision record: rules, costs, and whether the reasons hang together, whoever was chosen."""

import json
import re
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from proxygap.content import content_root
from proxygap.posture.decision import Record, as_data, as_json, check
from proxygap.posture.decision_pages import as_markdown
from proxygap.posture.options import Option, Rules, cheapest, judge, sensitivity
from proxygap.posture.rates import Rate
from proxygap.simulations._expected_cost import Estimate, Workload

SCHEMA = json.loads(
    (content_root() / "src/proxygap/posture/schemas/decision-record-1.schema.json").read_text(
        "utf-8"
    )
)
CAUTIOUS = Option("c", "Cautious", Rate(45, 100), Rate(2, 100), ("US",))
BALANCED = Option("b", "Balanced", Rate(12, 100), Rate(6, 100), ("EU", "US"))
OBLIGING = Option("o", "Obliging", Rate(3, 100), Rate(35, 100), ("EU",))
SYSTEM = replace(BALANCED, slug="s", name="With rail and review", over_refusal=Rate(14, 100),
                 harmful=Rate(1, 100), review=True, fixed=0.05, reviewing=4.0)  # fmt: skip
PEOPLE = Option("none", "No AI", None, None, fixed=9.0)
OPTIONS = (CAUTIOUS, BALANCED, OBLIGING, SYSTEM, PEOPLE)
REGULATED, CREATIVE = Workload(0.02, 3, 5000), Workload(0.002, 8, 200)
ANYTHING, STRICT = Rules(1.0, "", False), Rules(0.10, "EU", True)


def record(**changes) -> Record:
    sound = Record(
        "Clinic", "Intake.", "patients", STRICT, True, REGULATED, OPTIONS, "s",
        SYSTEM.cost(REGULATED), ("schedule", "version"), "It keeps every rule and costs least.",
        "The nurses.", "head of intake", ("100 items",),
    )  # fmt: skip
    return replace(sound, **changes)


def open_points(**changes) -> set[str]:
    return {one.criterion for one in check(record(**changes)) if not one.met}


# Constraints and costs ----------------------------------------------------------------------


def test_the_worked_numbers_of_1000_requests():
    told = [round(one.cost(REGULATED).value) for one in OPTIONS[:3]]
    assert told == [3323, 6353, 35088]
    assert [round(one.cost(CREATIVE).value) for one in OPTIONS[:3]] == [3601, 982, 380]


def test_review_and_rail_by_hand():
    # 0.98·0.14·(4 + 0.1·3) + 0.02·0.01·5000 + 0.02·0.99·4 + 0.05 a request.
    assert SYSTEM.cost(REGULATED).value == pytest.approx(1000 * (0.58996 + 1.0 + 0.0792 + 0.05))


def test_without_rules_the_cheapest_vendor_changes_with_the_work():
    vendors = OPTIONS[:3]
    assert cheapest(vendors, ANYTHING, REGULATED) == CAUTIOUS
    assert cheapest(vendors, ANYTHING, CREATIVE) == OBLIGING
    assert cheapest(vendors, ANYTHING, REGULATED._replace(refusal=200)) == BALANCED


def test_balanced_with_a_rail_and_review_beats_the_most_cautious():
    assert cheapest(OPTIONS, ANYTHING, REGULATED) == SYSTEM
    assert cheapest(OPTIONS, ANYTHING, CREATIVE) == OBLIGING


def test_the_limit_is_held_against_the_upper_end_of_the_interval():
    # 6 of 100 is 6 %, and may be up to 12.5 %.
    found = judge(BALANCED, Rules(0.10, "", False))
    assert not found.limit
    assert found.reasons == ("harmful compliance may be up to 12.5 %, above 10 %",)
    assert judge(BALANCED, Rules(0.125, "", False)).limit


def test_doing_without_a_model_keeps_every_rule_and_has_no_interval():
    assert judge(PEOPLE, Rules(0.0, "EU", True)).passes
    assert PEOPLE.cost(REGULATED) == Estimate(9000, 9000, 9000)


def test_a_rule_of_place_and_of_review_each_put_an_option_out():
    found = judge(CAUTIOUS, STRICT)
    assert found.reasons == ("keeps data in US only", "no human review")


def test_sensitivity_moves_one_assumption_at_a_time_and_says_what_changes():
    vendors = (CAUTIOUS, BALANCED)
    moved = sensitivity(vendors, ANYTHING, Workload(0.006, 3, 5000))
    assert len(moved) == 6
    # Break-even is 0.49 % of requests: half of 0.6 % lies below it, and so do the ratios.
    changed = {one.what for one in moved if one.changes}
    assert changed == {
        "share of harmful requests, −50 %", "cost of a wrong refusal, +50 %",
        "cost of a harmful answer, −50 %",
    }  # fmt: skip


# Reasons ------------------------------------------------------------------------------------


def test_a_sound_decision_leaves_nothing_open():
    assert open_points() == set()


@pytest.mark.parametrize("chosen", OPTIONS, ids=lambda one: one.slug)
def test_any_option_can_be_chosen_for_good_reasons(chosen):
    cost = chosen.cost(REGULATED)
    assert open_points(rules=ANYTHING, chosen=chosen.slug, quoted=cost) == set()


@pytest.mark.parametrize(
    ("changes", "criterion"),
    [
        ({"chosen": "o", "quoted": OBLIGING.cost(REGULATED)}, "Your rules"),
        ({"before": False}, "Rules first"),
        ({"quoted": Estimate(*(2 * x for x in SYSTEM.cost(REGULATED)))}, "Cost"),
        ({"quoted": SYSTEM.cost(REGULATED)._replace(high=2000.0)}, "Interval"),
        ({"chosen": "none", "quoted": PEOPLE.cost(REGULATED), "reason": ""}, "Alternatives"),
        ({"triggers": ("version", "incident")}, "Re-test"),
        ({"triggers": ()}, "Re-test"),
        ({"owner": "  "}, "Owner"),
    ],
)
def test_each_gap_in_the_reasoning_is_named(changes, criterion):
    assert criterion in open_points(**changes)


def test_an_order_that_an_assumption_would_turn_wants_a_reason():
    close = {"rules": ANYTHING, "options": (CAUTIOUS, BALANCED), "chosen": "b",
             "work": Workload(0.004, 3, 5000)}  # fmt: skip
    cost = BALANCED.cost(close["work"])
    assert open_points(**close, quoted=cost, reason="cheap") == {"Sensitivity"}
    assert open_points(**close, quoted=cost) == set()


def test_a_rounded_quotation_is_right_and_a_cost_without_interval_is_not():
    cost = SYSTEM.cost(REGULATED)
    rounded = Estimate(*(round(number) for number in cost))
    assert open_points(quoted=rounded) == set()
    assert open_points(quoted=None) == {"Cost", "Interval"}


def test_without_a_decision_only_that_is_asked_for():
    assert [one.criterion for one in check(record(chosen=""))] == ["A decision"]


# Files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"chosen": "", "quoted": None}, {"triggers": ()}])
def test_a_record_keeps_its_published_schema(changes):
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(as_json(record(**changes)))
    assert list(Draft202012Validator(SCHEMA).iter_errors(data)) == []


def test_the_schema_refuses_what_is_no_record():
    data = as_data(record())
    for broken in ({**data, "work": {}}, {**data, "schema": "proxygap-posture-card/1"}):
        assert list(Draft202012Validator(SCHEMA).iter_errors(broken))


def test_the_markdown_holds_the_same_numbers():
    text = as_markdown([record()])
    costs = re.findall(r"^\| ([\w ,]+) \| .*? \| ([\d,]+)(?: \(([\d,]+) to ([\d,]+)\))? \|$", text,
                       re.MULTILINE)  # fmt: skip
    told = {name: [int(n.replace(",", "")) for n in numbers if n] for name, *numbers in costs}
    for option in OPTIONS:
        cost = option.cost(REGULATED)
        known = [cost.value] if option is PEOPLE else list(cost)
        assert told[option.name] == [round(number) for number in known]
    assert text.count("SIMULATED") == 2
    assert "Signed for the business: ____" in text


def test_what_was_typed_stays_text_in_markdown():
    text = as_markdown([record(reason="<script>x</script> | **b**\n# no heading")])
    assert r"\<script\>x\</script\> \| \*\*b\*\* \# no heading" in text
