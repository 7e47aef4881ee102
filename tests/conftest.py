"""Shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from proxygap.content import checkout_root

# How long an example takes says more about the machine than about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's root."""
    return checkout_root()
