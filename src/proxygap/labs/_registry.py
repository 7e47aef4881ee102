"""Find labs by slug. A module in this folder that defines ``LAB`` is registered."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from proxygap.errors import UsageError, did_you_mean
from proxygap.labs._spec import Lab

NOT_A_LAB = "host"  # what the page calls; public, so that its name has no underscore


def _module_names() -> Iterator[str]:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("_") and module.name != NOT_A_LAB:
            yield module.name


def _load(module_name: str) -> Lab:
    lab: Lab = importlib.import_module(f"{__package__}.{module_name}").LAB
    return lab


@cache
def discover() -> dict[str, Lab]:
    """Return every lab by slug, in alphabetical order."""
    found = [_load(name) for name in _module_names()]
    return {lab.slug: lab for lab in sorted(found, key=lambda lab: lab.slug)}


def slugs() -> tuple[str, ...]:
    """Return every slug without importing any lab."""
    return tuple(sorted(name.replace("_", "-") for name in _module_names()))


def get(slug: str) -> Lab:
    """Return the lab called `slug`.

    Raises
    ------
    UsageError
        If there is none; the message suggests the nearest name.
    """
    if slug not in slugs():
        raise UsageError(
            f"Unknown lab '{slug}'.{did_you_mean(slug, slugs())} All labs: proxygap list"
        )
    return _load(slug.replace("-", "_"))
