"""A small local web server for the built site."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE_ONLY, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  # only where asked for

TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".whl": "application/zip",
    ".zip": "application/zip",
    ".bin": "application/octet-stream",
}
"""Spelt out because a system's own table may lack them or say otherwise."""


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a base path, quietly."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, base: str, **options: Any) -> None:
        self.base = base
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path.removeprefix(self.base)
        return super().translate_path(f"/{inside}")

    def send_head(self) -> Any:
        if not urlsplit(self.path).path.startswith(self.base):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing: the address is all that a reader needs."""


class _Server(ThreadingHTTPServer):
    """Does not mind a browser that leaves before the answer is complete."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def make_server(
    folder: Path, *, base: str = "/", port: int = 0, host: str = HERE_ONLY
) -> ThreadingHTTPServer:
    """Return a server for `folder` at `base`; port 0 takes any free one."""
    handler = partial(_Handler, directory=str(folder), base=base)
    return _Server((host, port), handler)


def address_of(server: ThreadingHTTPServer, base: str = "/") -> str:
    """Return the address at which `server` answers on this machine."""
    return f"http://{HERE_ONLY}:{server.server_port}{base}"


def network_address(server: ThreadingHTTPServer, base: str = "/") -> str:
    """Return the address under which other machines of the local network reach `server`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent
            own = probe.getsockname()[0]
        except OSError:  # no network
            own = HERE_ONLY
    return f"http://{own}:{server.server_port}{base}"


@contextmanager
def serve(folder: Path, *, base: str = "/") -> Iterator[str]:
    """Serve `folder` in the background and yield its address."""
    server = make_server(folder, base=base)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield address_of(server, base)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
