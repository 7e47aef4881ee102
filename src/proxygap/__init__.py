"""The Proxy Gap: an interactive course on AI alignment.

The whole learner's API::

    from proxygap import explore, lab, check, quiz

    explore("boat-race")                     # play with a simulation
    lab("write-the-reward")                  # act, and see what your action does
    check("specification-gaming/ungameable-reward", globals())  # grade your code
    quiz("specification-gaming")             # answer the chapter's items
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_API = {
    "explore": "proxygap.presentation.explorer",
    "lab": "proxygap.presentation.lab",
    "check": "proxygap.grading.notebook",
    "quiz": "proxygap.quiz.terminal",
}

__all__ = ["__version__", "check", "explore", "lab", "quiz"]


def __getattr__(name: str) -> Any:
    """Import the learner's API on first use, so that the maths needs NumPy alone."""
    if name in _API:
        return getattr(importlib.import_module(_API[name]), name)
    raise AttributeError(f"module 'proxygap' has no attribute '{name}'")
