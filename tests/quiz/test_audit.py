"""The gates find what they are for: a key that can be guessed, options that repeat, gaps."""

import pytest

from proxygap.quiz.audit import MARGIN, audit, bloom_needed, expectations, shown_length
from proxygap.quiz.loader import load_file
from tests.quiz.builders import item, option, quiz_file

LENGTHS = ("a", "bb", "ccc", "dddd")


def choice_items(keys, texts=LENGTHS, kind="single", count=4):
    """Return choice items whose keys stand at the given positions."""
    return [
        item(
            kind,
            id=f"t-{number}",
            bloom=("remember", "understand")[number % 2],
            options=[
                option(text, correct=(i in key if kind == "multiple" else i == key))
                for i, text in enumerate(texts)
            ],
        )
        for number, key in zip(range(count), keys, strict=False)
    ]


def findings(tmp_path, *items, **changes):
    quiz = load_file(quiz_file(tmp_path, *items, **changes))
    return [str(error).partition(": ")[2] for error in audit(quiz)]


def test_keys_spread_over_positions_and_lengths_pass(tmp_path):
    assert findings(tmp_path, *choice_items([0, 1, 2, 3])) == []


def test_a_key_that_is_always_longest_is_found(tmp_path):
    items = choice_items([3, 3, 3, 3])
    found = findings(tmp_path, *items)
    assert found[0] == (
        "'always the longest option' earns 100% where chance earns 25%; at most 10% more is "
        "allowed. Rewrite or reorder options until the key cannot be guessed."
    )
    assert found[1].startswith("'always option 4' earns 100%")


def test_a_key_that_is_always_shortest_is_found(tmp_path):
    assert findings(tmp_path, *choice_items([0, 0, 0, 0]))[0].startswith(
        "'always the shortest option' earns 100% where chance earns 25%"
    )


@pytest.mark.parametrize(("place", "name"), [(2, "2nd"), (1, "3rd"), (0, "4th")])
def test_a_key_that_is_always_the_same_in_order_of_length_is_found(tmp_path, place, name):
    """The options stand in another order each time, so that only their lengths tell."""
    orders = [LENGTHS[turn:] + LENGTHS[:turn] for turn in range(4)]
    items = [
        item("single", id=f"t-{number}", bloom=("remember", "understand")[number % 2],
             options=[option(text, correct=text == LENGTHS[place]) for text in order])
        for number, order in enumerate(orders)
    ]  # fmt: skip
    found = findings(tmp_path, *items)
    assert found[-1].startswith(
        f"'always the {name} longest option' earns 100% where chance earns 25%"
    )
    assert len(found) == (2 if name == "4th" else 1), "the shortest of four is the 4th longest too"


def test_where_options_are_fewer_than_the_place_any_of_them_is_taken(tmp_path):
    items = [*choice_items([0, 1], texts=LENGTHS[:3], count=2), *choice_items([3, 2], count=2)]
    for number, one in enumerate(items):
        one["id"] = f"t-{number}"
    quiz = load_file(quiz_file(tmp_path, *items))
    fourth = next(e for e in expectations(quiz) if e.strategy == "the 4th longest option")
    assert fourth.credit == pytest.approx((1 / 3 + 1 / 3 + 0 + 0) / 4)


def test_ties_share_the_expectation(tmp_path):
    items = choice_items([0, 1, 2, 3], texts=("aa", "bb", "cc", "d"))
    quiz = load_file(quiz_file(tmp_path, *items))
    longest = next(e for e in expectations(quiz) if e.strategy == "the longest option")
    assert longest.credit == pytest.approx(1 / 4)  # a third in three of four items


def test_the_margin_is_ten_points(tmp_path):
    """Of 20 items with 4 options, 7 keys at one place earn 35 % (allowed), 8 earn 40 %."""
    places = [0] * 7 + [1] * 4 + [2] * 4 + [3] * 5
    texts = ("aa", "bb", "cc", "dd")
    quiz = load_file(quiz_file(tmp_path, *choice_items(places, texts=texts, count=20)))
    first = next(e for e in expectations(quiz) if e.strategy == "option 1")
    assert first.credit == pytest.approx(first.chance + MARGIN)
    assert first.passes
    places[7] = 0
    found = findings(tmp_path, *choice_items(places, texts=texts, count=20))
    assert any("'always option 1' earns 40%" in one for one in found)


def test_a_key_of_several_earns_its_share(tmp_path):
    items = choice_items([{0, 1}, {2, 3}, {0, 2}, {1, 3}], kind="multiple")
    quiz = load_file(quiz_file(tmp_path, *items))
    assert {round(e.credit, 9) for e in expectations(quiz)} == {0.25}
    assert {e.chance for e in expectations(quiz)} == {0.25}


def test_a_handful_of_items_cannot_be_judged_by_position(tmp_path):
    assert findings(tmp_path, *choice_items([3, 3, 3], count=3)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The reward is too small.", "The reward is too *small*"),
        ("Arrows pay, laps do not", "Laps do not; arrows pay"),
    ],
)
def test_options_that_say_the_same_are_found(tmp_path, one, other):
    options = [option(one, correct=True), option(other), option("Something else")]
    path = quiz_file(tmp_path, item(options=options))
    [error] = audit(load_file(path))
    assert "this option is nearly the same as the one on line" in str(error)
    assert other in path.read_text().splitlines()[error.line - 1]


def test_options_that_differ_in_one_word_are_fine(tmp_path):
    options = [
        option("The first number rises", correct=True),
        option("The second number rises"),
        option("The first number falls"),
    ]
    assert findings(tmp_path, item(options=options)) == []


@pytest.mark.parametrize("text", ["All of the above", "none of these options", "Both of the above"])
def test_an_option_that_points_at_its_place_is_found(tmp_path, text):
    options = [option("yes", correct=True), option("no"), option(text)]
    assert findings(tmp_path, item(options=options)) == [
        (
            f"item 't-single': options are shuffled, so '{text}' points nowhere. Name what is "
            "meant, or use type: multiple."
        )
    ]


def test_an_objective_without_an_item_is_found(tmp_path):
    objectives = {"know-why": "Know why.", "know-how": "Know how."}
    assert findings(tmp_path, item(), objectives=objectives) == [
        "no item tests the objective 'know-how'. Write one, or remove the objective."
    ]


def test_items_on_one_level_are_found(tmp_path):
    kinds = ("single", "number", "text", "order")
    assert findings(tmp_path, *(item(kind) for kind in kinds)) == [
        (
            "4 items reach 1 Bloom levels; 2 are needed. Missing: remember, apply, analyse, "
            "evaluate, create."
        )
    ]


def test_a_full_quiz_needs_every_level():
    assert [bloom_needed(n) for n in (1, 2, 4, 12, 40)] == [0, 1, 2, 6, 6]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("plain words", 11),
        ("*plain* **words**", 11),
        ("[a link](https://example.org/long)", 6),
        (r"$\sqrt{x}$", 2),
        ("two\n  lines", 9),
    ],
)
def test_length_is_what_the_eye_sees(text, length):
    assert shown_length(text) == length
