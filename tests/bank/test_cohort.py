"""Progress files, good and bad: everything that can be used is, and the rest is said."""

import json
import sys

import pytest

from proxygap.bank.cohort import read_cohort
from proxygap.bank.progress_files import expand
from proxygap.errors import UsageError
from proxygap.quiz import load_quiz
from tests.bank.builders import answer, key_of, miss_of, progress_file, seed

QUIZ = load_quiz("specification-gaming")
ITEM, OTHER = QUIZ.items[1], QUIZ.items[2]


def right(item=ITEM, at=0, **changes):
    return answer(QUIZ.chapter, item, key_of(item), at, **changes)


def wrong(item=ITEM, at=0, **changes):
    return answer(QUIZ.chapter, item, miss_of(item), at, **changes)


@pytest.fixture
def good(tmp_path):
    return progress_file(tmp_path / "good.json", seed(1, 1), right())


def read(*files):
    return read_cohort(files, [QUIZ])


def test_a_sound_file_needs_no_word(good):
    cohort = read(good)
    assert cohort.notes == []
    assert not cohort.lost
    assert [learner.answers.keys() for learner in cohort.learners] == [{ITEM.id}]


def cut(path):
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")


def rewritten(**changes):
    def write(path):
        data = json.loads(path.read_text(encoding="utf-8")) | changes
        path.write_text(json.dumps(data), encoding="utf-8")

    return write


REFUSALS = {
    "truncated": (cut, "cannot be read as JSON"),
    "newer": (rewritten(version=2), "newer edition of the course (version 2; this one reads"),
    "odd version": (rewritten(version="1b"), "it has version '1b'; this course reads version 1."),
    "true is no version": (rewritten(version=True), "it has version True"),
    "another format": (rewritten(format="other"), "not a progress file of this course"),
    "no records": (rewritten(records={}), "no list of records"),
    "a list": (lambda path: path.write_text("[]"), "not a progress file of this course"),
    "empty": (lambda path: path.write_text(""), "cannot be read as JSON"),
    "not text": (lambda path: path.write_bytes(b"\xff\xfe\x00"), "not UTF-8 text"),
    "nested": (
        lambda path: path.write_text("[" * 10 * sys.getrecursionlimit()),
        "cannot be read as JSON",
    ),
    "too large": (lambda path: path.write_bytes(b" " * 20_000_001), "too large"),
    "nothing answered": (rewritten(records=[seed(1, 1)]), "holds no answer to any item"),
    "all damaged": (rewritten(records=[1, None]), "no answer in it can be used: each is damaged"),
    "another course": (
        rewritten(records=[{**right(), "id": "wines-1"}]),
        "all its 1 answered items are unknown here, such as 'wines-1'. It belongs to another",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), REFUSALS.values(), ids=REFUSALS)
def test_a_file_that_cannot_be_used_is_named_and_the_others_are_read(good, tmp_path, spoil, said):
    bad = progress_file(tmp_path / "bad.json", right(at=5))
    spoil(bad)
    before = bad.read_bytes()
    cohort = read(bad, good)
    assert len(cohort.learners) == 1
    assert cohort.lost
    [note] = cohort.notes
    assert note.startswith(f"{bad}: ")
    assert said in note
    assert bad.read_bytes() == before


def test_a_missing_file_is_named(good, tmp_path):
    cohort = read(tmp_path / "nobody.json", good)
    assert cohort.notes == [(f"{tmp_path / 'nobody.json'}: it cannot be opened (No such file or "
                            "directory).")]  # fmt: skip


def test_no_usable_file_is_an_error_that_names_each(tmp_path):
    bad = progress_file(tmp_path / "bad.json", version=2)
    with pytest.raises(UsageError, match=r"bad\.json: it was written by a newer.*\n.*None of the"):
        read(bad)


ONE_ITEM_FAULTS = {
    "no kind": {"kind": 3},
    "no date": {"at": "yesterday"},
    "far date": {"at": "9999-99-99T00:00:00Z"},
    "no value": {"value": None},
    "no try": {"value": {**wrong()["value"], "tries": 0}},
    "true is no number of tries": {"value": {**wrong()["value"], "tries": True}},
    "no score": {"value": {**wrong()["value"], "first": 1}},
    "impossible score": {"value": {**wrong()["value"], "first": {"outcome": "wrong", "credit": 1}}},
    "no part": {"value": {**wrong()["value"], "first": {"outcome": "partly", "credit": 2.0}}},
    "odd answer": {
        "value": {
            **wrong()["value"],
            "first": {"outcome": "wrong", "credit": 0},
            "response": [1],
        }
    },
    "old wording": {
        "value": {
            **wrong()["value"],
            "first": {"outcome": "wrong", "credit": 0, "response": "o1234567"},
        }
    },
}


@pytest.mark.parametrize("damage", ONE_ITEM_FAULTS.values(), ids=ONE_ITEM_FAULTS)
def test_a_damaged_record_is_left_out_and_the_rest_of_its_file_is_kept(tmp_path, damage):
    file = progress_file(tmp_path / "edited.json", wrong() | damage, right(OTHER))
    cohort = read(file)
    assert cohort.learners[0].answers.keys() == {OTHER.id}
    assert cohort.lost
    [note] = cohort.notes
    assert note.startswith(f"{file}: 1 record, each ")
    assert note.endswith("left out.")


def test_an_edited_score_is_worked_out_again(tmp_path):
    value = {**wrong()["value"], "first": {"outcome": "correct", "credit": 1,
                                           "response": miss_of(ITEM)}}  # fmt: skip
    cohort = read(progress_file(tmp_path / "proud.json", wrong() | {"value": value}))
    assert cohort.learners[0].answers[ITEM.id].credit == 0
    assert "has a score that its answer does not earn; scored again" in cohort.notes[0]


def test_an_item_removed_since_is_counted_once_for_all_files(tmp_path, good):
    gone = right() | {"id": "sg-gone"}
    files = [progress_file(tmp_path / f"{i}.json", gone, right(at=i), seed(i, i)) for i in (2, 3)]
    cohort = read(good, *files)
    assert cohort.notes == ["The item 'sg-gone' is not in the bank (any more): 2 answers left out."]
    assert len(cohort.learners) == 3


def test_only_the_first_try_counts(tmp_path):
    value = right(tries=3)["value"] | {
        "first": {"outcome": "wrong", "credit": 0, "response": miss_of(ITEM)}
    }
    kept = read(progress_file(tmp_path / "a.json", right() | {"value": value})).learners[0]
    assert kept.answers[ITEM.id].credit == 0
    assert kept.answers[ITEM.id].chosen == (miss_of(ITEM),)


def test_an_older_file_still_says_how_the_first_try_scored(tmp_path):
    value = right(tries=3)["value"] | {"first": {"outcome": "wrong", "credit": 0}}
    kept = read(progress_file(tmp_path / "a.json", right() | {"value": value})).learners[0]
    assert kept.answers[ITEM.id][:2] == (0, None)


def test_two_files_from_one_browser_are_one_learner_and_the_newer_answer_counts(tmp_path):
    one = progress_file(tmp_path / "a.json", seed(7, 1), wrong(at=10))
    two = progress_file(tmp_path / "b.json", seed(7, 1), right(at=99), right(OTHER, at=20))
    cohort = read(two, one)
    [learner] = cohort.learners
    assert {name: a.credit for name, a in learner.answers.items()} == {ITEM.id: 1, OTHER.id: 1}
    note = f"{two} and {one} are of one learner; of two versions of an answer the newer counts."
    assert cohort.notes == [note]
    assert not cohort.lost


def test_files_without_a_seed_are_of_one_learner_if_two_times_agree(tmp_path):
    shared = [right(at=10), right(OTHER, at=20)]
    one = progress_file(tmp_path / "a.json", *shared)
    two = progress_file(tmp_path / "b.json", *shared, right(QUIZ.items[3], at=30))
    assert len(read(one, two).learners) == 1


def test_the_same_file_twice_is_one_learner(tmp_path):
    one = progress_file(tmp_path / "a.json", right(at=10))
    two = progress_file(tmp_path / "copy of a.json", right(at=10))
    assert len(read(one, two).learners) == 1


def test_two_learners_who_answer_in_the_same_millisecond_stay_two(tmp_path):
    one = progress_file(tmp_path / "a.json", seed(1, 1), right(at=10), right(OTHER, at=11))
    two = progress_file(tmp_path / "b.json", seed(2, 1), right(at=10), right(OTHER, at=12))
    assert len(read(one, two).learners) == 2


def test_much_trouble_is_counted_after_ten_files(tmp_path, good):
    bad = [progress_file(tmp_path / f"bad-{i:02}.json", version=9) for i in range(25)]
    notes = read(good, *bad).notes
    assert len(notes) == 11
    assert notes[-1].startswith("… and 15 more files: it was written by a newer")


def test_a_folder_stands_for_its_files(tmp_path, good):
    (tmp_path / "notes.txt").write_text("not for us")
    assert expand([tmp_path]) == [good]
    assert expand([good, tmp_path]) == [good]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no progress file"):
        expand([tmp_path / "empty"])
