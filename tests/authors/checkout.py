"""A copied checkout and how to run things in it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """A copied checkout and how to run things in it."""

    root: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python on the copied package."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "src")},
            capture_output=True,
            text=True,
            check=False,
        )

    def proxygap(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the copied command line."""
        return self.python("-m", "proxygap", *arguments)
