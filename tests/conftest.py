"""Shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from proxygap.content import checkout_root


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's root."""
    return checkout_root()
