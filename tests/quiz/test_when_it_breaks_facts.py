"""Every number that an item of "When it breaks" quotes is computed here."""

import pytest

from proxygap.labs.incident_room.case import incident, percent
from proxygap.quiz import load_quiz
from proxygap.simulations._composed_system import at_least, ends
from proxygap.simulations.time_to_notice import failures_before_notice

ITEMS = {item.id: item for item in load_quiz("when-it-breaks").items}
DOSE, LETTER = incident("dose"), incident("letter")


def test_how_many_have_failed_before_one_is_read():
    assert ITEMS["wb-how-many-before"].body.answer.value == failures_before_notice(1 / 200, 1 / 50)


def test_a_lucky_pass():
    # Passes unless all five are refused.
    passes = at_least(1, 5, 0.25)
    assert passes == pytest.approx(1 - 0.75**5)
    assert ITEMS["wb-lucky-pass"].body.answer.value == round(100 * passes)


def test_the_dashboard_says_what_the_item_says():
    assert "Refusals: 3.9 % of all requests" in DOSE.evidence["dashboard"].text
    assert "3.9 % of all requests" in ITEMS["wb-green-dashboard"].stem
    assert sum(DOSE.kinds[slug].per_hour for slug in ("convert", "count")) == 15
    assert DOSE.kinds["routine"].per_hour == 400


def test_the_memos_number_is_the_evidence_of_the_rails_log():
    (found,) = DOSE.evidence["rail-log"].samples
    told = (found.k, found.n, percent(found.low), percent(found.high))
    assert told == (23, 30, "59", "88")
    right = next(o.text for o in ITEMS["wb-memo-number"].body.options if o.correct)
    assert right == "Of 30 conversions 23 were stopped, 77 %, with an interval of 59 to 88 %."


def test_what_a_strict_filter_costs():
    strict = LETTER.system("read-all")
    stopped = {s: ends(strict, k).share("stopped") for s, k in LETTER.kinds.items()}
    before = ends(LETTER.system(""), LETTER.kinds["planted"]).share("stopped")
    item = ITEMS["wb-block-more"]
    right = next(o.feedback for o in item.body.options if o.correct)
    assert f"{percent(stopped['planted'])} of 100" in item.stem
    assert f"where they were in {percent(before)}" in " ".join(item.stem.split())
    assert f"{percent(stopped['letter'])} of 100 honest letters" in right
    assert f"{percent(1 - stopped['reworded'])} of 100 reworded" in right
