"""The page's own modules, bundled alone so that Node can run them beside Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from proxygap.content import checkout_root
from proxygap.site import node
from proxygap.site.bundle import build_bundle
from proxygap.site.steps import step


def bundled(source: str, folder: Path) -> Path:
    """Bundle ``web/src/<source>`` into `folder` and return the module."""
    web = checkout_root() / "web"
    esbuild = web / "node_modules/.bin/esbuild"
    if not esbuild.exists():
        with step("Front end") as current:
            build_bundle(current)
    module = folder / f"{Path(source).stem}.mjs"
    command = [esbuild, web / "src" / source, "--bundle", "--format=esm", "--log-level=error",
               f"--outfile={module}"]  # fmt: skip
    subprocess.run(command, check=True, cwd=web, env=node.environment())
    return module


def run(script: Path, *arguments: Path | str) -> Any:
    """Run a script with Node and return the JSON that it prints."""
    command = [node.executable(), script, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
