"""Keeps every finished measurement, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Sample = dict[str, Any]
"""What one run of one measurement gave: whatever JSON can keep."""


class Store:
    """Samples in a JSON file, kept for as long as what they measure stays the same.

    Parameters
    ----------
    file : Path
        Where the samples are written after each measurement.
    digests : mapping
        Fingerprint of what each group measures. Samples of another fingerprint are dropped.
    say : callable
        Receives a line before each measurement.
    """

    def __init__(
        self, file: Path, digests: Mapping[str, str], say: Callable[[str], None] = print
    ) -> None:
        self._file = file
        self._digests = digests
        self._say = say
        self._groups: dict[str, Any] = _read(file)

    def in_turns(
        self, group: str, takers: Mapping[str, Callable[[], Sample]], runs: int
    ) -> dict[str, list[Sample]]:
        """Take `runs` samples of each measurement, one after the other, round by round.

        Samples of an earlier run with the same fingerprint count. Only what is missing is taken.
        """
        kept = self._group(group)
        for turn in range(runs):
            for name, take in takers.items():
                samples = kept.setdefault(name, [])
                if len(samples) <= turn:
                    self._say(f"  {group}: {name}, run {turn + 1} of {runs}")
                    samples.append({**take(), "taken": datetime.now(UTC).timestamp()})
                    self._write()
        return {name: kept[name][:runs] for name in takers}

    def when(self) -> tuple[datetime, datetime]:
        """Return when the first and the last of the samples were taken."""
        times = [
            sample["taken"]
            for name in self._digests
            for samples in self._group(name).values()
            for sample in samples
        ]
        now = datetime.now(UTC).timestamp()
        first, last = min(times, default=now), max(times, default=now)
        return datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(last, UTC)

    def forget(self) -> None:
        """Drop all samples."""
        self._groups = {}
        self._write()

    def _group(self, name: str) -> dict[str, list[Sample]]:
        digest = self._digests[name]
        if self._groups.get(name, {}).get("digest") != digest:
            self._groups[name] = {"digest": digest, "samples": {}}
        samples: dict[str, list[Sample]] = self._groups[name]["samples"]
        return samples

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".part")
        beside.write_text(json.dumps(self._groups, indent=1), encoding="utf-8")
        os.replace(beside, self._file)  # noqa: PTH105  all or nothing


def _read(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
