"""A fingerprint follows what a simulation is made of, and nothing else."""

from pathlib import Path

import pytest

from proxygap.presentation._explorer_files import source_of
from proxygap.presentation._origins import PACKAGE, closure, fingerprint

FILES = {
    "errors.py": "",
    "simulations/__init__.py": "from course.simulations._spec import Spec",
    "simulations/_spec.py": "from course import errors\nclass Spec: ...",
    "simulations/_engine.py": "import numpy\nfrom course.simulations._luck import draw",
    "simulations/_luck.py": "def draw(): ...",
    "simulations/boat.py": "from course.simulations._engine import draw\nMAP = 'boat.csv'",
    "simulations/boat.csv": "1,2",
    "simulations/tower.py": "def run():\n    from . import _spec",
    "simulations/_nobody.py": "",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def names(package: Path, module: str) -> set[str]:
    found = closure([package / "simulations" / module], package)
    return {file.relative_to(package).as_posix().removeprefix("simulations/") for file in found}


def test_helpers_count_through_other_helpers_and_so_does_data_that_a_module_names(package):
    assert names(package, "boat.py") == {"boat.py", "_engine.py", "_luck.py", "boat.csv"}


def test_late_and_relative_imports_count(package):
    assert names(package, "tower.py") >= {"tower.py", "_spec.py", "errors.py"}


def test_modules_that_import_each_other_are_read_once(package):
    (package / "simulations/_luck.py").write_text("import course.simulations._engine")
    assert names(package, "boat.py") == {"boat.py", "_engine.py", "_luck.py", "boat.csv"}


def boats(package: Path, *extra: str) -> str:
    return fingerprint([package / "simulations/boat.py"], *extra, package=package)


@pytest.mark.parametrize("changed", ["boat.py", "_engine.py", "_luck.py", "boat.csv"])
def test_changing_any_of_them_changes_the_fingerprint(package, changed):
    before = boats(package)
    file = package / "simulations" / changed
    file.write_text(file.read_text() + "\n# changed")
    assert boats(package) != before


@pytest.mark.parametrize("changed", ["tower.py", "_nobody.py", "_spec.py", "../errors.py"])
def test_changing_anything_else_keeps_it(package, changed):
    before = boats(package)
    file = package / "simulations" / changed
    file.write_text(file.read_text() + "\n# changed")
    assert boats(package) == before


def test_another_version_of_a_library_changes_it(package):
    assert boats(package, "2.0") != boats(package, "2.1")


def test_the_boat_race_does_not_depend_on_other_simulations():
    of_the_boat = {path.name for path in closure([source_of("boat-race")])}
    assert {"boat_race.py", "_boat_track.py", "_q_learning.py", "_spec.py"} <= of_the_boat
    folder = PACKAGE / "simulations"
    others = {path.name for path in folder.glob("[!_]*.py")} - {"boat_race.py"}
    assert of_the_boat & others == set()
