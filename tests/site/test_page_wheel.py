"""The wheel that runs in the page, read with the standard library."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

import proxygap
from proxygap.grading import exercises
from proxygap.site import page_wheel

UPSTREAM = {
    "info": {"version": "1"},
    "packages": {
        "numpy": {"name": "numpy", "file_name": "numpy.whl", "sha256": "x", "depends": []},
        "scipy": {"name": "scipy", "file_name": "scipy.whl", "sha256": "y", "depends": []},
    },
}


@pytest.fixture
def target(tmp_path):
    """A folder with the files that stand beside the wheel."""
    (tmp_path / "numpy.whl").write_bytes(b"n" * 30)
    (tmp_path / "pyodide.asm.wasm").write_bytes(b"w" * 1000)
    (tmp_path / "python_stdlib.zip").write_bytes(b"s" * 20)
    return tmp_path


def members():
    return zipfile.ZipFile(io.BytesIO(page_wheel.build()))


def test_the_same_sources_make_the_same_bytes():
    assert page_wheel.build() == page_wheel.build()


def test_it_holds_what_the_page_runs_and_nothing_else():
    names = set(members().namelist())
    assert "proxygap/simulations/boat_race.py" in names
    assert "proxygap/grading/page.py" in names
    folders = {name.split("/")[1] for name in names if name.startswith("proxygap/")}
    assert folders <= {
        "__init__.py", "errors.py", "content.py", "registry.py",
        "simulations", "labs", "grading", "posture", "_content",
    }  # fmt: skip
    assert "proxygap/posture/results.py" in names
    assert "proxygap/grading/sandbox.py" not in names


def test_what_asks_real_models_stays_behind():
    posture = [name.removeprefix("proxygap/posture/") for name in members().namelist()]
    assert [name for name in posture if name.startswith(("run", "_run", "cli", "_inspect"))] == []


def test_no_model_solution_is_inside():
    assert not [name for name in members().namelist() if "solution" in name or "/wrong/" in name]


def test_its_record_lists_every_file_with_its_fingerprint():
    wheel = members()
    record = wheel.read(f"proxygap-{proxygap.__version__}.dist-info/RECORD").decode()
    listed = {line.split(",")[0] for line in record.splitlines()}
    assert listed == set(wheel.namelist())


def test_python_can_grade_from_the_wheel_alone(tmp_path):
    members().extractall(tmp_path)
    exercise = exercises.find("specification-gaming/ungameable-reward")
    asked = json.dumps({"slug": exercise.slug, "source": exercise.solution})
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import proxygap, proxygap.grading.page as page\n"
        f"assert proxygap.__file__.startswith({str(tmp_path)!r})\n"
        f"print(page.grade({asked!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["passed"] is True


def test_the_lock_file_names_our_wheel_and_what_it_needs(target):
    wheel = page_wheel.write(target, lock=UPSTREAM, packages=["numpy"])
    lock = json.loads((target / "pyodide-lock.json").read_text())
    ours = lock["packages"]["proxygap"]
    assert list(lock["packages"]) == ["numpy", "proxygap"]
    assert ours["file_name"] == wheel.name
    assert ours["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert ours["depends"] == ["numpy"]
    assert lock["info"] == UPSTREAM["info"]


def test_the_lock_file_says_how_much_there_is_to_load(target):
    wheel = page_wheel.write(target, lock=UPSTREAM, packages=["numpy"])
    sizes = json.loads((target / "pyodide-lock.json").read_text())["sizes"]
    assert sizes["numpy.whl"] == {"plain": 30, "sent": 30}
    assert sizes[wheel.name]["plain"] == wheel.stat().st_size
    assert sizes["pyodide.asm.wasm"]["plain"] == 1000
    assert sizes["pyodide.asm.wasm"]["sent"] < 100, "a server compresses it"


def test_an_older_wheel_is_removed(target):
    old = target / "proxygap-0.0.1-0abc-py3-none-any.whl"
    old.write_bytes(b"old")
    page_wheel.write(target, lock=UPSTREAM, packages=["numpy"])
    assert not old.exists()


def test_nothing_changes_when_nothing_has_changed(target):
    wheel = page_wheel.write(target, lock=UPSTREAM, packages=["numpy"])
    before = wheel.stat().st_mtime_ns
    assert page_wheel.write(target, lock=UPSTREAM, packages=["numpy"]) == wheel
    assert wheel.stat().st_mtime_ns == before
