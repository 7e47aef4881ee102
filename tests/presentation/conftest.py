"""Shared by the tests of the explorer."""

from __future__ import annotations

import subprocess
import sys

import pytest

from proxygap.presentation.widget import BUNDLE


@pytest.fixture(scope="session", autouse=True)
def _front_end() -> None:
    """Build the front end where there is none: a widget carries it."""
    if not (BUNDLE / "interactive.css").is_file():
        subprocess.run([sys.executable, "-m", "proxygap.site.bundle"], check=True)
