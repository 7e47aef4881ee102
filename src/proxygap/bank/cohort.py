"""Read many progress files at once: what can be used, and a sentence for everything else."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from proxygap.bank.learners import Learner, learners
from proxygap.bank.progress_files import Reader, Refused, Sheet
from proxygap.errors import UsageError
from proxygap.quiz import Quiz

SHOWN = 10
"""After so many files with the same trouble, the rest are counted."""


class Cohort(NamedTuple):
    """The learners behind some files.

    Attributes
    ----------
    learners : list of Learner
        Each with one answer to each item.
    files : int
        Files that were used.
    notes : list of str
        A sentence for everything that was left out, joined or scored again.
    lost : bool
        Whether anything was left out.
    """

    learners: list[Learner]
    files: int
    notes: list[str]
    lost: bool


def read_cohort(files: Sequence[Path], bank: Iterable[Quiz]) -> Cohort:
    """Read `files` against `bank`; no file is changed.

    Raises
    ------
    UsageError
        If no file can be used.
    """
    reader = Reader(bank)
    sheets, refused = [], defaultdict(list)
    with _uncollected():
        for file in files:
            try:
                sheets.append(reader.read(file))
            except Refused as error:
                refused[str(error)].append(file)
    left_out = refusals(refused)
    if not sheets:
        raise UsageError("\n".join([*left_out, "None of the files can be used."]))
    found = learners(sheets)
    notes = [
        *left_out,
        *faults((sheet.file, sheet.faults) for sheet in sheets),
        *_gone(sheets),
        *_joined(found),
    ]
    lost = bool(refused) or any(sheet.faults or sheet.gone for sheet in sheets)
    return Cohort(found, len(sheets), notes, lost)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the collector: JSON has no cycles, and looking for some takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def refusals(refused: Mapping[str, list[Path]]) -> list[str]:
    """Return a sentence for each file that cannot be used; after ten with one trouble, a count."""
    return [note for why, files in refused.items() for note in _refused(why, files)]


def _refused(why: str, files: list[Path]) -> list[str]:
    said = [f"{file}: {why}" for file in files[:SHOWN]]
    rest = len(files) - SHOWN
    return [*said, f"… and {_count(rest, 'more file')}: {why}"] if rest > 0 else said


def faults(found: Iterable[tuple[Path, Mapping[str, int]]]) -> list[str]:
    """Return a sentence for the records of each file that could not be used as they stand."""
    by_fault: dict[str, list[tuple[Path, int]]] = defaultdict(list)
    for file, counts in found:
        for fault, count in counts.items():
            by_fault[fault].append((file, count))
    return [line for fault, those in sorted(by_fault.items()) for line in _fault(fault, those)]


def _fault(fault: str, found: list[tuple[Path, int]]) -> list[str]:
    said = [f"{file}: {_count(count, 'record')}, each {fault}." for file, count in found[:SHOWN]]
    rest = found[SHOWN:]
    if rest:
        records = _count(sum(count for _, count in rest), "record")
        said.append(f"… and {records} in {_count(len(rest), 'more file')}, each {fault}.")
    return said


def _gone(sheets: Iterable[Sheet]) -> list[str]:
    counts = Counter(item for sheet in sheets for item in sheet.gone)
    return [f"The item '{item}' is not in the bank (any more): {_count(count, 'answer')} left out."
            for item, count in sorted(counts.items())]  # fmt: skip


def _joined(found: Iterable[Learner]) -> list[str]:
    said = []
    for learner in found:
        if len(learner.sheets) > 1:
            names = [str(sheet.file) for sheet in learner.sheets]
            said.append(f"{', '.join(names[:-1])} and {names[-1]} are of one learner; of two "
                        "versions of an answer the newer counts.")  # fmt: skip
    extra = len(said) - SHOWN
    return (
        [*said[:SHOWN], f"… and {extra} more learners with several files."] if extra > 0 else said
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
