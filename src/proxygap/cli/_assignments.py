"""``--set NAME=VALUE``, shared by the commands that run a simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proxygap.errors import UsageError

if TYPE_CHECKING:
    from proxygap.simulations import Value


def assignments(texts: tuple[str, ...]) -> dict[str, Value]:
    """Return the values that ``--set`` was given, by name.

    Raises
    ------
    UsageError
        If one of `texts` has no equals sign.
    """
    values: dict[str, Value] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--set {text} has no '='. Write --set NAME=VALUE.")
        values[name] = value
    return values
