"""Where the course's files live, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from proxygap.errors import SetupError

_PACKAGE = Path(__file__).resolve().parent


@cache
def content_root() -> Path:
    """Return the folder that holds ``book/``, ``quizzes/`` and ``exercises/``.

    In a checkout this is the repository; in a wheel it is ``proxygap/_content``.

    Raises
    ------
    SetupError
        If neither place holds the course.
    """
    for candidate in (_PACKAGE.parents[1], _PACKAGE / "_content"):
        if (candidate / "quizzes").is_dir() and (candidate / "exercises").is_dir():
            return candidate
    raise SetupError(
        "The course content (quizzes/ and exercises/) was not found beside the package. "
        "Reinstall it with: pip install --force-reinstall proxygap"
    )


def in_checkout() -> bool:
    """Return whether the package runs from a checkout, where the book can be built."""
    return (_PACKAGE.parents[1] / "_config.yml").is_file()


def checkout_root() -> Path:
    """Return the repository's root.

    Raises
    ------
    SetupError
        If the package was installed without a checkout.
    """
    if in_checkout():
        return _PACKAGE.parents[1]
    raise SetupError(
        "Building the book needs a checkout of the course: the installed package does not carry "
        "the chapters. Clone the repository, then run: make learn"
    )


def relative(path: Path) -> Path:
    """Return `path` relative to the course root where it lies inside, else unchanged."""
    try:
        return path.resolve().relative_to(content_root())
    except ValueError:
        return path
