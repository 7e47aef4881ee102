"""The incident sorter with a room: votes that are hidden, shown, taken again and taken along."""

import csv
import io

import pytest

from proxygap.errors import UsageError
from proxygap.labs.incident_sorter.deck import PILES
from tests.labs.sorter_moves import (
    FROST,
    ROUND,
    WRONG,
    after,
    blocks,
    choose,
    finished,
    titles,
    view,
)

# A room -------------------------------------------------------------------------------------

TOGETHER = choose("mode", "together")
AT = ROUND[0].id


def votes(card: str, which: str, *counts: int) -> list[dict]:
    return [{"type": "count", "id": f"{card}/{which}/{pile}", "value": str(count)}
            for pile, count in zip(PILES, counts, strict=True)]  # fmt: skip


def to(stage: str, card: str = AT) -> dict:
    return {"type": "stage", "id": card, "value": stage}


def voted(*, told: bool = True) -> dict:
    """A room of twelve that went from 3 votes for security to 7."""
    moves = [TOGETHER, *votes(AT, "first", 3, 2, 3, 4), to("talk"), to("again"),
             *votes(AT, "second", 7, 2, 1, 2), to("shift")]  # fmt: skip
    return after(*moves, *([to("told")] if told else []))


def counts(now: dict, which: str) -> list[int | None]:
    return [stand[which] for stand in blocks(now)["ballot"]["stands"]]


def test_votes_are_hidden_until_they_are_shown():
    now = after(TOGETHER, *votes(AT, "first", 3, 2, 3, 4))
    assert counts(now, "first") == [None] * 4
    assert blocks(now)["ballot"]["status"].endswith("12 votes so far.")
    assert counts(after(to("talk"), of=now), "first") == [3, 2, 3, 4]


def test_the_first_vote_is_out_of_sight_while_the_second_is_taken():
    now = after(TOGETHER, *votes(AT, "first", 3, 2, 3, 4), to("talk"), to("again"),
                *votes(AT, "second", 7, 2, 1, 2))  # fmt: skip
    assert counts(now, "first") == counts(now, "second") == [None] * 4
    assert blocks(now)["ballot"]["counts"] == [7, 2, 1, 2]


def test_both_votes_are_shown_before_the_key_is():
    now = voted(told=False)
    assert (counts(now, "first"), counts(now, "second")) == ([3, 2, 3, 4], [7, 2, 1, 2])
    assert counts(now, "mark") == [""] * 4
    assert "votes" not in {section.id for section in view(now).sections}
    assert counts(voted(), "mark") == ["key", "", "second", ""]


def test_the_room_sees_what_talking_did():
    shown = blocks(voted())
    assert [row["cells"] for row in shown["told"]["rows"]] == [
        ["Frost (security)", "3 of 12", "7 of 12"]
    ]
    assert shown["moved"]["text"] == (
        "Over 1 card with two votes, 25 % of the votes were for the key before the talk and 58 % "
        "after it."
    )


def test_people_are_counted_if_their_number_is_known():
    now = after(TOGETHER, choose("people", "30"), *votes(AT, "first", 10, 5, 5, 4))
    assert blocks(now)["ballot"]["status"].endswith("24 of 30 votes are in.")
    more = after(*votes(AT, "first", 20, 5, 5, 4), of=now)
    assert blocks(more)["ballot"]["status"].endswith("More votes than people: count again.")


@pytest.mark.parametrize("typed", ["many", "0", "-3", "²", "100000", "3.5"])
def test_a_number_of_people_that_is_none_gets_a_sentence(typed):
    shown = blocks(after(TOGETHER, choose("people", typed)))["people"]
    assert shown["value"] == typed
    assert shown["problem"] == "Write a whole number from 1 to 9999, or nothing."


def test_a_vote_that_was_not_counted_cannot_be_shown():
    now = after(TOGETHER, to("talk"))
    assert counts(now, "first") == [None] * 4
    assert "No vote has been counted yet." in blocks(now)["ballot"]["status"]


def test_the_room_may_skip_the_second_vote_and_step_back():
    told = after(TOGETHER, *votes(AT, "first", 1, 0, 0, 0), to("talk"), to("told"))
    assert counts(told, "second") == [None] * 4
    assert blocks(told)["told"]["rows"][0]["cells"][2] == "–"
    steps = blocks(told)["ballot"]["steps"]
    assert [step["label"] for step in steps] == ["Next card", "One step back"]
    back = after(TOGETHER, *votes(AT, "first", 1, 0, 0, 0), to("talk"), to("first"))
    assert blocks(back)["ballot"]["counts"] == [1, 0, 0, 0]


def test_a_count_for_a_vote_that_is_over_is_refused():
    with pytest.raises(UsageError, match=r"not being counted now"):
        after(*votes(AT, "first", 9, 9, 9, 9), of=voted())


def test_the_room_goes_from_card_to_card():
    now = after({"type": "go", "id": "room", "value": ROUND[1].id}, of=voted())
    shown = blocks(now)["ballot"]
    assert shown["place"] == "Round 1, card 2 of 10"
    assert [step["label"] for step in shown["steps"]] == [
        "Show the votes",
        "Next card",
        "Card before",
    ]
    last = after({"type": "go", "id": "room", "value": ROUND[-1].id}, of=now)
    assert "Next card" not in [step["label"] for step in blocks(last)["ballot"]["steps"]]
    assert (
        blocks(after(choose("round", "3"), of=last))["ballot"]["place"] == "Round 3, card 1 of 10"
    )


def test_the_csv_file_holds_every_vote_that_was_shown():
    lines = list(csv.DictReader(io.StringIO(blocks(voted())["csv"]["text"])))
    assert [(line["pile"], line["first"], line["second"]) for line in lines] == [
        ("security", "3", "7"), ("alignment", "2", "2"), ("safety", "3", "1"), ("ethics", "4", "2"),
    ]  # fmt: skip
    assert [line["is_key"] for line in lines] == ["1", "0", "0", "0"]
    assert [line["is_second_best"] for line in lines] == ["0", "0", "1", "0"]


def test_the_text_file_tells_case_votes_shift_and_key():
    text = blocks(voted())["text"]["text"]
    assert FROST.text in text
    assert "  Security: 3, then 7 (+4)\n" in text
    assert "  Safety: 3, then 1 (−2)\n" in text
    assert f"Key: Security. {FROST.why}" in text


def test_a_file_keeps_back_the_key_of_a_card_that_was_not_told():
    other = ROUND[1]
    moves = [{"type": "go", "id": "room", "value": other.id}, *votes(other.id, "first", 1, 1, 1, 1)]
    now = after(*moves, to("talk", other.id), of=voted())
    shown = blocks(now)
    lines = list(csv.DictReader(io.StringIO(shown["csv"]["text"])))[4:]
    assert [line["is_key"] for line in lines] == [""] * 4
    assert other.why not in shown["text"]["text"]


def test_alone_and_together_do_not_disturb_each_other():
    now = after(TOGETHER, of=finished(WRONG))
    now = after(*votes(AT, "first", 1, 2, 3, 4), to("talk"), choose("mode", "alone"), of=now)
    assert titles(now)[0] == "Round 1: 6½ of 10 points"
    assert counts(after(TOGETHER, of=now), "first") == [1, 2, 3, 4]
