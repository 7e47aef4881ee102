"""The table-top is the lab on paper: every card, choice and mark comes from the same data."""

from html import unescape

import pytest
from bs4 import BeautifulSoup

from proxygap.content import content_root
from proxygap.labs.incident_room.case import SLUGS, incident, room
from proxygap.labs.incident_room.work import rate
from proxygap.site.directives.table_top import OF_AN_INCIDENT, SHARED

each_incident = pytest.mark.parametrize("slug", SLUGS)
PAGE = (content_root() / "book" / "appendix" / "table-top.md").read_text(encoding="utf-8")


def soup(html):
    return BeautifulSoup(html, "lxml")


def words(html):
    return unescape(soup(html).get_text(" "))


@each_incident
def test_each_piece_of_evidence_is_one_card_word_for_word(slug):
    case = incident(slug)
    cards = soup(OF_AN_INCIDENT["cards"](case)).select("article")
    assert len(cards) == len(case.evidence)
    for card, one in zip(cards, case.evidence.values(), strict=True):
        assert card.h3.text == one.title
        assert one.text in card.text
        assert f"costs {one.minutes} min" in card.text
        assert "SIMULATED" in card.text
        assert one.note not in card.text  # what the facilitator knows is not on the card


@each_incident
def test_the_facilitator_is_told_what_each_decision_costs_as_the_lab_computes_it(slug):
    case = incident(slug)
    told = words(OF_AN_INCIDENT["notes"](case))
    for one in case.evidence.values():
        assert one.note in told
    for fix in case.fixes.values():
        assert fix.label in told
    turned_away = rate(case, "stop", "").turned_away
    assert f"{turned_away:.1f}" in told
    assert case.lesson in told


@each_incident
def test_cards_are_handed_out_in_order_within_the_time_for_cards(slug):
    injects = [one.inject for one in incident(slug).evidence.values()]
    assert injects == sorted(injects)
    assert sum(step["minutes"] for step in room()["programme"]) == 90


def test_the_sheets_ask_for_what_the_lab_asks_for():
    told = words(SHARED["sheets"]())
    for kind in ("severities", "containments", "owners", "fields"):
        for one in room()[kind]:
            assert one["label"] in told


def test_the_rubric_is_the_published_one_with_two_columns_to_mark():
    table = soup(SHARED["rubric"]())
    titles = [row.th.text for row in table.select("tbody tr")]
    assert titles == [one["title"] for one in (*room()["criteria"], *room()["judgements"])]
    heads = [head.text for head in table.select("thead th")]
    assert heads[-2:] == ["Yourself", "Neighbour"]


def test_the_exemplars_carry_their_published_marks():
    case = incident("dose")
    titles = [h.text for h in soup(OF_AN_INCIDENT["exemplars"](case)).select("h4")]
    assert titles == [
        f"A {one['grade']} memo: {sum(one['marks'].values())} of 16" for one in case.exemplars
    ]


def test_the_page_uses_every_part():
    for part in SHARED:
        assert f"{{table-top}} {part}\n" in PAGE
    for part in ("story", "cards", "notes"):
        for slug in SLUGS:
            assert f"{{table-top}} {part} {slug}\n" in PAGE
