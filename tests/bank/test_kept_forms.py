"""The forms that the pages show: the assembly's own, or at least still good for the bank."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from proxygap.bank.assembly import assemble
from proxygap.bank.blueprint import balanced, counts, proportional
from proxygap.bank.kept_forms import MAKE, dump, edition, fingerprint, read
from proxygap.cli.bank import command
from proxygap.errors import ContentError, UsageError
from proxygap.quiz import load_bank

CHAPTERS = [quiz.items for quiz in load_bank()]
BANK = [item for items in CHAPTERS for item in items]


@pytest.fixture
def file(repository):
    return repository / "quizzes" / "forms.json"


def test_the_kept_forms_are_parallel_and_each_has_twenty_items(file):
    forms = read(file, BANK).forms
    assert len(forms.before) == len(forms.after) == 20
    assert not set(forms.before) & set(forms.after)
    assert counts(forms.before, "objective") == counts(forms.after, "objective")


def goals(forms):
    return forms.departures(), forms.differences(), forms.mixture()


def test_the_kept_forms_are_the_best_of_their_bank_or_still_good_for_one_that_has_grown(file):
    kept = read(file, BANK)
    if kept.is_current:
        best = assemble(BANK, balanced(CHAPTERS, 20), lots=False)
        assert goals(kept.forms) == goals(best)
    assert kept.forms.differences() <= 2, f"for forms of today's bank type: {MAKE}"


def small(tmp_path, **changes):
    """Write forms of four items of the bank, changed in one place."""
    pairs = {}
    for item in BANK:
        pairs.setdefault((item.objective, item.bloom, item.difficulty), []).append(item)
    one, other = [pair[:2] for pair in pairs.values() if len(pair) > 1][:2]
    bank = [*one, *other]
    data = json.loads(dump(assemble(bank, proportional(bank, 2)), bank)) | changes
    file = tmp_path / "forms.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file, bank


def test_kept_forms_are_read_back_and_a_new_item_makes_them_old(tmp_path):
    file, bank = small(tmp_path)
    kept = read(file, bank)
    assert kept.is_current
    assert {*kept.forms.before, *kept.forms.after} == set(bank)
    assert not read(file, BANK).is_current


def test_only_what_the_assembly_looks_at_makes_forms_old():
    reworded = [replace(BANK[0], stem="Reworded?"), *BANK[1:]]
    harder = [replace(BANK[0], difficulty=4 - BANK[0].difficulty, bloom="create"), *BANK[1:]]
    assert fingerprint(reworded) == fingerprint(BANK[::-1]) == fingerprint(BANK)
    assert fingerprint(harder) != fingerprint(BANK)


def test_an_edition_is_named_after_its_questions():
    assert edition(BANK[:3]) == edition(BANK[:3])
    assert edition(BANK[:3]) != edition(BANK[1:4])


def test_an_item_that_was_removed_stops_the_forms_and_says_what_to_type(tmp_path):
    file, bank = small(tmp_path)
    with pytest.raises(ContentError, match=rf"no item {bank[0].id} \(any more\).*{MAKE}"):
        read(file, bank[1:])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"before": []}, "the forms have 0 and 2 items"),
        ({"before": 1}, "cannot be read"),
        ({"before": [1]}, "cannot be read"),
        ({"blueprint": {}}, "cannot be read"),
        ({"bank": None}, "cannot be read"),
    ],
)
def test_edited_forms_are_refused_with_what_to_type(tmp_path, changes, said):
    file, bank = small(tmp_path, **changes)
    with pytest.raises(ContentError, match=said) as error:
        read(file, bank)
    assert str(error.value).endswith(MAKE)


def test_an_item_in_both_forms_is_refused(tmp_path):
    file, bank = small(tmp_path)
    after = json.loads(file.read_text(encoding="utf-8"))["after"]
    file, bank = small(tmp_path, before=after)
    with pytest.raises(ContentError, match="stands in both forms"):
        read(file, bank)


def test_forms_that_have_drifted_apart_are_refused(tmp_path):
    file, bank = small(tmp_path)
    first = json.loads(file.read_text(encoding="utf-8"))["before"][0]
    moved = [replace(item, objective="elsewhere") if item.id == first else item for item in bank]
    with pytest.raises(ContentError, match="do not ask about the same objectives"):
        read(file, moved)


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_file_that_holds_no_forms_says_what_to_type(tmp_path, text):
    file = tmp_path / "forms.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=f"cannot be read.*{MAKE}"):
        read(file, BANK)
    file.unlink()
    with pytest.raises(ContentError, match=f"missing.*{MAKE}"):
        read(file, BANK)


def test_forms_of_some_chapters_are_not_kept_for_the_pages():
    with pytest.raises(UsageError, match="Leave the chapters out"):
        CliRunner().invoke(command, ["forms", "goodhart", "--keep"], catch_exceptions=False)
