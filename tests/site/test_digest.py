"""Fingerprints change with what matters and with nothing else."""

import pytest

from proxygap.site import digest


@pytest.fixture
def package(tmp_path):
    for name in ("simulations/boat.py", "cli/run.py", "site/page.py"):
        file = tmp_path / name
        file.parent.mkdir()
        file.write_text("x = 1\n")
    return tmp_path


def test_the_same_files_have_the_same_fingerprint(package):
    assert digest.of_package(package=package) == digest.of_package(package=package)


@pytest.mark.parametrize(
    ("file", "changes"),
    [("simulations/boat.py", True), ("site/page.py", True), ("cli/run.py", False)],
)
def test_what_chapters_cannot_see_does_not_count(package, file, changes):
    before = digest.of_package(package=package)
    (package / file).write_text("x = 2\n")
    assert (digest.of_package(package=package) != before) is changes


def test_renaming_a_file_counts(package):
    before = digest.of_package(package=package)
    (package / "simulations/boat.py").rename(package / "simulations/ship.py")
    assert digest.of_package(package=package) != before


def test_files_that_are_not_python_do_not_count(package):
    before = digest.of_package(package=package)
    (package / "simulations/notes.txt").write_text("hello")
    assert digest.of_package(package=package) == before
