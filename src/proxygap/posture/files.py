"""Reading a file that a person brings: what it is, and in one sentence what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from proxygap.errors import UsageError

LEFT = "Nothing was changed."


def read_document(text: str, family: str, version: int, noun: str) -> dict[str, Any]:
    """Return the JSON object of a file of our own.

    Parameters
    ----------
    text : str
        What is in the file.
    family, version : str, int
        The format that is wanted: "proxygap-posture-card", 1.
    noun : str
        What a person calls it: "posture card".

    Raises
    ------
    UsageError
        If it is cut off, something else, or newer than this version of the course.
    """
    data = parse(text, noun)
    schema = data.get("schema")
    if not isinstance(schema, str) or not schema.startswith(f"{family}/"):
        found = (
            f"its format is “{schema[:60]}”" if isinstance(schema, str) else "it names no format"
        )
        raise UsageError(
            f"This is not a {noun}: {found}, and “{family}/{version}” is wanted. {LEFT}"
        )
    given = schema.removeprefix(f"{family}/")
    if given != str(version):
        newer = given.isdigit() and int(given) > version
        raise UsageError(
            f"This {noun} was written in format {given[:20]}, and this version of the course reads "
            f"format {version}. {'Use a newer version of the course. ' if newer else ''}{LEFT}"
        )
    return data


def parse(text: str, noun: str) -> dict[str, Any]:
    """Return the JSON object in a text.

    Raises
    ------
    UsageError
        If it is empty, cut off, no JSON, or JSON of another shape.
    """
    if not text.strip():
        raise UsageError(f"The file is empty; a {noun} is a JSON file. {LEFT}")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(_why(text, noun, error)) from None
    if not isinstance(data, dict):
        raise UsageError(f"This is JSON, but no {noun}: it holds no named fields. {LEFT}")
    return data


def _why(text: str, noun: str, error: Exception) -> str:
    if not text.lstrip().startswith("{"):
        return f"This is not a {noun}: it is not a JSON file. {LEFT}"
    place = getattr(error, "lineno", None)
    cut_off = getattr(error, "pos", 0) >= len(text.rstrip()) - 1
    if cut_off or "Unterminated" in str(error):
        return f"The file ends too early; it may have been cut off. Save it again. {LEFT}"
    return f"The file cannot be read as JSON{f' from line {place} on' if place else ''}. {LEFT}"


def damaged(noun: str, what: str) -> UsageError:
    """Return the error for a file of the right format with something wrong inside."""
    return UsageError(f"This {noun} is damaged: {what}. {LEFT}")


def words(given: Any, noun: str, name: str) -> dict[str, str]:
    """Return a mapping from names to short texts.

    Raises
    ------
    UsageError
        If it is anything else.
    """
    if not isinstance(given, Mapping) or not all(
        isinstance(key, str) and isinstance(value, str) for key, value in given.items()
    ):
        raise damaged(noun, f"“{name}” must hold texts by name")
    return dict(given)
