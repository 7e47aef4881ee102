"""GIFT files, read again by the npm package gift-pegjs."""

import json
import subprocess
from pathlib import Path

import pytest

from proxygap import exports
from proxygap.exports._parts import tags
from proxygap.quiz import rule_of, score
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text
from proxygap.quiz.rules import notes_of
from proxygap.site import node
from proxygap.site.bundle import build_bundle
from proxygap.site.steps import step
from tests.exports import words

KINDS = {Single: "MC", Multiple: "MC", Number: "Numerical", Text: "Short", Order: "Matching",
         Classify: "Matching"}  # fmt: skip


@pytest.fixture(scope="module")
def parsed(quizzes, repository, tmp_path_factory):
    """Return what gift-pegjs reads: a category, then its questions, and so on."""
    parser = repository / "web/node_modules/gift-pegjs/pegjs-gift.js"
    if not parser.exists():
        with step("Front end") as current:
            build_bundle(current)
    file = tmp_path_factory.mktemp("gift") / "bank.gift"
    file.write_bytes(exports.get("gift").build(quizzes))
    command = [node.executable(), Path(__file__).with_name("run_gift.mjs"), parser, file]
    done = subprocess.run(command, check=True, capture_output=True, text=True,
                          env=node.environment())  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def questions(parsed):
    return {one["title"]: one for one in parsed if one["type"] != "Category"}


def test_every_item_is_a_question_of_its_kind_in_its_chapters_category(parsed, quizzes):
    expected = []
    for quiz in quizzes:
        expected.append(f"$course$/top/The Proxy Gap/{quiz.title.replace('/', '//')}")
        expected += [(one.id, KINDS[type(one.body)]) for one in quiz.items]
    found = [one["title"] if one["type"] == "Category" else (one["title"], one["type"])
             for one in parsed]  # fmt: skip
    assert found == expected


def test_ids_and_tags_are_kept(questions, quizzes):
    for quiz in quizzes:
        for item in quiz.items:
            assert questions[item.id]["id"] == item.id
            assert questions[item.id]["tags"] == tags(quiz, item)


def test_each_option_earns_what_it_earns_on_the_page(questions, items):
    for item in items.values():
        if isinstance(item.body, Single | Multiple):
            choices = questions[item.id]["choices"]
            assert len(choices) == len(item.body.options)
            single = item.type == "single"
            for choice, option in zip(choices, item.body.options, strict=True):
                weight = choice["weight"]
                share = (100 if choice["isCorrect"] else 0) if weight is None else weight
                rule = rule_of(item)
                worth = rule["credit"][option.id] / rule["of"]
                assert share == pytest.approx(100 * worth, abs=1e-5)
                if single:
                    assert score(rule, option.id).credit == pytest.approx(share / 100)


def test_numbers_and_typed_answers_keep_their_key_and_their_mistakes(questions, items):
    numbers = questions["t-number"]["choices"]
    found = [(one["text"].get("number"), one["text"].get("range"), one["weight"])
             for one in numbers]  # fmt: skip
    assert found == [(-0.5, 0.05, None), (1e-7, 1e-8, 0), (None, None, None)]
    text = questions["t-text"]["choices"]
    assert [one["text"]["text"] for one in text] == [
        r"a\*b",
        "x = {y}: ~z",
        "a < b & c",
        r"ab\*",
        "*",
    ]
    assert [one["weight"] for one in text] == [None, None, None, 0, 0]
    for item in items.values():
        if isinstance(item.body, Number):
            key = questions[item.id]["choices"][0]
            assert key["isCorrect"]
            value, room = key["text"]["number"], key["text"]["range"]
            bounds = (item.body.answer.low, item.body.answer.high)
            assert (value - room, value + room) == pytest.approx(bounds, rel=1e-6, abs=1e-6)


def test_every_word_of_every_text_arrives(questions, items):
    for item in items.values():
        question = questions[item.id]
        texts = [question["stem"]["text"], question["globalFeedback"]["text"]]
        texts += [choice["feedback"]["text"] for choice in question.get("choices", [])]
        notes = [note.feedback for note in notes_of(item).values()]
        wanted = words.in_source(" ".join([item.stem, item.explanation, item.dispute, *notes]))
        assert wanted <= words.in_html(" ".join(texts))


def test_awkward_signs_arrive_unharmed(questions):
    stem = questions["t-single"]["stem"]
    assert stem["format"] == "html"
    for part in (r"\(x_1 = \frac{a}{b}\)", r"\[\sum_{i&lt;n} x_i \ne 0\]", "<code>{~=#:\\}</code>",
                 "of {all} = half:\nyes #1 ~ no \\ back", "&lt;script&gt;", "<table>",
                 'href="https://example.org/?a=1&amp;b=2"'):  # fmt: skip
        assert part in stem["text"]
    assert "<script" not in stem["text"]
    assert questions["t-single"]["choices"][0]["text"]["text"] == (
        r"It is \(x^2 = 4\) -&gt; {so} ~ #1: <code>a\b</code>"
    )


def test_pairs_arrive_in_their_order(questions, items):
    assert [(one["subquestion"]["text"], one["subanswer"])
            for one in questions["t-order"]["matchPairs"]] == [
        ("one", "step 1"), ("two", "step 2"), ("three", "step 3")]  # fmt: skip
    for item in items.values():
        if isinstance(item.body, Classify):
            found = [one["subanswer"] for one in questions[item.id]["matchPairs"]]
            assert found == [card.category for card in item.body.cards]


def test_the_file_says_what_it_does_not_carry(quizzes):
    head = exports.get("gift").build(quizzes).decode().partition("$CATEGORY")[0]
    assert "// What GIFT does not carry:" in head
    assert "steps are matched with their places" in head
