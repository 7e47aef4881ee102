"""``proxygap book``, ``serve`` and ``learn``, as they are typed."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.authors.checkout import Checkout

PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def course(new_course) -> Checkout:
    made = new_course("commands")
    built = made.proxygap("book")
    assert built.returncode == 0, built.stderr
    return made


@contextmanager
def hosted(course: Checkout, *arguments: str) -> Iterator[str]:
    """Run a command that serves the course; yield the address that it prints."""
    command = [sys.executable, "-u", "-m", "proxygap", *arguments, "--port", "0"]
    running = subprocess.Popen(
        command, cwd=course.root, env=course.environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        said = running.stdout.readline()
        yield re.fullmatch(r"The course is at (http://127\.0\.0\.1:\d+/)\n", said)[1]
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
        with hosted(course, "learn", "--no-browser") as address:
            assert "A small course" in fetch(address)

    def test_serve_shows_what_was_built(self, course):
        with hosted(course, "serve") as address:
            assert "Counting" in fetch(address + "chapters/counting.html")

    def test_serve_builds_again_when_a_source_changes(self, course):
        with hosted(course, "serve", "--watch") as address:
            index = course.root / "book/index.md"
            index.write_text(index.read_text() + "\nSomething new.\n")
            deadline = time.monotonic() + PATIENCE_SECONDS
            while "Something new." not in fetch(address) and time.monotonic() < deadline:
                pass
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
