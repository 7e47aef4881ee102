"""Formulas, rendered by KaTeX while the book is built."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proxygap.content import checkout_root
from proxygap.site import node

if TYPE_CHECKING:
    from sphinx.application import Sphinx

KATEX = Path("web/node_modules/katex/dist/katex.min.js")
PATIENCE = 60.0  # seconds that starting or a formula may take on a busy machine
PAUSE = 0.005  # seconds between two attempts to connect


def render_with_our_node(app: Sphinx) -> None:
    """Let sphinxcontrib-katex render with the Node and the KaTeX that build the bundle."""
    from sphinxcontrib import katex

    katex.NODEJS_BINARY = str(node.executable())
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE
    katex.KaTeXServer.start_server_process = classmethod(start)
    app.config["katex_js_path"] = str(checkout_root() / KATEX)


def start(server: Any, folder: Path, timeout: float) -> tuple[Any, socket.socket]:
    """Start KaTeX's server and return its process and a connection to it.

    In place of the extension's own way to do so: that connects as soon as the socket's file is
    there, which may be a moment before the server listens. The network socket that the extension
    has for Windows waits, yet there the two sides wait for each other's acknowledgements as well,
    a tenth of a second for each formula.
    """
    path = folder / "katex.sock"
    command = server.build_command(socket=path)
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL)
    end = time.monotonic() + timeout
    while process.poll() is None and time.monotonic() < end:
        if connection := _connect(path):
            return process, connection
        time.sleep(PAUSE)
    process.kill()
    raise server.timeout_error(timeout)


def _connect(path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(path))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection
