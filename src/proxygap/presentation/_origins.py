"""Which files decide what a simulation computes, and one fingerprint of them.

A table is made again only when something changed that it was made of: the simulation's module, the
modules of the course that it imports, directly or through others, and the files that these name.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DIGITS = 16


def fingerprint(files: Iterable[Path], *extra: str, package: Path = PACKAGE) -> str:
    """Return a fingerprint of modules, of everything that they import from the course, and `extra`.

    Parameters
    ----------
    files : iterable of Path
        Modules inside `package`.
    *extra : str
        Whatever else decides the outcome, such as a library's version.
    package : Path
        The folder of the package.
    """
    total = hashlib.sha256("\0".join(extra).encode())
    for file in sorted(closure(files, package)):
        total.update(f"{file.relative_to(package).as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:DIGITS]


def closure(files: Iterable[Path], package: Path = PACKAGE) -> set[Path]:
    """Return `files` and, through all imports, every file of `package` that they depend on."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found.add(file)
        if file.suffix == ".py":
            waiting += _named(file, file.read_bytes(), package)
    return found


@lru_cache(maxsize=512)
def _named(file: Path, source: bytes, package: Path) -> tuple[Path, ...]:
    """Return the files of `package` that one module imports or names."""
    tree = ast.parse(source, filename=str(file))
    candidates = [path for node in ast.walk(tree) for path in _candidates(node, file, package)]
    return tuple(path for path in candidates if path.is_relative_to(package) and path.is_file())


def _candidates(node: ast.AST, file: Path, package: Path) -> Iterator[Path]:
    """Yield the files that one piece of a module may stand for."""
    match node:
        case ast.Import(names=names):
            for alias in names:
                yield from _files_of(package.parent, alias.name)
        case ast.ImportFrom(module=module, names=names, level=level):
            base = file.parents[level - 1] if level else package.parent
            for name in (module or "", *(f"{module or ''}.{alias.name}" for alias in names)):
                yield from _files_of(base, name)
        case ast.Constant(value=str(text)) if _could_be_a_file(text):
            yield file.parent / text  # data beside the module


def _files_of(base: Path, module: str) -> tuple[Path, Path]:
    path = base.joinpath(*filter(None, module.split(".")))
    return path.with_suffix(".py"), path / "__init__.py"


def _could_be_a_file(text: str) -> bool:
    name, dot, suffix = text.rpartition(".")
    return bool(name and dot and suffix.isalnum()) and len(text) < 100 and "\0" not in text
