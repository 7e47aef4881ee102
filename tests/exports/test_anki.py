"""Anki packages, opened with zipfile and sqlite3, and imported by Anki itself."""

import json
import re
import sqlite3
import zipfile
from io import BytesIO

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from proxygap import exports
from proxygap.quiz.rules import notes_of
from tests.exports import words


@pytest.fixture(scope="module")
def collection(quizzes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("anki")
    with zipfile.ZipFile(BytesIO(exports.get("anki").build(quizzes))) as package:
        assert set(package.namelist()) == {"collection.anki2", "media"}
        assert json.loads(package.read("media")) == {}
        package.extract("collection.anki2", folder)
    database = sqlite3.connect(folder / "collection.anki2")
    yield database
    database.close()


@pytest.fixture(scope="module")
def notes(collection):
    rows = collection.execute("select guid, tags, flds from notes").fetchall()
    return {fields.split("\x1f")[0]: (guid, tags.split(), fields.split("\x1f")[1:])
            for guid, tags, fields in rows}  # fmt: skip


def test_every_item_is_a_note_with_one_card_in_its_chapters_deck(collection, notes, quizzes):
    assert notes.keys() == {item.id for quiz in quizzes for item in quiz.items}
    decks = json.loads(collection.execute("select decks from col").fetchone()[0])
    rows = collection.execute(
        "select flds, did from cards join notes on notes.id = cards.nid").fetchall()  # fmt: skip
    found = {flds.split("\x1f")[0]: decks[str(deck)]["name"] for flds, deck in rows}
    assert len(rows) == len(notes)
    assert found == {
        item.id: f"The Proxy Gap::{quiz.title}" for quiz in quizzes for item in quiz.items
    }


def test_the_back_says_every_feedback_and_the_explanation(notes, items):
    for item in items.values():
        _, _, (front, back, explanation) = notes[item.id]
        assert words.in_source(item.stem) <= words.in_html(front)
        assert words.in_source(item.explanation) <= words.in_html(explanation)
        for note in notes_of(item).values():
            assert words.in_source(note.feedback) <= words.in_html(back)


def test_the_front_gives_no_order_away(notes, items):
    front = notes["t-order"][2][0]
    assert re.findall(r"<li>(\w+)</li>", front) != ["one", "two", "three"]
    assert sorted(re.findall(r"<li>(\w+)</li>", front)) == ["one", "three", "two"]


def test_a_card_that_is_exported_again_keeps_its_name(quizzes, notes, tmp_path):
    with zipfile.ZipFile(BytesIO(exports.get("anki").build(quizzes[:1]))) as package:
        package.extract("collection.anki2", tmp_path)
    database = sqlite3.connect(tmp_path / "collection.anki2")
    again = dict(row for row in database.execute("select flds, guid from notes"))
    database.close()
    assert again
    for fields, guid in again.items():
        assert notes[fields.split("\x1f")[0]][0] == guid


def test_tags_are_single_words_and_maths_is_for_mathjax(notes):
    _, tags, (front, _, _) = notes["t-single"]
    assert "objective::know-why" in tags
    assert "bloom::understand" in tags
    assert r"\(x_1 = \frac{a}{b}\)" in front
    assert "<script" not in front


def test_the_deck_says_what_it_does_not_carry(collection):
    decks = json.loads(collection.execute("select decks from col").fetchone()[0]).values()
    ours = [deck["desc"] for deck in decks if deck["name"].startswith("The Proxy Gap::")]
    assert ours
    assert all("an answer is not scored" in said and "(every item)" in said for said in ours)


@pytest.fixture(scope="module")
def anki(quizzes, tmp_path_factory):
    """Return Anki's own import of a package into an empty collection."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "bank.apkg").write_bytes(exports.get("anki").build(quizzes))
    collection = Collection(str(folder / "mine.anki2"))
    request = ImportAnkiPackageRequest(package_path=str(folder / "bank.apkg"),
                                       options=ImportAnkiPackageOptions())  # fmt: skip
    yield collection, lambda: collection.import_anki_package(request).log
    collection.close()


def test_anki_itself_imports_every_item_once_and_asks_it(anki, quizzes, items):
    collection, imports = anki
    log = imports()
    assert (len(log.new), log.found_notes, collection.card_count()) == (len(items),) * 3
    found = {}
    for card in map(collection.get_card, collection.find_cards("")):
        item = items[card.note()["Id"]]
        assert words.in_source(item.stem) <= words.in_html(card.question())
        assert words.in_source(item.explanation) <= words.in_html(card.answer())
        found[item.id] = collection.decks.name(card.did)
    assert found == {
        item.id: f"The Proxy Gap::{quiz.title}" for quiz in quizzes for item in quiz.items
    }
    again = imports()
    assert (len(again.new), len(again.duplicate)) == (0, len(items))
