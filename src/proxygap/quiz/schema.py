"""The published JSON Schemas of the item bank, and their findings as sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from proxygap.content import content_root
from proxygap.errors import ContentError, did_you_mean
from proxygap.quiz.yaml_lines import Document, Key

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

ADDRESSES = "rfc3987_syntax"
"""A grammar of web addresses that jsonschema loads wherever it is installed. It takes a second or
two, and no schema here asks for an address."""

NOT_BLANK = r"\S"
TYPE_NAMES = {
    "string": "text",
    "object": "a mapping (key: value)",
    "array": "a list (lines that begin with '- ')",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
}


def schema_file(name: str) -> Path:
    """Return the path of a published schema: ``"schema"`` or ``"misconceptions.schema"``."""
    return content_root() / "quizzes" / f"{name}.json"


def _import_validator() -> type[Draft202012Validator]:
    spared = ADDRESSES not in sys.modules
    if spared:
        sys.modules[ADDRESSES] = cast("Any", None)  # importing it fails, which jsonschema expects
    try:
        from jsonschema import Draft202012Validator
    finally:
        if spared:
            del sys.modules[ADDRESSES]
    return Draft202012Validator


@cache
def _validator(file: Path) -> Draft202012Validator:
    return _import_validator()(json.loads(file.read_text(encoding="utf-8")))


def schema_errors(document: Document, schema: str | Path) -> list[ContentError]:
    """Return everything in `document` that the schema forbids, in the order of its lines.

    Parameters
    ----------
    document : Document
        What an author wrote.
    schema : str or Path
        The name of a published schema of the item bank, or the file of another one.
    """
    file = schema if isinstance(schema, Path) else schema_file(schema)
    found = [
        document.error(f"{_place(document.data, error)}{message}", *path)
        for error in _validator(file).iter_errors(document.data)
        for message, path in _sentences(error)
    ]
    return sorted(found, key=lambda error: error.line)


def _place(data: Any, error: ValidationError) -> str:
    """Name the item that an error is in: ``"item 'sg-boat-why': "``."""
    path = list(error.absolute_path)
    if len(path) < 2 or path[0] != "items":
        return ""
    item = data["items"][path[1]]
    name = item.get("id") if isinstance(item, dict) else None
    return f"item '{name}': " if isinstance(name, str) else f"item {int(path[1]) + 1}: "


def _sentences(error: ValidationError) -> Iterator[tuple[str, tuple[Key, ...]]]:
    """Say what `error` means; one error may hold several findings (unknown keys)."""
    path: tuple[Key, ...] = tuple(error.absolute_path)
    here = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this entry"
    rule, given = cast("Any", error.validator_value), cast("Any", error.instance)
    match error.validator:
        case "additionalProperties":
            known = cast("Any", error.schema)["properties"]
            for key in [key for key in given if key not in known]:
                hint = did_you_mean(key, known)
                yield f"unknown key '{key}'.{hint} Allowed: {', '.join(known)}.", (*path, key)
        case "required":
            missing = next(key for key in rule if f"'{key}'" in error.message)
            if not _is_misspelt(missing, given, cast("Any", error.schema)):
                yield f"'{missing}' is missing. Add it.{_meaning(error, missing)}", path
        case "type":
            yield _wrong_type(here, rule, given), path
        case "enum":
            allowed = [str(value) for value in rule]
            hint = did_you_mean(str(given), allowed)
            yield f"{here} is '{given}'.{hint} Allowed: {', '.join(allowed)}.", path
        case "pattern":
            yield _bad_pattern(here, rule, given), path
        case "minItems" | "maxItems" | "minProperties":
            bound = "at least" if str(error.validator).startswith("min") else "at most"
            yield f"{here} has {len(given)} entries; {bound} {rule} are needed.", path
        case _:
            yield f"{here} is not allowed: {error.message}.", path


def _meaning(error: ValidationError, key: str) -> str:
    """Return what the schema says of a key, in brackets, or an empty string."""
    properties = cast("Any", error.schema).get("properties", {})
    described = properties.get(key, {}).get("description", "")
    return f" ({described})" if described else ""


def _is_misspelt(missing: str, given: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Return whether an unknown key stands for the missing one; then that is reported instead."""
    if schema.get("additionalProperties") is not False:
        return False
    unknown = [key for key in given if key not in schema["properties"]]
    return f"'{missing}'" in "".join(did_you_mean(key, schema["properties"]) for key in unknown)


def _wrong_type(here: str, rule: str, given: Any) -> str:
    if given is None:
        return f"{here} is empty. Write it."
    if rule == "string" and not isinstance(given, dict | list):
        return f"{here} must be text, but YAML reads {given} here. Put it in quotes."
    return f"{here} must be {TYPE_NAMES.get(rule, rule)}."


def _bad_pattern(here: str, rule: str, given: str) -> str:
    if rule == NOT_BLANK:
        return f"{here} is empty. Write its text."
    if here == "'last_reviewed'":
        return f"'{given}' is not a day; write it as year, month and day: \"2026-11-23\"."
    return f"'{given}' is not a valid name; use lower case letters, digits and single hyphens."
