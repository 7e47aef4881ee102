"""The journal: nothing rounded, half a line dropped, damage refused, one writer at a time."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import SetupError
from proxygap.sweep import Journal

NUMBERS = {"truth": [0.1, 2.0], "proxy": [1 / 3, -1e-300]}


def written(tmp_path: Path, *keys: str) -> Path:
    file = tmp_path / "deep" / "journal.jsonl"
    with Journal(file) as journal:
        for key in keys:
            journal.add(key, NUMBERS)
    return file


def complaint(file: Path) -> str:
    with pytest.raises(SetupError) as error:
        Journal(file)
    return str(error.value).replace(str(file), "…")


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False), max_size=5))
def test_every_number_comes_back_bit_for_bit(tmp_path_factory, numbers):
    file = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    with Journal(file) as journal:
        journal.add("key", {"truth": numbers})
    with Journal(file) as journal:
        back = journal.finished["key"]["truth"]
    assert [number.hex() for number in back] == [number.hex() for number in numbers]


def test_a_new_journal_is_empty_and_its_folders_are_made(tmp_path):
    with Journal(written(tmp_path)) as journal:
        assert journal.finished == {}


def test_what_is_added_is_in_the_file_at_once(tmp_path):
    file = tmp_path / "journal.jsonl"
    with Journal(file) as journal:
        journal.add("first", NUMBERS)
        assert file.read_bytes().startswith(b"first ")
        assert file.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("kept", [1, 20, -1])
def test_half_a_line_at_the_end_is_dropped_and_the_rest_goes_on(tmp_path, kept):
    file = written(tmp_path, "first", "second")
    first, second, _ = file.read_bytes().split(b"\n")
    file.write_bytes(first + b"\n" + (second + b"\n")[: kept if kept > 0 else len(second)])
    with Journal(file) as journal:
        assert set(journal.finished) == {"first"}
        journal.add("third", NUMBERS)
    with Journal(file) as journal:
        assert journal.finished == {"first": NUMBERS, "third": NUMBERS}


@pytest.mark.parametrize(
    ("old", "new"), [(b"0.1", b"0.7"), (b"second", b"sekond"), (b"{", b"["), (b" ", b"")]
)
def test_a_damaged_line_is_named_and_nothing_is_used(tmp_path, old, new):
    file = written(tmp_path, "first", "second", "third")
    lines = file.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(old, new, 1)
    file.write_bytes(b"\n".join(lines))
    assert complaint(file) == (
        "…:2: this line of the journal is damaged, so none of it is used. Delete the file and run "
        "the sweep again, or start another one with --journal FILE."
    )
    assert file.read_bytes() == b"\n".join(lines)


@pytest.mark.parametrize("content", [b"\n", b"\xff\xfe\n", b"not a journal\n", b"a b null\n"])
def test_a_file_that_is_no_journal_is_refused(tmp_path, content):
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    assert complaint(file).startswith("…:1: this line of the journal is damaged")
    assert file.read_bytes() == content


def test_two_sweeps_do_not_write_one_journal(tmp_path):
    file = written(tmp_path, "first")
    with Journal(file):
        assert complaint(file) == (
            "Another sweep is writing …. Wait for it to end, or choose another place with "
            "--journal FILE."
        )
    with Journal(file) as journal:
        assert "first" in journal.finished


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    assert complaint(tmp_path) == (
        "The journal … cannot be written: Is a directory. Choose another place with --journal FILE."
    )
