"""Is the ladder right, and does the card keep to it? Whether its story does, no check can see."""

import itertools
import re

import numpy as np

from proxygap.grading.authoring import check, expect
from proxygap.grading.display import describe, show

PILES = {"adversary": "security", "other_aim": "alignment", "fault": "safety", "choice": "ethics"}
LENGTHS = {"story": (25, 90), "dispute": (10, 60), "changed_fact": (5, 35)}  # words
ENTRIES = ("story", "answers", "second_best", "dispute", "changed_fact", "answers_then")
GIVES_AWAY = re.compile(
    r"\b(secur\w*|align\w*|misalign\w*|safe\w*|unsafe\w*|ethic\w*|unethic\w*|moral\w*|attack\w*"
    r"|hack\w*|adversar\w*|jailbreak\w*|prox(?:y|ies)|robust\w*)\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?…][\"”’)]*\s+(?=\S)")
EXAMPLE = (
    "A museum's guide tells every visitor that the café closes in five minutes. It is tuned on "
    "how many cups are sold in the hour after a talk. The café's tenant had typed the sentence "
    "into the guide's notes with a borrowed key card."
)
FEWEST_WORDS_OF_THEIR_OWN = 0.6  # of a story's words, so many must differ
RUN = 4  # words in a row that count as copied


def words(text):
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())


def runs(text):
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def ladder(answers):
    """Return the pile of the first yes, or None."""
    return next((pile for question, pile in PILES.items() if answers[question]), None)


def said(answers):
    """Return which questions are answered with yes, for a line of a report."""
    yes = [question for question in PILES if answers[question]]
    return f"yes to {', '.join(yes)}" if yes else "no to all four"


def expect_answers(value, name):
    fine = type(value) is dict and sorted(map(str, value)) == sorted(PILES)
    expect(
        fine and all(type(answer) is bool for answer in value.values()),
        f"'{name}' must answer the four questions with True or False.",
        inputs=f"card()['{name}']",
        got=show(value) if type(value) is dict else describe(value),
        expected="a dict with adversary, other_aim, fault and choice, each True or False",
    )


def expect_text(value, name):
    expect(type(value) is str, f"'{name}' must be text.", inputs=f"card()['{name}']",
           got=describe(value), expected="a text in quotation marks")  # fmt: skip
    low, high = LENGTHS[name]
    count = len(words(value))
    expect(low <= count <= high, f"'{name}' is too {'short' if count < low else 'long'}.",
           inputs=f"card()['{name}']", got=f"{count} words",
           expected=f"{low} to {high} words")  # fmt: skip


def whole(submission):
    """Return the card, once its entries have the right form."""
    card = submission.function("card")()
    expect(type(card) is dict, "card must return a dict.", inputs="card()", got=describe(card),
           expected=f"a dict with {', '.join(ENTRIES)}")  # fmt: skip
    missing = [name for name in ENTRIES if name not in card]
    expect(not missing, "Your card lacks an entry.", inputs="card()",
           got=f"no {', '.join(missing)}", expected=f"{', '.join(ENTRIES)}")  # fmt: skip
    for name in LENGTHS:
        expect_text(card[name], name)
    for name in ("answers", "answers_then"):
        expect_answers(card[name], name)
    pile = card["second_best"]
    expect(type(pile) is str and pile in PILES.values(), "'second_best' must name a pile.",
           inputs="card()['second_best']", got=show(pile),
           expected="security, alignment, safety or ethics")  # fmt: skip
    return card


@check(
    "The ladder finds the first yes, in its own order",
    hint="Ask for the four questions by name, one after the other. The order of the dict that you "
    "are given means nothing. What is the answer if nobody says yes?",
)
def walks_the_ladder(submission):
    rng = np.random.default_rng(41)
    cases = [dict(zip(PILES, yes, strict=True))
             for yes in itertools.product([False, True], repeat=4)]  # fmt: skip
    for answers in (cases[i] for i in rng.permutation(len(cases))):
        names = [list(PILES)[i] for i in rng.permutation(4)]
        given = {name: answers[name] for name in names}
        found, wanted = submission.function("key")(dict(given)), ladder(answers)
        expect(type(found) is type(wanted) and found == wanted,
               "This is not the pile of the first yes.",
               inputs=f"key({show(given)})", got=show(found), expected=show(wanted))  # fmt: skip


@check(
    "The card is complete",
    hint="Compare the names of your entries with the table. Count words, not letters. Does card() "
    "return the same card each time?",
)
def is_complete(submission):
    first, second = whole(submission), whole(submission)
    expect(
        all(first[name] == second[name] for name in ENTRIES),
        "A card is one card.",
        inputs="card() called twice",
        got="two different cards",
        expected="the same card both times",
    )


@check(
    "The answers go together",
    hint="Something must have failed, so one question at least is answered with yes. And if "
    "everything worked as intended, what can the other three answers be?",
)
def answers_go_together(submission):
    card = whole(submission)
    for name in ("answers", "answers_then"):
        answers = card[name]
        others = [question for question in PILES if question != "choice" and answers[question]]
        expect(ladder(answers) is not None, "On this card nothing has failed.",
               inputs=f"card()['{name}']", got=said(answers),
               expected="a yes to one question at least")  # fmt: skip
        expect(not (answers["choice"] and others),
               "If everything worked as intended, the other questions are answered with no.",
               inputs=f"card()['{name}']", got=said(answers),
               expected="yes to choice alone, or no to choice")  # fmt: skip


@check(
    "One fact moves the card",
    hint="Find the question whose yes or no decides, and a fact that turns this one round. A fact "
    "that makes the harm larger turns nothing round.",
)
def one_fact_moves_it(submission):
    card = whole(submission)
    before, then = card["answers"], card["answers_then"]
    expect(ladder(before) != ladder(then), "The changed fact leaves the card where it was.",
           inputs="answers and answers_then", got=f"{ladder(before)} both times",
           expected="two different piles")  # fmt: skip
    turned = [question for question in PILES if before[question] != then[question]]
    expect(len([question for question in turned if question != "choice"]) <= 1,
           "One fact should turn one question round.", inputs="answers and answers_then",
           got=f"{', '.join(turned)} all differ",
           expected="one that differs (choice may follow it)")  # fmt: skip
    breaks = len(SENTENCES.findall(card["changed_fact"].strip()))
    expect(breaks == 0, "'changed_fact' should be one sentence.",
           inputs="card()['changed_fact']", got=f"{breaks + 1} sentences",
           expected="one sentence")  # fmt: skip


@check(
    "Second best is another pile, and the dispute argues for it",
    hint="Which pile would a reasonable colleague choose? Say in the dispute what speaks for it, "
    "and call it by its name.",
)
def second_best_is_argued(submission):
    card = whole(submission)
    pile, right = card["second_best"], ladder(card["answers"])
    expect(pile != right, "Second best cannot be the key.", inputs="card()['second_best']",
           got=pile, expected=f"another pile than {right}")  # fmt: skip
    expect(pile in words(card["dispute"]), "The dispute does not name the pile it argues for.",
           inputs="card()['dispute']", got=f"no '{pile}'",
           expected=f"the word '{pile}'")  # fmt: skip


@check(
    "The words do not give it away",
    hint="Tell what happened, as a newspaper would on the first day: who did what, with which "
    "result. Leave the judging to whoever sorts the card.",
)
def gives_nothing_away(submission):
    card = whole(submission)
    for name in ("story", "changed_fact"):
        text = card[name]
        found = sorted({match.lower() for match in GIVES_AWAY.findall(text)})
        expect(not found, f"'{name}' gives the pile away.", inputs=f"card()['{name}']",
               got=f"the words {', '.join(found)}"[:150], expected="facts alone")  # fmt: skip
        copied = runs(text) & runs(EXAMPLE)
        expect(len(copied) <= 1, f"'{name}' is the example's. Write another card.",
               inputs=f"card()['{name}']",
               got=f"{len(copied)} runs of {RUN} words from the example",
               expected="a story of your own")  # fmt: skip
    _expect_a_story(card)
    return (
        "The card keeps to the ladder. Whether the story supports your answers, no program can "
        "tell: let two people sort it without the key."
    )


def _expect_a_story(card):
    """Expect words that tell something: not one sentence over and over, and a fact that is new."""
    found = words(card["story"])
    share = len(set(found)) / len(found)
    expect(share >= FEWEST_WORDS_OF_THEIR_OWN, "The story says the same again and again.",
           inputs="card()['story']", got=f"{share:.0%} of its words differ",
           expected=f"at least {FEWEST_WORDS_OF_THEIR_OWN:.0%}")  # fmt: skip
    told = len(runs(card["changed_fact"]) & runs(card["story"]))
    expect(told <= len(runs(card["changed_fact"])) / 2, "The changed fact is in the story already.",
           inputs="card()['changed_fact']", got=f"{told} runs of {RUN} words from the story",
           expected="a fact that changes it")  # fmt: skip
