"""The table holds everything: the items can be rebuilt from it."""

import csv
import io

import pytest

from proxygap import exports
from proxygap.quiz.model import Classify, Number, Order, Text
from proxygap.quiz.rules import notes_of


def rows_of(quizzes):
    text = exports.get("csv").build(quizzes).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_field_of_every_item_is_in_its_rows(quizzes):
    rows = rows_of(quizzes)
    for quiz in quizzes:
        for item in quiz.items:
            mine = [row for row in rows if row["item"] == item.id]
            for name in ("type", "objective", "bloom", "source", "section", "last_reviewed", "stem",
                         "explanation", "dispute"):  # fmt: skip
                assert {row[name] for row in mine} == {getattr(item, name)}
            assert {row["chapter"] for row in mine} == {quiz.chapter}
            assert {row["family"] for row in mine} == {item.family or ""}
            assert {int(row["difficulty"]) for row in mine} == {item.difficulty}
            notes = {(note.feedback, note.misconception or "") for note in notes_of(item).values()}
            assert {(row["feedback"], row["misconception"]) for row in mine} == notes


def test_answers_keep_their_verdict_place_and_tolerance(items, quizzes):
    rows = rows_of(quizzes)
    for item in items.values():
        mine = [row for row in rows if row["item"] == item.id]
        right = [row["answer"] for row in mine if row["verdict"] == "right"]
        match item.body:
            case Number(answer):
                assert [float(one) for one in right] == [answer.value]
                room = float(mine[0]["tolerance"])
                assert answer.value + room == pytest.approx(answer.high, rel=2e-9, abs=1e-6)
            case Text(answer):
                assert right == list(answer.accept)
            case Order(steps):
                assert right == [step.text for step in steps]
                places = [row["place"] for row in mine if row["verdict"] == "right"]
                assert places == [str(i + 1) for i in range(len(steps))]
            case Classify(_, cards):
                assert [(row["answer"], row["place"]) for row in mine] == [
                    (card.text, card.category) for card in cards
                ]
            case _:
                assert right == [option.text for option in item.body.options if option.correct]
                half = [row["answer"] for row in mine if row["verdict"] == "second best"]
                assert half == [o.text for o in item.body.options if o.second_best]


def test_nothing_is_lost(quizzes):
    assert exports.get("csv").report(quizzes) == ["CSV carries everything."]
