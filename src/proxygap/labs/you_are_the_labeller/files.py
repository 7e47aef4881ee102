"""Labels as a file: written with the wording that they belong to, and read back with care."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from proxygap.errors import UsageError
from proxygap.labs.you_are_the_labeller.pairs import edition, pairs
from proxygap.labs.you_are_the_labeller.state import CHOICES, Labels

SCHEMA = "proxygap-labels/1"
LARGEST = 200_000


class Brought(NamedTuple):
    """What a file held.

    Attributes
    ----------
    labels : dict
        Its labels of pairs that stand here, word for word.
    left_out : int
        Labels that it held of other pairs, or of other wordings.
    edition : str
        The edition that it was made with.
    """

    labels: dict[str, str]
    left_out: int
    edition: str


def write(labels: Labels, late: list[str], pace: str) -> str:
    """Return labels as the text of a file."""
    rows = [
        {"pair": name, "wording": pair.stamp, "choice": labels[name], "late": name in late}
        for name, pair in pairs().items()
        if name in labels
    ]
    file = {"schema": SCHEMA, "edition": edition(), "seconds": int(pace), "labels": rows}
    return json.dumps(file, indent=1)


def read(text: str) -> Brought:
    """Read a file of labels.

    Raises
    ------
    UsageError
        If it is no such file, or none of its labels belongs to a pair of this edition.
    """
    try:
        file = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            "The file is not JSON; perhaps it is cut off. Save the labels anew and bring that file."
        ) from error
    rows = file.get("labels") if isinstance(file, dict) else None
    if not isinstance(rows, list) or not str(file.get("schema", "")).startswith("proxygap-labels/"):
        raise UsageError("The file holds no labels of this lab. Save some here with “Save labels”.")
    if file["schema"] != SCHEMA:
        raise UsageError(
            f"The file is of a newer kind ({str(file['schema'])[:40]}) than this page can read "
            f"({SCHEMA}). Open it in the course that wrote it."
        )
    return _known(rows, str(file.get("edition", ""))[:16])


def _known(rows: list[Any], made_with: str) -> Brought:
    labels = dict(found for row in rows if (found := _label(row)) is not None)
    if not labels:
        raise UsageError(
            f"None of the {len(rows)} labels in the file belongs to a pair of this edition "
            f"({edition()}); they were made with edition {made_with or 'unknown'}. Nothing was "
            "changed."
        )
    return Brought(labels, len(rows) - len(labels), made_with)


def _label(row: Any) -> tuple[str, str] | None:
    """Return a label if its pair stands here, word for word."""
    if not isinstance(row, dict):
        return None
    name, choice = row.get("pair"), row.get("choice")
    if not isinstance(name, str) or not isinstance(choice, str):
        return None
    pair = pairs().get(name)
    fits = pair is not None and row.get("wording") == pair.stamp and choice in CHOICES
    return (name, choice) if fits else None
