"""Every quiz of the course passes the gates."""

import re

import pytest

from proxygap.content import content_root
from proxygap.quiz import load_bank, load_misconceptions, load_quiz, problems, quiz_slugs
from proxygap.quiz.audit import audit
from proxygap.quiz.model import Multiple, Single
from proxygap.quiz.rules import notes_of, rule_of
from proxygap.quiz.scoring import score
from proxygap.quiz.sources import chapter_sections

SLUGS = quiz_slugs()
ITEMS = [pytest.param(item, id=item.id) for quiz in load_bank() for item in quiz.items]


def test_the_bank_has_no_mistake():
    assert [str(error) for error in problems()] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_strategy_without_knowledge_pays_and_every_other_gate_holds(slug):
    assert [str(finding) for finding in audit(load_quiz(slug))] == []


@pytest.mark.parametrize("item", ITEMS)
def test_every_answer_is_told_something_and_a_wrong_one_has_a_misconception(item):
    glossary = load_misconceptions()
    notes = notes_of(item)
    assert all(note.feedback.strip() for note in notes.values())
    if isinstance(item.body, Single | Multiple):
        for option in item.body.options:
            if not option.correct and not option.second_best:
                assert notes[option.id].misconception in glossary


def key_of(item):
    """Return the response that earns everything."""
    rule = rule_of(item)
    match rule["type"]:
        case "single":
            return next(name for name, credit in rule["credit"].items() if credit == rule["of"])
        case "multiple":
            return [name for name, credit in rule["credit"].items() if credit > 0]
        case "number":
            return f"{item.body.answer.value:g}"
        case "text":
            return item.body.answer.accept[0]
        case "order":
            return rule["sequence"]
        case "classify":
            return rule["home"]


@pytest.mark.parametrize("item", ITEMS)
def test_the_key_earns_everything_and_each_note_exists(item):
    scored = score(rule_of(item), key_of(item))
    assert scored.outcome == "correct"
    assert set(scored.notes) <= set(notes_of(item))


@pytest.mark.parametrize("item", ITEMS)
def test_items_are_spelt_in_british_english(item):
    notes = " ".join(note.feedback for note in notes_of(item).values())
    prose = f"{item.stem} {item.explanation} {notes}".lower()
    assert re.findall(r"\b(?:behavior|color|favor)\w*|\b\w{3,}iz(?:e|es|ed|ing)\b", prose) == []


@pytest.mark.parametrize("belief", load_misconceptions().values(), ids=lambda one: one.id)
def test_a_misconception_is_refuted_where_it_says(belief):
    sections = chapter_sections(belief.chapter)
    assert sections is not None, f"there is no chapter '{belief.chapter}'"
    assert belief.section in sections


def test_every_misconception_is_used():
    used = {note.misconception for quiz in load_bank() for item in quiz.items
            for note in notes_of(item).values()}  # fmt: skip
    assert set(load_misconceptions()) - used == set()


def test_a_full_chapter_has_every_type_of_item():
    types = {item.type for item in load_quiz("specification-gaming").items}
    assert types == {"single", "multiple", "number", "text", "order", "classify"}


def test_a_files_name_is_not_a_misspelt_quiz():
    files = {path.name for path in (content_root() / "quizzes").iterdir()}
    wanted = {f"{slug}.yml" for slug in SLUGS} | {
        "misconceptions.yml", "misconceptions.schema.json", "schema.json",
        "forms.json", "completion.schema.json",
    }  # fmt: skip
    assert files == wanted


@pytest.mark.parametrize("belief", load_misconceptions().values(), ids=lambda one: one.id)
def test_a_refutation_is_short(belief):
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", belief.refutation)) <= 3
