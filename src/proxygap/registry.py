"""Find what the modules of a package declare. Nothing is registered by hand.

A module (or package) of it that has no leading underscore is a slice: ``boat_race.py`` declares the
simulation ``boat-race``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

from proxygap.errors import ContentError, UsageError, did_you_mean

Declared = TypeVar("Declared")


class Registry(Generic[Declared]):
    """The slices of one kind.

    Parameters
    ----------
    package : str
        Where they lie: "proxygap.simulations".
    declaration : str
        The name that each module defines: "SIMULATION".
    kind : type
        What that name must be.
    apart : set of str
        Public modules of the package that are no slices.
    """

    def __init__(
        self, package: str, declaration: str, kind: type[Declared], *, apart: frozenset[str]
    ) -> None:
        self.package = package
        self.declaration = declaration
        self.kind = kind
        self.apart = apart
        self._found: dict[str, Declared] = {}

    def slugs(self) -> tuple[str, ...]:
        """Return every slug, in alphabetical order, without importing any slice."""
        return tuple(sorted(name.replace("_", "-") for name in self._modules()))

    def discover(self) -> dict[str, Declared]:
        """Return every slice by its slug, in alphabetical order."""
        return {slug: self._load(slug) for slug in self.slugs()}

    def get(self, slug: str) -> Declared:
        """Return the slice called `slug`.

        Raises
        ------
        UsageError
            If there is none; the message suggests the nearest name.
        ContentError
            If its module does not declare what it should.
        """
        if slug not in self.slugs():
            noun = self.declaration.lower()
            raise UsageError(
                f"Unknown {noun} '{slug}'.{did_you_mean(slug, self.slugs())} "
                f"All {noun}s: proxygap list"
            )
        return self._load(slug)

    def _modules(self) -> Iterator[str]:
        folder = importlib.import_module(self.package).__path__
        for module in pkgutil.iter_modules(folder):
            if not module.name.startswith("_") and module.name not in self.apart:
                yield module.name

    def _load(self, slug: str) -> Declared:
        if slug not in self._found:
            self._found[slug] = self._read(slug)
        return self._found[slug]

    def _read(self, slug: str) -> Declared:
        module = importlib.import_module(f"{self.package}.{slug.replace('-', '_')}")
        declared = getattr(module, self.declaration, None)
        if not isinstance(declared, self.kind):
            raise ContentError(
                f"the module must define {self.declaration} = {self.kind.__name__}(…). "
                "If it is a helper, begin its name with an underscore.",
                file=Path(str(module.__file__)),
            )
        if (own := getattr(declared, "slug", slug)) != slug:
            raise ContentError(
                f"{self.declaration} is called '{own}', and its file '{slug}'. They must agree.",
                file=Path(str(module.__file__)),
            )
        return declared
