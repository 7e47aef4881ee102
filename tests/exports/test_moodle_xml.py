"""Moodle XML files, read again by two others and held against Moodle's documented structure.

Moodle publishes no schema. The reader moodle-xml-parser knows choices, and nobody outside Moodle
knows the other kinds of question; those are read with lxml.
"""

import pytest
from lxml import etree
from moodle_xml_parser.parser import parse_bytes

from proxygap import exports
from proxygap.exports._parts import tags
from proxygap.exports.moodle_xml import KINDS
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text
from proxygap.quiz.rules import notes_of, rule_of
from tests.exports import words

# What Moodle accepts as a share of the credit, in percent (question/engine/bank.php).
SHARES = {0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667,
          70, 75, 80, 83.33333, 90, 100}  # fmt: skip


@pytest.fixture(scope="module")
def root(quizzes):
    return etree.fromstring(exports.get("moodle-xml").build(quizzes))


@pytest.fixture(scope="module")
def questions(root):
    return {
        one.findtext("name/text"): one for one in root if one.get("type") not in {None, "category"}
    }


def test_every_item_follows_its_chapters_category(root, quizzes):
    found = [one.findtext("category/text") or (one.findtext("name/text"), one.get("type"))
             for one in root if isinstance(one.tag, str)]  # fmt: skip
    expected = []
    for quiz in quizzes:
        expected.append(f"$course$/top/The Proxy Gap/{quiz.title.replace('/', '//')}")
        expected += [(item.id, KINDS[item.type]) for item in quiz.items]
    assert found == expected


def test_questions_have_the_parts_that_moodle_documents(questions, items):
    assert questions.keys() == items.keys()
    for question in questions.values():
        for part in ("questiontext", "generalfeedback"):
            assert question.find(part).get("format") == "html"
            assert question.findtext(f"{part}/text").strip()
        assert question.findtext("defaultgrade") == "1"
        assert question.findtext("idnumber") == question.findtext("name/text")
        assert all(one.get("fraction") for one in question.findall("answer"))


def test_shares_are_those_that_moodle_knows_and_that_the_page_gives(questions, items):
    for item in items.values():
        if isinstance(item.body, Single | Multiple):
            question, rule = questions[item.id], rule_of(item)
            assert question.findtext("single") == ("true" if item.type == "single" else "false")
            shares = [float(one.get("fraction")) for one in question.findall("answer")]
            assert {abs(share) for share in shares} <= SHARES
            worth = [100 * rule["credit"][option.id] / rule["of"] for option in item.body.options]
            assert shares == pytest.approx(worth, abs=1e-5)


def test_another_reader_finds_every_choice_with_what_it_earns_and_says(quizzes, items):
    read = parse_bytes(exports.get("moodle-xml").build(quizzes))
    found = {question.name: question for question in read["multichoice"]}
    choices = {name: one for name, one in items.items() if isinstance(one.body, Single | Multiple)}
    assert found.keys() == choices.keys()
    for name, item in choices.items():
        question, rule = found[name], rule_of(item)
        assert question.single == (item.type == "single")
        for given, option in zip(question.options, item.body.options, strict=True):
            worth = 100 * rule["credit"][option.id] / rule["of"]
            assert given.score_fraction == pytest.approx(worth, abs=1e-5)
            assert words.in_source(option.text) <= words.in_html(given.answer)
            assert words.in_source(option.feedback) <= words.in_html(given.feedback)


def test_typed_answers_keep_key_mistakes_and_a_word_for_everything_else(questions, items):
    for item in items.values():
        answers = questions[item.id].findall("answer")
        if isinstance(item.body, Number | Text):
            assert answers[0].get("fraction") == "100"
            assert answers[-1].findtext("text") == "*"
            assert answers[-1].get("fraction") == "0"
        if isinstance(item.body, Number):
            assert len(answers) == len(item.body.mistakes) + 2
            assert float(answers[0].findtext("text")) == item.body.answer.value
            room = item.body.answer.high - item.body.answer.value
            assert float(answers[0].findtext("tolerance")) == pytest.approx(
                room, rel=1e-6, abs=1e-6
            )
        if isinstance(item.body, Text):
            phrases = item.body.answer.accept
            found = [one.findtext("text").replace(r"\*", "*") for one in answers[: len(phrases)]]
            assert found == list(phrases)


def test_pairs_are_kept(questions, items):
    for item in items.values():
        pairs = questions[item.id].findall("subquestion")
        found = [one.findtext("answer/text") for one in pairs]
        if isinstance(item.body, Order):
            assert found == [f"step {i + 1}" for i in range(len(item.body.steps))]
        if isinstance(item.body, Classify):
            assert found == [card.category for card in item.body.cards]


def test_every_word_of_every_text_arrives(questions, items):
    for item in items.values():
        question = questions[item.id]
        parts = question.iter("questiontext", "generalfeedback", "feedback")
        texts = [part.findtext("text") for part in parts]
        notes = [note.feedback for note in notes_of(item).values()]
        wanted = words.in_source(" ".join([item.stem, item.explanation, item.dispute, *notes]))
        assert wanted <= words.in_html(" ".join(texts))


def test_tags_are_kept(questions, quizzes):
    for quiz in quizzes:
        for item in quiz.items:
            found = [one.text for one in questions[item.id].findall("tags/tag/text")]
            assert found == tags(quiz, item)


def test_texts_are_sound_html_with_maths_for_mathjax(questions):
    stem = questions["t-single"].findtext("questiontext/text")
    assert r"\(x_1 = \frac{a}{b}\)" in stem
    assert r"\[\sum_{i&lt;n} x_i \ne 0\]" in stem
    assert "<script" not in stem
    for question in questions.values():
        for part in question.iter("questiontext", "generalfeedback", "feedback"):
            etree.fromstring(f"<div>{part.findtext('text')}</div>")


def test_the_file_says_what_it_does_not_carry(root):
    [comment] = [one for one in root if not isinstance(one.tag, str)]
    assert "What Moodle XML does not carry:" in comment.text
