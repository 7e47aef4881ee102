"""The cards of the incident sorter: pairs, piles, beliefs, and nothing that gives a key away."""

import math
import re
from collections import Counter
from functools import cache

import pytest

from proxygap.labs.incident_sorter import marks
from proxygap.labs.incident_sorter.deck import PILES, beliefs, cards, pairs, rounds
from proxygap.labs.incident_sorter.marks import Sorted
from proxygap.quiz import load_misconceptions

KEYS = list(PILES)
CARDS = cards()
each_card = pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
MARGIN = 0.10  # how much better than chance a strategy without reading may do, as in the item bank


# The cards ----------------------------------------------------------------------------------


def test_forty_cards_lie_in_twenty_pairs_and_ten_belong_on_each_pile():
    assert len(pairs()) == 20
    assert len(CARDS) == 40
    assert Counter(card.key for card in CARDS.values()) == dict.fromkeys(KEYS, 10)


def test_one_fact_moves_the_second_card_of_a_pair_to_another_pile():
    for pair in pairs():
        one, other = pair.cards
        assert one.story == other.story
        assert one.fact != other.fact
        assert one.key != other.key
        assert pair.lesson.endswith((".", "?"))


def test_every_two_piles_are_told_apart_by_at_least_three_pairs():
    met = Counter(frozenset(card.key for card in pair.cards) for pair in pairs())
    assert len(met) == 6
    assert min(met.values()) >= 3


@each_card
def test_a_card_is_short_and_says_all_that_belongs_to_it(card):
    assert 35 <= len(card.text.split()) <= 60
    assert card.second in set(PILES) - {card.key}
    assert len(card.why.split()) <= 45
    assert len(card.dispute.split()) <= 40
    for words in (card.story, card.fact, card.why, card.dispute):
        assert re.search(r"[.?]$", words)


@each_card
def test_every_wrong_pile_stands_for_a_belief_that_a_section_refutes(card):
    assert set(card.wrong) == set(PILES) - {card.key}
    for name in card.wrong.values():
        known = load_misconceptions()[name]
        assert beliefs()[name] == (known.title, known.chapter, known.section)


def test_no_belief_is_listed_that_no_card_needs():
    assert set(beliefs()) == {name for card in CARDS.values() for name in card.wrong.values()}


@each_card
def test_cards_are_told_in_british_english(card):
    american = r"\b(?:behavior|color|favor|labor)\w*|\b\w{3,}iz(?:e|es|ed|ing)\b"
    said = " ".join((card.text, card.why, card.dispute)).lower()
    assert re.findall(american, said) == []


def test_no_card_names_a_pile():
    named = re.compile(
        "|".join((*KEYS, "secure", "align", "safe", "ethic", "attack", "hack")), re.I
    )
    assert [card.id for card in CARDS.values() if named.search(card.text)] == []


# Nothing but the meaning gives a key away ---------------------------------------------------


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.lower()))


@cache
def vocabulary(what: str) -> dict[str, frozenset[str]]:
    return {card.id: words(getattr(card, what)) for card in CARDS.values()}


def guess_by_words(card, what: str) -> str:
    """Naive Bayes on the words of all the other pairs: what their vocabulary gives away."""
    seen = vocabulary(what)
    others = [one for one in CARDS.values() if one.pair != card.pair]
    known = frozenset().union(*(seen[one.id] for one in others))

    def likelihood(pile: str) -> float:
        counts = Counter(word for one in others if one.key == pile for word in seen[one.id])
        size = sum(counts.values()) + len(known)
        return sum(math.log((counts[word] + 1) / size) for word in seen[card.id] & known)

    return max(KEYS, key=likelihood)


@pytest.mark.parametrize("what", ["text", "fact"])
def test_the_words_of_other_cards_do_not_tell_the_key(what):
    right = sum(guess_by_words(card, what) == card.key for card in CARDS.values())
    assert right <= len(CARDS) * (0.25 + MARGIN)


def guess_by_length(card) -> str:
    """The pile whose cards in the other pairs are nearest in length on average."""
    others = [one for one in CARDS.values() if one.pair != card.pair]

    def distance(pile: str) -> float:
        sizes = [len(one.text) for one in others if one.key == pile]
        return abs(sum(sizes) / len(sizes) - len(card.text))

    return min(KEYS, key=distance)


def test_the_length_of_a_card_does_not_tell_the_key():
    right = sum(guess_by_length(card) == card.key for card in CARDS.values())
    assert right <= len(CARDS) * (0.25 + MARGIN)


@pytest.mark.parametrize("longest", [True, False])
@pytest.mark.parametrize("pile", KEYS)
def test_no_pile_holds_the_longest_or_the_shortest_cards(pile, longest):
    by_size = sorted(CARDS.values(), key=lambda card: len(card.text), reverse=longest)
    assert sum(card.key == pile for card in by_size[:10]) <= 10 * (0.25 + 2 * MARGIN)


@pytest.mark.parametrize("pile", KEYS)
def test_always_the_same_pile_does_not_pay(pile):
    # Chance: a quarter of the keys, and a quarter of the halves for the second best.
    earned = marks.score([Sorted(card, pile, 50) for card in CARDS.values()])
    assert earned <= len(CARDS) * (0.25 * 1.5 + MARGIN)


@pytest.mark.parametrize("place_in_round", range(10))
def test_the_place_in_a_round_does_not_tell_the_key(place_in_round):
    met = Counter(mine[place_in_round].key for mine in rounds().values())
    assert max(met.values()) < len(rounds())


# The rounds ---------------------------------------------------------------------------------


def test_four_rounds_of_ten_hold_every_card_once():
    assert [len(mine) for mine in rounds().values()] == [10] * 4
    assert sorted(card.id for mine in rounds().values() for card in mine) == sorted(CARDS)


@pytest.mark.parametrize("number", rounds())
def test_a_pair_is_sorted_in_one_round_and_never_side_by_side(number):
    dealt = [card.pair for card in rounds()[number]]
    places = {pair: [i for i, one in enumerate(dealt) if one == pair] for pair in dealt}
    assert all(len(both) == 2 and both[1] - both[0] >= 4 for both in places.values())


@pytest.mark.parametrize("number", rounds())
def test_every_pile_is_met_in_every_round(number):
    met = Counter(card.key for card in rounds()[number])
    assert set(met) == set(KEYS)
    assert max(met.values()) - min(met.values()) <= 1
