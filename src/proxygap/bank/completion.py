"""What a progress file says about its learner: mastery, both forms, calibration.

The same record that the page *Completion record* writes (``web/src/record/build.ts``), but with
every answer scored again: nobody needs to believe a number in the file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from proxygap import __version__
from proxygap.bank.answers import UnusableError
from proxygap.bank.cohort import faults, refusals
from proxygap.bank.mastery import ENOUGH, Event, judge, known
from proxygap.bank.progress_files import Found, Kept, Reader, Refused, sound_records
from proxygap.errors import UsageError
from proxygap.quiz import Quiz
from proxygap.simulations._calibration import Statement, calibrate

FORMAT, VERSION = "proxygap-completion", 1
STATEMENT = (
    "This record is unsigned and self-reported. It was written in the browser of its learner, "
    "from what is kept there, and anybody can write one. To check it, ask for the progress file "
    "and run: proxygap bank completion FILE"
)


ALTERED = "has a score that its answer does not earn; scored again"


def completions(
    files: Sequence[Path], bank: Sequence[Quiz], exercises: Sequence[str]
) -> tuple[dict[Path, dict[str, Any]], list[str]]:
    """Return the completion record of each progress file, and a sentence for what was left out.

    Parameters
    ----------
    files : sequence of Path
        The files.
    bank : sequence of Quiz
        The chapters with their items.
    exercises : sequence of str
        All exercises, as ``chapter/name``.

    Raises
    ------
    UsageError
        If no file can be used.
    """
    reader = Reader(bank)
    found: dict[Path, dict[str, Any]] = {}
    refused: dict[str, list[Path]] = defaultdict(list)
    faulty: dict[Path, Counter[str]] = defaultdict(Counter)
    for file in files:
        try:
            records = sound_records(file, faulty[file])
        except Refused as error:
            refused[str(error)].append(file)
        else:
            found[file] = _completion(records, reader, bank, exercises, faulty[file])
    notes = [*refusals(refused), *faults(faulty.items())]
    if not found:
        raise UsageError("\n".join([*notes, "None of the files can be used."]))
    return found, notes


def _completion(
    found: Found,
    reader: Reader,
    bank: Sequence[Quiz],
    exercises: Sequence[str],
    faulty: Counter[str],
) -> dict[str, Any]:
    events = list(_Evidence(reader, faulty).events(found))
    return {
        "format": FORMAT,
        "version": VERSION,
        "signed": False,
        "statement": STATEMENT,
        "course": {"title": "The Proxy Gap", "edition": __version__},
        "name": None,
        "issued": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "chapters": [_chapter(quiz, events, exercises, found) for quiz in bank],
        "forms": {name: _form(name, found, events) for name in ("before", "after")},
        "calibration": _calibration(found, events),
    }


class _Evidence:
    """Turns records into events; what cannot be used is counted."""

    def __init__(self, reader: Reader, faulty: Counter[str]) -> None:
        self._reader = reader
        self._faults = faulty

    def events(self, found: Found) -> Iterator[Event]:
        """Yield every answer that was given without having just seen the key."""
        readers = {"answer": self._answer, "review": self._review, "form": self._form}
        for kind, read in readers.items():
            for name, (at, value) in found[kind].items():
                if isinstance(value, dict):
                    yield from read(name, at, value)

    def _note(self, *, altered: bool) -> None:
        if altered:
            self._faults[ALTERED] += 1

    def _answer(self, name: str, at: float, value: dict[str, Any]) -> Iterator[Event]:
        judge_ = self._reader.judge(name)
        try:
            if judge_ is not None:
                answer, altered = judge_.answer(value)
                self._note(altered=altered)
                when = _instant(value["first"].get("at"))
                yield Event(name, "first", at if when is None else when, answer.credit)
        except UnusableError as error:
            self._faults[f"{error}; left out"] += 1

    def _review(self, _: str, at: float, value: dict[str, Any]) -> Iterator[Event]:
        name = value.get("item")
        if isinstance(name, str):
            yield from self._scored(name, "review", at, value)

    def _form(self, _: str, __: float, value: dict[str, Any]) -> Iterator[Event]:
        name, at, answers = value.get("form"), _instant(value.get("finished")), value.get("answers")
        if name in {"before", "after"} and at is not None and isinstance(answers, dict):
            for item, given in answers.items():
                if isinstance(given, dict):
                    yield from self._scored(item, name, at, given)

    def _scored(self, item: str, source: Any, at: float, given: dict[str, Any]) -> Iterator[Event]:
        judge_ = self._reader.judge(item)
        try:
            if judge_ is not None:
                credit = judge_.credit(given.get("response"))
                self._note(altered=given.get("credit") != credit)
                yield Event(item, source, at, credit, _confidence(given.get("confidence")))
        except UnusableError as error:
            self._faults[f"{error}; left out"] += 1


def _instant(given: Any) -> float | None:
    try:
        return datetime.fromisoformat(given).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _confidence(given: Any) -> float | None:
    sound = type(given) in {int, float} and 0 <= given <= 100
    return float(given) if sound else None


def _chapter(
    quiz: Quiz, events: Sequence[Event], exercises: Sequence[str], found: Found
) -> dict[str, Any]:
    mine = [name for name in exercises if name.startswith(f"{quiz.chapter}/")]
    solved = sum(_is_solved(found["exercise"].get(name)) for name in mine)
    return {
        "slug": quiz.chapter,
        "title": quiz.title,
        **judge([item.id for item in quiz.items], known(events), ENOUGH)._asdict(),
        "exercises": {"solved": solved, "of": len(mine)},
    }


def _is_solved(record: Kept | None) -> bool:
    return record is not None and isinstance(record[1], dict) and record[1].get("solved") is True


def _form(name: str, found: Found, events: Sequence[Event]) -> dict[str, Any] | None:
    """Return the result of the newest attempt at a form that came to its end."""
    attempts = [value for _, value in found["form"].values()
                if isinstance(value, dict) and value.get("form") == name
                and _instant(value.get("finished")) is not None
                and isinstance(value.get("items"), list)]  # fmt: skip
    if not attempts:
        return None
    last = max(attempts, key=lambda value: _instant(value.get("begun")) or 0.0)
    at = _instant(last["finished"])
    credit: Mapping[str, float] = {event.item: event.credit for event in events
                                   if event.source == name and event.at == at}  # fmt: skip
    return {"finished": last["finished"], "attempts": len(attempts),
            **judge(last["items"], credit)._asdict()}  # fmt: skip


def _calibration(found: Found, events: Sequence[Event]) -> dict[str, Any] | None:
    answers = [Statement(event.confidence, event.credit == 1)
               for event in events if event.confidence is not None]  # fmt: skip
    result = calibrate([*_predictions(found), *answers])
    if result is None:
        return None
    return {"made": result.made, "hits": result.hits, "confidence": result.confidence,
            "brier": result.brier}  # fmt: skip


def _predictions(found: Found) -> Iterator[Statement]:
    for _, value in found["prediction"].values():
        if not isinstance(value, dict):
            continue
        numbers = [value.get(name) for name in ("given", "outcome", "tolerance")]
        confidence = _confidence(value.get("confidence"))
        if confidence is not None and all(type(number) in {int, float} for number in numbers):
            given, outcome, tolerance = map(float, numbers)  # type: ignore[arg-type]
            yield Statement(confidence, abs(given - outcome) <= tolerance)
