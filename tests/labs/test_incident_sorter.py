"""The incident sorter alone: what cards are worth, a round and its end, and what is kept."""

import copy
import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs import host
from proxygap.labs.incident_sorter import LAB, marks, state
from proxygap.labs.incident_sorter.actions import update
from proxygap.labs.incident_sorter.deck import PILES, beliefs
from proxygap.labs.incident_sorter.marks import Sorted
from proxygap.labs.incident_sorter.review import sureness
from tests.labs.sorter_moves import (
    CARDS,
    FROST,
    ROUND,
    STUCK,
    WRONG,
    after,
    blocks,
    choose,
    finished,
    place,
    put,
    sort,
    sure,
    titles,
    view,
)

KEYS = list(PILES)
AT = ROUND[0].id

# What sorted cards are worth ----------------------------------------------------------------

FOUR = [
    Sorted(FROST, "security", 90),  # right
    Sorted(FROST, "safety", 50),  # second best
    Sorted(STUCK, "security", 99),  # wrong: somebody did it
    Sorted(STUCK, "safety", 25),  # right
]


def test_the_second_best_pile_is_worth_half():
    assert [one.credit for one in FOUR] == [1, 0.5, 0, 1]
    assert marks.score(FOUR) == 2.5


def test_the_brier_score_is_the_one_worked_by_hand():
    # (0.1² + 0.5² + 0.99² + 0.75²) / 4: half a point for the second best is not half a truth.
    assert marks.brier(FOUR) == pytest.approx((0.01 + 0.25 + 0.9801 + 0.5625) / 4)
    assert marks.brier([Sorted(FROST, "ethics", 50), Sorted(FROST, "security", 50)]) == 0.25
    assert math.isnan(marks.brier([]))


def test_the_confusion_matrix_counts_keys_by_row_and_piles_by_column():
    assert marks.confusion(FOUR) == [[1, 0, 1, 0], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]]


def test_calibration_counts_the_cards_of_each_confidence():
    assert marks.calibration([*FOUR, Sorted(STUCK, "safety", 90)]) == [
        (25, 1, 1), (50, 1, 0), (90, 2, 2), (99, 1, 0),
    ]  # fmt: skip


def test_beliefs_are_listed_by_the_credit_that_they_cost():
    found = marks.costs([*FOUR, Sorted(FROST, "ethics", 75)])
    assert [(cost.belief, cost.points) for cost in found] == [
        ("damage-needs-an-enemy", 1), ("wrongdoing-is-ethics", 1), ("attack-is-accident", 0.5),
    ]  # fmt: skip


SORTED = st.builds(Sorted, st.sampled_from(list(CARDS.values())), st.sampled_from(KEYS),
                   st.sampled_from(list(marks.LEVELS)))  # fmt: skip


@given(st.lists(SORTED, min_size=1, max_size=60))
def test_marks_agree_with_one_another(done):
    counts = marks.confusion(done)
    right = sum(counts[i][i] for i in range(4))
    assert sum(map(sum, counts)) == len(done)
    assert sum(level.right for level in marks.calibration(done)) == right
    assert right <= marks.score(done) <= len(done)
    assert 0 < marks.brier(done) < 1
    lost = sum(cost.points for cost in marks.costs(done))
    assert lost == len(done) - marks.score(done)


# A round alone ------------------------------------------------------------------------------


def test_the_four_questions_stand_in_order_beside_every_card():
    now = LAB.initial()
    for card in ROUND:
        shown = blocks(now)["cards"]
        assert shown["card"] == card.id
        assert [rung["value"] for rung in shown["rungs"]] == [
            "security",
            "alignment",
            "safety",
            "ethics",
        ]
        now = after(*put(card.id, "safety"), of=now)


def test_a_card_wants_a_pile_and_a_confidence():
    card = ROUND[0].id
    assert blocks(after(sort(card)))["cards"]["said"].startswith("Choose a pile first")
    missing = after(place(card, "ethics"), sort(card))
    assert blocks(missing)["cards"]["said"].startswith("Say how sure you are")
    assert view(missing).announce == blocks(missing)["cards"]["said"]
    assert blocks(missing)["cards"]["pile"] == "ethics"
    assert missing["sorted"] == []


def test_a_choice_can_be_changed_until_the_card_lies():
    card = ROUND[0]
    now = after(
        place(card.id, "ethics"), place(card.id, card.key), sure(card.id, 50), sure(card.id, 90)
    )
    assert (blocks(now)["cards"]["pile"], blocks(now)["cards"]["sure"]) == (card.key, "90")
    with pytest.raises(UsageError, match=r"its answer stands"):
        after(sort(card.id), place(card.id, "ethics"), of=now)


def test_nothing_is_told_before_the_card_lies():
    now = after(place("left-in-june", "safety"), sure("left-in-june", 75))
    shown = json.dumps(view(now).as_data(), ensure_ascii=False)
    assert FROST.why not in shown
    assert FROST.dispute not in shown
    assert '"mark": "key"' not in shown


@pytest.mark.parametrize(
    ("pile", "tone", "title", "marked"),
    [
        ("security", "good", "Security: right.", ["key", "", "second", ""]),
        ("safety", "half", "Security comes first; Safety is worth half.",
         ["key", "", "second", ""]),
        ("ethics", "missed", "It belongs in Security, not in Ethics.",
         ["key", "", "second", "missed"]),
    ],
)  # fmt: skip
def test_after_a_card_the_key_is_told_with_its_reason_and_what_speaks_against_it(
    pile, tone, title, marked
):
    now = after(choose("round", "1"), place(FROST.id, pile), sure(FROST.id, 75), sort(FROST.id))
    shown = blocks(now)["cards"]
    assert shown["card"] == FROST.id
    assert (shown["told"]["tone"], shown["told"]["title"]) == (tone, title)
    assert shown["told"]["text"] == FROST.why
    assert shown["told"]["notes"] == [["One may object:", FROST.dispute]]
    assert [rung["mark"] for rung in shown["rungs"]] == marked


def test_a_late_second_press_goes_on_once_and_never_skips_a_card():
    first, second = ROUND[0].id, ROUND[1].id
    now = after(*put(first, "safety"), sort(first), sort(first))
    assert blocks(now)["cards"]["card"] == second
    assert now["sorted"] == [first]


def test_who_wants_to_be_told_at_the_end_sees_no_key_until_then():
    now = after(choose("feedback", "end"))
    for card in ROUND[:-1]:
        now = after(place(card.id, "safety"), sure(card.id, 75), sort(card.id), of=now)
        assert blocks(now)["cards"]["told"] is None
    last = ROUND[-1].id
    now = after(place(last, "safety"), sure(last, 75), sort(last), of=now)
    assert titles(now)[0] == "Round 1: 5½ of 10 points"


# The end of a round -------------------------------------------------------------------------


def test_a_round_ends_with_score_and_the_two_beliefs_that_cost_most():
    shown = blocks(finished(WRONG))
    assert titles(finished(WRONG))[0] == "Round 1: 6½ of 10 points"
    assert shown["score"]["text"] == (
        "6 of 10 where they belong, 1 on the second best pile for half a point."
    )
    dearest, next_one = shown["cost-0"], shown["cost-1"]
    assert "cost-2" not in shown
    assert dearest["title"] == beliefs()["damage-needs-an-enemy"].title + "."
    assert dearest["text"].startswith("3 points, on ")
    assert set(re.findall("“(.*?)”", dearest["text"])) == {"Frost", "Quarry Road", "Crossing"}
    assert next_one["text"] == "½ point, on “Frost”."
    for link, belief in ((dearest, "damage-needs-an-enemy"), (next_one, "attack-is-accident")):
        known = beliefs()[belief]
        assert (link["chapter"], link["section"]) == (known.chapter, known.section)


def test_the_end_shows_confusion_calibration_and_brier_score():
    shown = blocks(finished(WRONG))
    assert shown["confusion"]["counts"] == [[2, 0, 1, 0], [0, 2, 0, 0], [3, 0, 0, 0], [0, 0, 0, 2]]
    assert shown["calibration"]["series"]["sure-75"] == [75.0]
    assert shown["calibration"]["series"]["right-75"] == [60.0]
    assert shown["calibration"]["alt"].endswith("75 % sure: 6 of 10 right.")
    assert [row["cells"] for row in shown["levels"]["rows"]] == [["Fairly sure, 75 %", "10", "6"]]
    # 6 × 0.25² + 4 × 0.75² = 2.625
    assert "75 % sure on average, and 60 % were right. Brier score: 0.26 " in shown["sure"]["text"]
    assert "surer than your answers deserve" in shown["sure"]["text"]


def test_a_round_without_a_miss_says_so():
    shown = blocks(finished())
    assert "You and the ladder agree on every card." in shown["no-cost"]["text"]
    assert titles(finished())[0] == "Round 1: 10 of 10 points"


def test_each_pair_is_set_side_by_side_with_the_fact_that_moved_it():
    shown = blocks(finished(WRONG))
    assert shown["frost-story"]["text"] == FROST.story
    assert shown["left-in-june-why"]["title"] == "Security; you said safety."
    assert shown["closed-bridge-why"]["tone"] == "missed"
    assert shown["fewest-miles-why"]["title"] == "Ethics."
    assert "One fact apart: Frost, ½ of 2" in titles(finished(WRONG))


def test_the_next_round_is_offered_until_none_is_left():
    now = finished()
    assert blocks(now)["onward"]["value"] == "2"
    for number in (2, 3, 4):
        now = finished(number=number, of=now)
    assert "onward" not in blocks(now)
    notes = [option["note"] for option in blocks(now)["round"]["options"]]
    assert notes == ["10 of 10"] * 4


def test_marks_can_be_counted_over_all_rounds():
    now = finished(WRONG, number=2, of=finished(WRONG))
    assert sum(map(sum, blocks(now)["confusion"]["counts"])) == 10
    everything = after(choose("scope", "all"), of=now)
    assert sum(map(sum, blocks(everything)["confusion"]["counts"])) == 20
    assert "80 % were right" in blocks(everything)["sure"]["text"]


def test_a_round_can_be_sorted_again_and_the_others_keep():
    now = after({"type": "again", "value": "1"}, of=finished(number=2, of=finished()))
    assert blocks(now)["cards"]["card"] == ROUND[0].id
    assert blocks(now)["cards"]["pile"] == ""
    assert len(now["sorted"]) == 10


def test_few_cards_say_nothing_about_confidence():
    assert sureness(FOUR).endswith(
        "That is too few cards to say how well you judge your own confidence."
    )
    sure_of_all = [Sorted(card, card.key, 50) for card in ROUND]
    assert sureness(sure_of_all).endswith(
        "You may trust your answers more than you do. With so few cards some of that may be chance."
    )
    assert sureness(sure_of_all * 2).endswith("You may trust your answers more than you do.")
    fits = [Sorted(card, card.key, 99) for card in ROUND]
    assert sureness(fits).endswith("Your confidence fits your answers well.")


# What is kept -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action",
    [
        {"type": "place", "id": "titanic", "value": "safety"},
        {"type": "place", "id": AT, "value": "luck"},
        {"type": "sure", "id": AT, "value": "80"},
        {"type": "sort", "id": [AT]},
        {"type": "round", "value": "5"},
        {"type": "count", "id": f"{AT}/first/luck", "value": "1"},
        {"type": "count", "id": f"{AT}/first/safety", "value": "some"},
        {"type": "count", "id": f"{AT}/first/safety", "value": "-1"},
        {"type": "count", "id": f"{AT}/first/safety", "value": "10000"},
        {"type": "stage", "id": AT, "value": "over"},
        {"type": "tell"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(action):
    with pytest.raises(UsageError):
        update(LAB.initial(), action)


def test_cards_and_piles_of_another_edition_are_passed_over():
    now = finished(WRONG)
    now["sorted"].insert(0, "titanic")
    now["placed"]["titanic"] = {"pile": "safety", "sure": "75"}
    now["placed"][AT]["pile"] = "governance"
    assert blocks(now)["cards"]["card"] == AT
    again = after(*put(AT, CARDS[AT].key), of=now)
    assert len(again["sorted"]) == 10
    assert titles(again)[0].startswith("Round 1: ")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "1", "safety", "titanic", AT]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["pile", "sure", "first", "people", "at", AT]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(state.initial())), JSON))
def test_whatever_was_saved_something_sensible_is_shown(saved):
    answer = host.apply(LAB, saved, None)
    assert answer.problem == ""
    assert answer.view is not None
    assert host.apply(LAB, saved, place(AT, "safety")).view is not None


ACTIONS = st.one_of(
    st.builds(place, st.sampled_from(list(CARDS)), st.sampled_from(KEYS)),
    st.builds(sure, st.sampled_from(list(CARDS)), st.sampled_from(list(marks.LEVELS))),
    st.builds(sort, st.sampled_from(list(CARDS))),
    st.builds(choose, st.just("mode"), st.sampled_from(["alone", "together"])),
    st.builds(choose, st.just("feedback"), st.sampled_from(["each", "end"])),
    st.builds(choose, st.just("round"), st.sampled_from(["1", "2"])),
    st.builds(
        lambda stage: {"type": "stage", "id": AT, "value": stage},
        st.sampled_from(state.STAGES),
    ),
    st.builds(
        lambda count: {"type": "count", "id": f"{AT}/first/safety", "value": str(count)},
        st.integers(0, 9),
    ),
    st.just({"type": "again", "value": "1"}),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(ACTIONS, max_size=20), st.booleans())
def test_any_actions_leave_a_state_that_can_be_shown_saved_and_repeated(actions, is_finished):
    now = finished(WRONG) if is_finished else LAB.initial()
    for action in actions:
        before = copy.deepcopy(now)
        answer = host.apply(LAB, now, action)
        assert now == before
        assert answer == host.apply(LAB, before, action)
        assert answer.view is not None
        now = answer.state
    assert json.loads(json.dumps(now)) == now
    shown = view(now)
    ids = [block.id for section in shown.sections for block in section.blocks]
    assert len(set(ids)) == len(ids)
    assert sum(getattr(b, "primary", False) for s in shown.sections for b in s.blocks) <= 1
