"""A build that fails says where and why, without a traceback."""

from pathlib import Path

import pytest

from proxygap.site import problems

CHAPTER = """\
---
file_format: mystnb
kernelspec:
  name: python3
---

# Wrong

```{code-cell} python
from proxygap.simulations import get

get("boat-rase")
```

See [nowhere](missing.md) and $\\frac{1$.

<script>alert("hello")</script>

<img src="https://example.org/boat.png" alt="A boat">
"""


@pytest.fixture(scope="module")
def said(new_course) -> str:
    course = new_course("failing")
    (course.root / "book/chapters/counting.md").write_text(CHAPTER)
    built = course.proxygap("book")
    assert built.returncode == 2
    return built.stderr


@pytest.mark.slow
@pytest.mark.book
class TestBrokenChapter:
    def test_a_missing_simulation_is_named_with_its_line_and_the_nearest_name(self, said):
        assert "book/chapters/counting.md:10: this cell failed. Unknown simulation" in said
        assert "Unknown simulation 'boat-rase'. Did you mean 'boat-race'?" in said

    def test_a_broken_reference_is_named_with_its_line(self, said):
        assert "book/chapters/counting.md:15: " in said

    def test_an_inline_script_is_refused_because_the_policy_would_block_it(self, said):
        assert "an inline <script> is blocked by the page's policy" in said

    def test_a_formula_that_cannot_be_read_is_refused(self, said):
        assert "book/chapters/counting.md:1: a formula cannot be read: ParseError" in said

    def test_a_file_from_another_origin_is_refused(self, said):
        assert "<img> loads https://example.org/boat.png from another origin" in said

    def test_nobody_sees_a_traceback(self, said):
        assert "Traceback" not in said


def test_a_warning_becomes_a_file_a_line_and_a_sentence(tmp_path):
    said = f"{tmp_path}/book/index.md:7: WARNING: undefined label: 'x' [ref.ref]\n"
    (found,) = problems.find(said, tmp_path)
    assert str(found) == "book/index.md:7: undefined label: 'x'"


def test_a_warning_without_a_line_points_at_the_first(tmp_path):
    (found,) = problems.find(f"{tmp_path}/a.md: WARNING: not in any toctree\n", tmp_path)
    assert (found.file, found.line) == (Path("a.md"), 1)


def test_the_same_problem_is_told_once(tmp_path):
    said = "a.md:1: WARNING: twice\na.md:1: WARNING: twice\n"
    assert len(problems.find(said, tmp_path)) == 1


def test_what_is_no_warning_is_no_problem(tmp_path):
    assert problems.find("[IPKernelApp] WARNING | Kernel is running\nhello\n", tmp_path) == []


def test_of_a_chain_of_errors_the_first_is_told():
    said = "Traceback\n  File x\nFileNotFoundError: no boat.svg\n\nsphinx.errors.X: because\n"
    assert problems.cause(said) == "FileNotFoundError: no boat.svg"


def test_without_an_error_the_end_of_what_was_said_is_told():
    assert problems.cause("Killed\n") == "Killed"
