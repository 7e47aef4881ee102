"""Find the Chromium that the tests and the benchmarks drive, or get one.

``python -m proxygap.site.chromium`` is what ``make test`` runs first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proxygap.errors import CourseError, SetupError

VARIABLE = "PROXYGAP_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
UNWANTED = (
    "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding",
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
)  # fmt: skip
"""What Chromium does besides showing a page. The popups of its address bar are pages of their own:
without them a window takes a third of the work. Playwright's own list gives way to this one."""

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(UNWANTED)}",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)
HELP = (
    "The tests need Chromium or Chrome. Install it with your system's package manager (Debian: "
    "apt install chromium), or set PROXYGAP_CHROMIUM to the path of one."
)


def find() -> Path | None:
    """Return a browser that starts, without installing anything."""
    return next((path for path in _candidates() if _starts(path)), None)


def ensure() -> Path:
    """Return a browser that starts, installing one where that is possible.

    Raises
    ------
    SetupError
        If there is none and none can be installed; the message says what to install.
    """
    if found := find():
        return found
    for install in (_apt, _playwright):
        install()
        if found := find():
            return found
    raise SetupError(HELP)


def flags() -> list[str]:
    """Return the command line for tests; Chromium's sandbox cannot run as root."""
    return [*FLAGS, *(["--no-sandbox"] if _is_root() else [])]


def _candidates() -> Iterator[Path]:
    if given := os.environ.get(VARIABLE):
        yield Path(given)
        return
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    if own := _playwrights_own():
        yield own


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _starts(browser: Path) -> bool:
    """Return whether `browser` runs; some systems ship a placeholder of that name."""
    try:
        ran = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _apt() -> None:
    if not (_is_root() and shutil.which("apt-get")) or os.environ.get(VARIABLE):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "--quiet", *arguments], env=environment, check=False,
                       stdin=subprocess.DEVNULL, stdout=sys.stderr)  # fmt: skip


def _playwright() -> None:
    if os.environ.get(VARIABLE):
        return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def main() -> None:
    """Print the browser's path, or say in one sentence what to install."""
    try:
        sys.stdout.write(f"Chromium: {ensure()}\n")
    except CourseError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
