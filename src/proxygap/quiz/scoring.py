"""Score a response against a rule. Pure: no item, no file, no clock.

``web/src/quiz/scoring.ts`` is the same function for the page; ``tests/quiz/scoring_cases.json``
runs against both.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from proxygap.quiz.rules import OTHERWISE, RIGHT, Rule
from proxygap.quiz.text import is_blank, normalise, parse_number

Outcome = Literal["correct", "partly", "wrong", "unanswered", "not a number"]
Response = str | list[str] | dict[str, str]


class Score(NamedTuple):
    """What a response earned.

    Attributes
    ----------
    outcome : str
        ``correct``, ``partly`` or ``wrong``; or ``unanswered`` or ``not a number``, which are no
        answers: they are neither counted nor kept.
    credit : float
        Share of the full credit, 0 to 1.
    notes : tuple of str
        Names of the feedback that is shown, in order.
    """

    outcome: Outcome
    credit: float
    notes: tuple[str, ...]


UNANSWERED = Score("unanswered", 0.0, ())
NOT_A_NUMBER = Score("not a number", 0.0, ())


def score(rule: Rule, response: Response) -> Score:
    """Return the score of `response` under `rule`.

    =========  ==========================  ====================================================
    type       response                    credit
    =========  ==========================  ====================================================
    single     option                      1 for the key, 1/2 for a second best, else 0
    multiple   list of options             hits/keys − false alarms/distractors, at least 0
    number     what was typed              1 inside the answer's band
    text       what was typed              1 if it is an accepted text after normalisation
    order      list of steps               share of neighbours in the key that are neighbours,
                                           in the same order, in the response
    classify   card -> category            share of cards in their category
    =========  ==========================  ====================================================

    Parameters
    ----------
    rule : dict
        What `proxygap.quiz.rules.rule_of` returns.
    response : str, list of str or dict of str to str
        The answer, in the form of the table. Anything else counts as unanswered; so does an
        option that the rule does not know, since its text has changed since it was chosen.

    Returns
    -------
    Score
        Outcome, credit and the feedback to show.
    """
    if not _is_given(rule, response):
        return UNANSWERED
    return _SCORERS[rule["type"]](rule, response)


def _is_given(rule: Rule, response: Response) -> bool:
    """Return whether `response` is one that the rule can score."""
    match rule["type"], response:
        case "single", str():
            return response in rule["credit"]
        case "multiple", list():
            return any(option in rule["credit"] for option in response)
        case (("number" | "text"), str()):
            return not is_blank(response)
        case "order", list():
            return sorted(response) == sorted(rule["sequence"])
        case "classify", dict():
            return all(response.get(card) for card in rule["home"])
    return False


def _result(hits: int, of: int, notes: list[str]) -> Score:
    credit = min(max(hits, 0), of) / of
    outcome: Outcome = "correct" if credit == 1 else "partly" if credit > 0 else "wrong"
    return Score(outcome, credit, tuple(notes))


def _single(rule: Rule, response: str) -> Score:
    return _result(rule["credit"][response], rule["of"], [response])


def _multiple(rule: Rule, response: list[str]) -> Score:
    credit: dict[str, int] = rule["credit"]
    chosen = set(response)
    hits = sum(credit[option] for option in credit if option in chosen)
    # What was missed is worth a word as much as what was chosen.
    notes = [option for option in credit if option in chosen or credit[option] > 0]
    return _result(hits, rule["of"], notes)


def _number(rule: Rule, response: str) -> Score:
    number = parse_number(response, rule["unit"])
    if number is None:
        return NOT_A_NUMBER
    inside = (band["note"] for band in rule["bands"] if band["low"] <= number <= band["high"])
    return _noted(next(inside, OTHERWISE))


def _text(rule: Rule, response: str) -> Score:
    return _noted(rule["entries"].get(normalise(response), OTHERWISE))


def _noted(note: str) -> Score:
    return _result(int(note == RIGHT), 1, [note])


def _order(rule: Rule, response: list[str]) -> Score:
    sequence: list[str] = rule["sequence"]
    neighbours = set(pairwise(response))
    hits = sum(pair in neighbours for pair in pairwise(sequence))
    exact = hits == len(sequence) - 1
    return _result(hits, len(sequence) - 1, sequence if exact else [OTHERWISE, *sequence])


def _classify(rule: Rule, response: dict[str, str]) -> Score:
    home: dict[str, str] = rule["home"]
    misplaced = [card for card in home if response[card] != home[card]]
    # Where all is well, every card's feedback says why.
    return _result(len(home) - len(misplaced), len(home), misplaced or list(home))


_SCORERS: dict[str, Callable[[Rule, Any], Score]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _number,
    "text": _text,
    "order": _order,
    "classify": _classify,
}
