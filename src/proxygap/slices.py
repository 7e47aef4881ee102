"""What the course consists of: every kind of slice, found by its slug in the file tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from proxygap.content import content_root, in_checkout
from proxygap.errors import UsageError, did_you_mean


class Kind(NamedTuple):
    """One kind of slice.

    Attributes
    ----------
    name : str
        Its name in the singular, as ``proxygap show`` prints it.
    plural : str
        Its heading in ``proxygap list``.
    patterns : tuple of str
        Where its files lie, relative to the course root; ``{slug}`` and ``{module}`` are filled in.
    """

    name: str
    plural: str
    patterns: tuple[str, ...]


KINDS = (
    Kind("chapter", "Chapters", ("book/chapters/{slug}.md",)),
    Kind("simulation", "Simulations", ("src/proxygap/simulations/{module}.py",)),
    Kind("lab", "Labs", ("src/proxygap/labs/{module}.py", "src/proxygap/labs/{module}/*.*")),
    Kind("quiz", "Item banks", ("quizzes/{slug}.yml",)),
    Kind("exercise", "Exercises", ("exercises/{slug}/**/*.*", "exercises/*/{slug}/**/*.*")),
    Kind("test", "Tests", ("tests/**/test_{module}.py",)),
)
NOT_BANKS = {"misconceptions"}


def _modules(package: str) -> list[str]:
    import importlib
    import pkgutil

    found = pkgutil.iter_modules(importlib.import_module(f"proxygap.{package}").__path__)
    return [m.name.replace("_", "-") for m in found if not _is_private(m.name)]


def _is_private(module: str) -> bool:
    return module.startswith("_") or module in {"host"}


def _stems(pattern: str) -> list[str]:
    return [path.stem for path in content_root().glob(pattern)]


def exercise_slugs() -> list[str]:
    """Return every exercise as ``chapter/name``."""
    root = content_root() / "exercises"
    return sorted(path.parent.relative_to(root).as_posix() for path in root.glob("*/*/checks.py"))


def inventory() -> dict[Kind, list[str]]:
    """Return the slugs of each kind that is listed, in alphabetical order."""
    finders: dict[str, Callable[[], Iterable[str]]] = {
        "chapter": lambda: _stems("book/chapters/*.md"),
        "simulation": lambda: _modules("simulations"),
        "lab": lambda: _modules("labs"),
        "quiz": lambda: set(_stems("quizzes/*.yml")) - NOT_BANKS,
        "exercise": exercise_slugs,
    }
    return {kind: sorted(finders[kind.name]()) for kind in KINDS if kind.name in finders}


def known_slugs() -> set[str]:
    """Return every slug that names something, exercises with and without their chapter."""
    slugs = {slug for found in inventory().values() for slug in found}
    return slugs | {slug.rpartition("/")[2] for slug in slugs}


def files_of(slug: str) -> dict[str, list[Path]]:
    """Return the files that belong to `slug`, by kind, relative to the course root.

    Raises
    ------
    UsageError
        If nothing is called `slug`.
    """
    if slug not in known_slugs():
        raise UsageError(
            f"Nothing in the course is called '{slug}'.{did_you_mean(slug, known_slugs())} "
            "Everything there is: proxygap list"
        )
    return {kind.name: found for kind in KINDS if (found := _files(kind, slug))}


def _files(kind: Kind, slug: str) -> list[Path]:
    root = content_root()
    name = slug.rpartition("/")[2]
    filled = (p.format(slug=name, module=name.replace("-", "_")) for p in kind.patterns)
    paths = {path for pattern in filled for path in root.glob(pattern) if path.is_file()}
    if not in_checkout():  # a wheel holds the modules elsewhere; its tests are not shipped
        paths |= _installed(kind, name)
    return sorted(p.relative_to(root) if p.is_relative_to(root) else p
                  for p in paths if "__pycache__" not in p.parts)  # fmt: skip


def _installed(kind: Kind, name: str) -> set[Path]:
    package = Path(__file__).parent / f"{kind.name}s" / f"{name.replace('-', '_')}.py"
    return {package} if package.is_file() else set()
