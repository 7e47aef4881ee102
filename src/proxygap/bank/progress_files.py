"""Read the progress files that learners export, and say in a sentence what cannot be used."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from proxygap.bank.answers import Answer, Judge, UnusableError
from proxygap.errors import UsageError
from proxygap.quiz import Quiz

FORMAT, VERSION = "proxygap-progress", 1
MOST_BYTES = 20_000_000
KEEP = "Export the file again on the page 'Your progress'."


class Refused(Exception):  # noqa: N818  (said to the reader, not an accident)
    """A file that cannot be used at all; the message says why and what to do."""


@dataclass
class Sheet:
    """What one file holds.

    Attributes
    ----------
    file : Path
        The file.
    answers : dict of str to Answer
        The first answer to each item.
    times : dict of str to float
        When the record of each was written, in seconds since 1970.
    seed : str
        The seed that shuffles options, drawn once in each browser, and when; or nothing.
    marks : frozenset of int
        A hash of each other record's name and time: what two exports of one learner share.
    faults : dict of str to int
        How many records could not be used as they stand, by what is wrong with them.
    gone : frozenset of str
        Items that were answered and that the bank does not have.
    """

    file: Path
    answers: dict[str, Answer] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    seed: str = ""
    marks: frozenset[int] = frozenset()
    faults: Counter[str] = field(default_factory=Counter)
    gone: frozenset[str] = frozenset()


class Reader:
    """Reads progress files against the items of a bank."""

    def __init__(self, bank: Iterable[Quiz]) -> None:
        self._judges = {item.id: Judge(item) for quiz in bank for item in quiz.items}

    def read(self, path: Path) -> Sheet:
        """Return what the file at `path` holds.

        Raises
        ------
        Refused
            If nothing in it can be used.
        """
        sheet = Sheet(path)
        found = sound_records(path, sheet.faults)
        seeds = found.pop("seed", {})
        sheet.seed = "; ".join(f"{name} {at} {value}" for name, (at, value) in seeds.items())
        sheet.marks = frozenset(hash((kind, name, at)) for kind, kept in found.items()
                                for name, (at, _) in kept.items())  # fmt: skip
        self._judge(sheet, found["answer"])
        if not sheet.answers:
            raise Refused(_nothing_left(sheet))
        return sheet

    def judge(self, item: str) -> Judge | None:
        """Return what scores answers to `item`; None where the bank has no such item."""
        return self._judges.get(item)

    def _judge(self, sheet: Sheet, answers: Mapping[str, Kept]) -> None:
        sheet.gone = frozenset(answers.keys() - self._judges.keys())
        for item, (at, value) in answers.items():
            if item in sheet.gone:
                continue
            try:
                answer, altered = self._judges[item].answer(value)
            except UnusableError as error:
                sheet.faults[f"{error}; left out"] += 1
                continue
            if altered:
                sheet.faults["has a score that its answer does not earn; scored again"] += 1
            sheet.answers[item], sheet.times[item] = answer, at


def _nothing_left(sheet: Sheet) -> str:
    if sheet.gone:
        return (
            f"all its {len(sheet.gone)} answered items are unknown here, such as "
            f"'{min(sheet.gone)}'. It belongs to another course, or to another edition of this one."
        )
    if sheet.faults:
        return f"no answer in it can be used: each {next(iter(sheet.faults))}. {KEEP}"
    return "it holds no answer to any item."


def _load(path: Path) -> dict[str, Any]:
    """Return the file as JSON, once it is sure that it is a progress file of this version."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("it is too large to be a progress file (over 20 MB).")
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Refused(f"it cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Refused(f"it is not UTF-8 text. {KEEP}") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"it cannot be read as JSON: cut off or edited. {KEEP}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Refused(f"it is not a progress file of this course (format '{FORMAT}').")
    _check_version(data.get("version"))
    return data


def _check_version(version: object) -> None:
    if version == VERSION and not isinstance(version, bool):
        return
    if isinstance(version, int) and version > VERSION:
        raise Refused(
            f"it was written by a newer edition of the course (version {version}; this one reads "
            f"version {VERSION}). Update the course, then try again."
        )
    raise Refused(f"it has version {version!r}; this course reads version {VERSION}. {KEEP}")


def _records(data: dict[str, Any]) -> list[Any]:
    records = data.get("records")
    if not isinstance(records, list):
        raise Refused(f"it has no list of records: cut off or edited. {KEEP}")
    return records


Kept = tuple[float, Any]
"""Time and value of a record."""

Found = defaultdict[str, dict[str, Kept]]
"""Records by kind and id; nothing of a kind that is not there."""


def sound_records(path: Path, faults: Counter[str]) -> Found:
    """Return the sound records of the file at `path`; damaged ones are counted in `faults`.

    Raises
    ------
    Refused
        If it is not a progress file of this version.
    """
    return _newest(_records(_load(path)), faults)


def _newest(records: list[Any], faults: Counter[str]) -> Found:
    """Return time and value of each sound record by kind and id; of two versions, the newer."""
    found: Found = defaultdict(dict)
    for record in records:
        try:
            kind, name, value = record["kind"], record["id"], record["value"]
            at = datetime.fromisoformat(record["at"]).timestamp()
            sound = type(kind) is type(name) is str
        except (TypeError, KeyError, ValueError, OverflowError):
            sound = False
        if not sound:
            faults["is damaged; left out"] += 1
        elif name not in found[kind] or at > found[kind][name][0]:
            found[kind][name] = (at, value)
    return found


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return the files that were named; a folder stands for the ``.json`` files in it.

    Raises
    ------
    UsageError
        If that leaves no file.
    """
    given = list(paths)
    files = [file for path in given
             for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]  # fmt: skip
    if not files:
        named = ", ".join(str(path) for path in given)
        raise UsageError(f"There is no progress file (*.json) in {named}. Name files or a folder.")
    return list(dict.fromkeys(files))
