"""Build the front-end bundle: the custom elements, the styles and the Python worker."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from proxygap.content import checkout_root
from proxygap.errors import CourseError, SetupError
from proxygap.site import digest, node, turns
from proxygap.site.steps import Step, step

BUNDLE = Path(__file__).resolve().parent / "_bundle" / "proxygap"
STAMP = BUNDLE.parent / "stamp"
NEEDED = ("proxygap.mjs", "theme.js", "proxygap.css", "katex.css", "licences.txt", "manifest.json")


def build_bundle(current: Step) -> None:
    """Bundle ``web/src`` unless nothing has changed since the last time.

    Raises
    ------
    SetupError
        If Node or a package is missing, or the sources do not compile.
    """
    with turns.alone(checkout_root() / "_build" / ".proxygap" / "front-end"):
        _build_bundle(checkout_root() / "web", current)


def _build_bundle(web: Path, current: Step) -> None:
    _install_packages(web, current)
    sources = fingerprint(web)
    if is_built() and STAMP.is_file() and STAMP.read_text() == sources:
        current.outcome = "up to date"
        return
    current.update("bundling")
    _run([str(node.executable()), "build.mjs"], web, "The front end was not bundled")
    STAMP.write_text(sources)


def is_built() -> bool:
    """Return whether the bundle holds what every page asks for."""
    return all((BUNDLE / name).is_file() for name in NEEDED)


def require_bundle() -> Path:
    """Return the bundle's folder.

    Raises
    ------
    SetupError
        If it has not been built.
    """
    if not is_built():
        raise SetupError("The front end has not been bundled yet. Build it with: make bundle")
    return BUNDLE


def fingerprint(web: Path) -> str:
    """Return a fingerprint of everything that the bundle is made of."""
    sources = [path for path in (web / "src").rglob("*") if path.is_file()]
    recipe = [web / "build.mjs", web / "licences.mjs", web / "package-lock.json"]
    return digest.of_files([*sources, *recipe], base=web)


def check_types(current: Step) -> None:
    """Check the TypeScript sources.

    Raises
    ------
    SetupError
        If a type is wrong; the message is the compiler's.
    """
    web = checkout_root() / "web"
    _install_packages(web, current)
    compiler = str(Path("node_modules/typescript/bin/tsc"))
    _run([str(node.executable()), compiler, "--noEmit"], web, "The types do not fit")


def _install_packages(web: Path, current: Step) -> None:
    """Install exactly what ``package-lock.json`` names, once for each version of it."""
    stamp = web / "node_modules" / ".proxygap"
    locked = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == locked:
        return
    current.update("installing the packages of web/package-lock.json")
    _run([*node.npm(), "ci", "--no-progress"], web, "The front end's packages were not installed")
    stamp.write_text(locked)


def _run(command: list[str], web: Path, failure: str) -> None:
    ran = subprocess.run(
        command, cwd=web, env=node.environment(), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        said = (ran.stderr.strip() or ran.stdout.strip())[-4000:]
        raise SetupError(f"{failure}. `{' '.join(command[-3:])}` in web/ said:\n{said}")


def main() -> None:
    """Build the bundle, or with ``--types`` check its types."""
    checking = "--types" in sys.argv[1:]
    try:
        with step("TypeScript" if checking else "Front end") as current:
            (check_types if checking else build_bundle)(current)
    except CourseError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
