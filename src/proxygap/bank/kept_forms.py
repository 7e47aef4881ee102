"""The two forms that the pages show: assembled once, committed, and checked against the bank.

The assembly needs a solver that a learner's machine need not have. Its result is kept in
``quizzes/forms.json``; whether it still fits the bank can be said without a solver.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from proxygap.bank.assembly import Forms
from proxygap.bank.blueprint import ROWS, Blueprint, counts
from proxygap.bank.form_words import as_dict
from proxygap.errors import ContentError
from proxygap.quiz import Item

MAKE = "proxygap bank forms --keep"
PARALLEL = 2
"""By so many items in all may the forms differ from each other in levels and difficulties."""


class KeptForms(NamedTuple):
    """The kept forms, with the items of today's bank.

    Attributes
    ----------
    forms : Forms
        Both forms.
    is_current : bool
        Whether they were assembled from the bank as it is now. Forms of an older bank may still be
        good ones; new ones would draw on the new items as well.
    """

    forms: Forms
    is_current: bool


def fingerprint(bank: Sequence[Item]) -> str:
    """Return a fingerprint of everything in `bank` that the assembly looks at."""
    facts = sorted((item.id, item.type, *(sort(item) for sort in ROWS.values())) for item in bank)
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]


def edition(form: Sequence[Item]) -> str:
    """Return a fingerprint of a form: an attempt at other questions is another attempt."""
    return hashlib.sha256(" ".join(item.id for item in form).encode()).hexdigest()[:8]


def dump(forms: Forms, bank: Sequence[Item]) -> str:
    """Return the text of the file that keeps `forms`."""
    blueprint = {row: dict(numbers) for row, numbers in forms.blueprint.rows.items()}
    data = {"bank": fingerprint(bank), "blueprint": blueprint, **as_dict(forms)}
    return json.dumps(data, indent=1) + "\n"


def read(file: Path, bank: Sequence[Item]) -> KeptForms:
    """Return the kept forms.

    Raises
    ------
    ContentError
        If they cannot be read, or do not fit `bank`; the message says what to type.
    """
    data = _load(file)
    known = {item.id: item for item in bank}
    names = [*data["before"], *data["after"]]
    if gone := sorted(set(names) - known.keys()):
        raise _error(file, f"the bank has no item {', '.join(gone)} (any more).")
    before, after = ([known[name] for name in data[form]] for form in ("before", "after"))
    forms = Forms(Blueprint(len(before), data["blueprint"]), tuple(before), tuple(after))
    if fault := _fault(forms, names):
        raise _error(file, fault)
    return KeptForms(forms, data["bank"] == fingerprint(bank))


def _error(file: Path, what: str) -> ContentError:
    return ContentError(f"{what} Build the forms again with: {MAKE}", file=file, line=1)


def _load(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        lists = [data["before"], data["after"]]
        rows = [data["blueprint"][row] for row in ROWS]
        sound = isinstance(data["bank"], str) and all(isinstance(row, dict) for row in rows)
        sound = sound and all(isinstance(name, str) for names in lists for name in names)
    except FileNotFoundError as error:
        raise _error(file, "the file is missing.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _error(file, "the forms cannot be read.") from error
    if not sound or not all(isinstance(names, list) for names in lists):
        raise _error(file, "the forms cannot be read.")
    found: dict[str, Any] = data
    return found


def _fault(forms: Forms, names: Sequence[str]) -> str:
    """Say why `forms` are not two parallel forms; nothing if they are."""
    if len(set(names)) < len(names):
        return "an item stands in both forms, or twice in one."
    if not forms.before or len(forms.before) != len(forms.after):
        return f"the forms have {len(forms.before)} and {len(forms.after)} items."
    if counts(forms.before, "objective") != counts(forms.after, "objective"):
        return "the forms do not ask about the same objectives (any more)."
    if (apart := forms.differences()) > PARALLEL:
        return f"the forms differ by {apart} items in level and difficulty."
    return ""
