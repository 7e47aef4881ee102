"""Quizzes to export: the course's own, and one in which everything is awkward."""

from __future__ import annotations

import pytest

from proxygap.quiz import load_bank
from proxygap.quiz.loader import load_file
from tests.quiz.builders import OTHERWISE, item, option, quiz_file

AWKWARD = r"""Let $x_1 = \frac{a}{b}$ and `{~=#:\}`, **50 %** of {all} = half:
yes #1 ~ no \ back -- ]]>

$$\sum_{i<n} x_i \ne 0$$

| left | right |
|---|---:|
| a & b | <script>alert(1)</script> |

1. [a link](https://example.org/?a=1&b=2)
2. “quoted” -> here
"""


@pytest.fixture(scope="session")
def awkward(tmp_path_factory):
    """Return a quiz whose texts hold every sign that a format reserves."""
    right = option("It is $x^2 = 4$ -> {so} ~ #1: `a\\b`", correct=True)
    items = [
        item(stem=AWKWARD, explanation=AWKWARD, dispute="Who: $y$?",
             options=[right, option("half", second_best=True), option("=no"), option("~no & no")]),
        item("multiple"),
        item("number", unit="%", answer={"value": -0.5, "rel": 0.1, "feedback": "Yes: $-1/2$."},
             mistakes=[{"value": 1e-7, "feedback": "Tiny.",
                        "misconception": "more-training-helps"}], otherwise=OTHERWISE),
        item("text", answer={"accept": ["a*b", "x = {y}: ~z", "a < b & c"], "feedback": "Yes."},
             mistakes=[{"accept": ["ab*"], "feedback": "No: *star*.",
                        "misconception": "more-training-helps"}]),
        item("order"),
        item("classify"),
    ]  # fmt: skip
    return load_file(quiz_file(tmp_path_factory.mktemp("awkward"), *items, title="A / B & C"))


@pytest.fixture(scope="session")
def quizzes(awkward):
    """Return everything that is exported in these tests."""
    return (*load_bank(), awkward)


@pytest.fixture(scope="session")
def items(quizzes):
    """Return the items by id."""
    return {one.id: one for quiz in quizzes for one in quiz.items}
