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


def test_data_beside_the_modules_counts(package):
    before = digest.of_package(package=package)
    (package / "simulations/survey.json").write_text("{}")
    assert digest.of_package(package=package) != before


@pytest.mark.parametrize("name", ["simulations/notes.txt", "site/_bundle/manifest.json"])
def test_notes_and_what_was_built_do_not_count(package, name):
    before = digest.of_package(package=package)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text("hello")
    assert digest.of_package(package=package) == before
