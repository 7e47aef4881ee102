"""``proxygap book``, ``serve`` and ``learn``, as they are typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.authors.checkout import Checkout


@pytest.fixture(scope="module")
def course(built_course: Path) -> Checkout:
    return Checkout(built_course.parents[1])


Hosted = tuple[str, Iterator[str]]


@contextmanager
def hosted(course: Checkout, *arguments: str) -> Iterator[Hosted]:
    """Run a command that serves the course; yield its address and what it says afterwards."""
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "proxygap", *arguments, "--port", "0"],
        cwd=course.root, env={**os.environ, "PYTHONPATH": str(course.root / "src")}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        said = iter(running.stdout)
        found = (re.fullmatch(r"The course is at (http://127\.0\.0\.1:\d+/)\n", x) for x in said)
        yield next(match[1] for match in found if match), said
    finally:
        running.terminate()
        running.wait()
        running.stdout.close()


def fetch(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
        return answer.read().decode()


@pytest.mark.slow
@pytest.mark.book
class TestBuiltCourse:
    def test_learn_builds_serves_and_prints_the_address_where_there_is_no_display(self, course):
        with hosted(course, "learn", "--no-browser") as (address, _):
            assert "A small course" in fetch(address)

    def test_serve_shows_what_was_built(self, course):
        with hosted(course, "serve") as (address, _):
            assert "Counting" in fetch(address + "chapters/counting.html")

    def test_serve_builds_again_when_a_source_changes(self, course):
        with hosted(course, "serve", "--watch") as (address, said):
            next(line for line in said if "Stop with" in line)
            index = course.root / "book/index.md"
            index.write_text(index.read_text() + "\nSomething new.\n")
            next(line for line in said if line.startswith("Book … "))
            assert "Something new." in fetch(address)


def test_serving_without_a_book_says_how_to_build_one(new_course):
    course = new_course("empty")
    served = course.proxygap("serve")
    assert served.returncode == 2
    assert "There is no book in" in served.stderr
    assert served.stderr.endswith("Build it with: proxygap book\n")


def test_a_folder_that_cannot_be_written_is_named_and_another_is_suggested(new_course):
    course = new_course("unwritable")
    (course.root / "file").touch()
    built = course.proxygap("book", "--output", "file/below")
    assert built.returncode == 2
    assert "could not be written to" in built.stderr
    assert "Not a directory" in built.stderr
    assert "proxygap book --output FOLDER" in built.stderr
    assert "Traceback" not in built.stderr
