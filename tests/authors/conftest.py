"""A copy of the course that a test may damage or extend."""

import shutil
from pathlib import Path

import pytest

from proxygap.content import content_root
from tests.authors.checkout import Checkout

COPIED = ("bench", "book", "quizzes", "exercises", "src", "tests", "_config.yml", "pyproject.toml")
LINKED = ("web",)  # large and only read


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A copy of the course."""
    skip = shutil.ignore_patterns("__pycache__", "_build", ".ipynb_checkpoints")
    for name in COPIED:
        source = content_root() / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=skip)
        else:
            shutil.copy(source, tmp_path / name)
    for name in LINKED:
        (tmp_path / name).symlink_to(content_root() / name)
    return Checkout(tmp_path)
