"""What the numbers were measured on, without naming the machine."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from bench.report import Table


def described(revision: str, runs: int, versions: dict[str, str]) -> Table:
    """Return the table of what a reader needs to judge the seconds."""
    rows = [
        ("course", revision),
        ("runs of each measurement", str(runs)),
        ("processor", f"{os.cpu_count()} cores, {processor()}"),
        ("memory", f"{memory():.0f} GB"),
        ("system", f"{platform.system()} {platform.release().split('-')[0]}"),
        ("Python", platform.python_version()),
        *versions.items(),
    ]
    return Table(("measured on", ""), rows)


def processor() -> str:
    """Return the processor's model, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def memory() -> float:
    """Return the memory in GB of 10^9 bytes."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError, OSError):
        return float("nan")


def version_of(program: str | Path | None) -> str:
    """Return the first line that ``program --version`` prints."""
    if program is None:
        return "Playwright's own"
    told = subprocess.run(
        [str(program), "--version"], check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return (told.stdout.strip().splitlines() or ["unknown"])[0]
