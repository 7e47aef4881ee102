"""A quiz in the terminal: what is shown, what may be typed, what is said."""

import nbformat
import pytest
from nbclient import NotebookClient

from proxygap.quiz import load_quiz, rule_of, score
from proxygap.quiz.session import Unreadable, categories, choices, parse, plain, prompt, question
from proxygap.quiz.terminal import play, quiz
from tests.quiz.builders import orders
from tests.quiz.test_item_bank import key_of

QUIZ = load_quiz("specification-gaming")
TWELVE = QUIZ.items[:12]
BY_TYPE = {item.type: item for item in reversed(TWELVE)}


def typed_for(item, order, response):
    """Return what a learner types to give `response`."""
    letters = dict(zip(order, "abcdefgh", strict=False))
    match item.type:
        case "single":
            return letters[response]
        case "multiple" | "order":
            return " ".join(letters[name] for name in response)
        case "classify":
            places = list(categories(item))
            return " ".join(str(places.index(response[card]) + 1) for card in order)
    return response


class Player:
    """Answers each item with a given response, as a learner at a keyboard would."""

    def __init__(self, items, answers, seed):
        shown = zip(items, orders(items, seed), strict=True)
        self.lines = [typed_for(item, order, answers[item.id]) for item, order in shown]
        self.said = []

    def ask(self, _):
        return self.lines.pop(0)


def test_a_player_who_knows_everything_gets_everything():
    player = Player(TWELVE, {item.id: key_of(item) for item in TWELVE}, seed=5)
    result = play(TWELVE, ask=player.ask, say=player.said.append, seed=5)
    assert result.sentence() == "12 of 12 right. Score: 100 %."
    assert player.said.count("Right.") == 12


def test_the_score_is_the_scorers():
    answers = {item.id: key_of(item) for item in TWELVE}
    answers["sg-raise-the-pay"] = "250"
    answers["sg-read-the-record"] = answers["sg-read-the-record"][:1]
    answers["sg-order-of-repair"] = answers["sg-order-of-repair"][::-1]
    player = Player(TWELVE, answers, seed=1)
    result = play(TWELVE, ask=player.ask, say=player.said.append, seed=1)
    expected = {item.id: score(rule_of(item), answers[item.id]) for item in TWELVE}
    assert result.scores == expected
    assert result.sentence() == "9 of 12 right, 1 partly right. Score: 79 %."  # 9.5 / 12


def test_the_same_seed_asks_in_the_same_order():
    first, again, other = (orders(QUIZ.items, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_an_order_item_never_begins_solved():
    item = BY_TYPE["order"]
    shown = [orders([item], seed)[0] for seed in range(400)]
    assert list(choices(item)) not in shown


def test_an_empty_line_skips_and_is_not_scored():
    said = []
    result = play(QUIZ.items[:2], ask=lambda _: "", say=said.append, seed=0)
    assert result.scores == {}
    assert result.sentence() == "0 of 2 right, 2 not answered. Score: 0 %."


def test_leaving_keeps_what_was_answered():
    lines = iter(["proxy", None])
    result = play(QUIZ.items, ask=lambda _: next(lines), say=lambda _: None, seed=0)
    assert result.stopped
    assert list(result.scores) == [QUIZ.items[0].id]


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("single", "z", "There is no option 'z'. Options: a to d."),
        ("single", "a b", "Type one letter, a to d."),
        ("multiple", "a a", "A letter stands there twice. Type each once."),
        ("order", "a b c", "Type each of the 5 letters once."),
        ("classify", "1 2 1", "Type 6 numbers from 1 to 2, one for each letter."),
        ("classify", "1 2 3 1 2 1", "Type 6 numbers from 1 to 2, one for each letter."),
    ],
)
def test_what_cannot_be_an_answer_is_asked_again(kind, typed, message):
    item = BY_TYPE[kind]
    order = list(choices(item))
    with pytest.raises(Unreadable) as caught:
        parse(item, order, typed)
    assert str(caught.value) == message


def test_a_malformed_number_is_asked_again_and_not_counted():
    item = BY_TYPE["number"]
    lines, said = iter(["lots", "1,500", "150"]), []
    result = play([item], ask=lambda _: next(lines), say=said.append, seed=0)
    assert sum("cannot be read as a number" in line for line in said) == 2
    assert result.sentence() == "1 of 1 right. Score: 100 %."


@pytest.mark.parametrize("item", QUIZ.items, ids=lambda item: item.id)
def test_a_question_shows_its_options_and_says_how_to_answer(item):
    order = list(choices(item))
    shown = question(item, order)
    for letter, name in zip("abcdefgh", order, strict=False):
        assert f"  {letter}) {plain(choices(item)[name])}" in shown
    assert prompt(item, order)


def test_markup_is_taken_out_of_prose_and_tables_are_lined_up():
    assert plain("**Two**\nlines of `code`\n\n| a | b |\n|---|---|\n| −12 | 3 |") == (
        "Two lines of code\n\n| a   | b |\n| −12 | 3 |"
    )


@pytest.mark.parametrize("first", ["", "import proxygap.quiz.loader\n"])
def test_quiz_in_a_notebook_is_a_form_of_widgets(first):
    cell = f'{first}from proxygap import quiz\nprint(type(quiz("specification-gaming")).__name__)'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    assert notebook.cells[0].outputs[0].text == "VBox\n"


def test_quiz_in_a_plain_interpreter_plays_in_the_terminal(monkeypatch, capsys):
    lines = iter(["proxy"])

    def read(_):
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    result = quiz("specification-gaming")
    assert result.stopped
    rest = len(QUIZ.items) - 1
    assert f"1 of {rest + 1} right, {rest} not answered." in capsys.readouterr().out
