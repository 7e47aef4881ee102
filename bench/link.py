"""Serves a folder the way a static host does, over a link of a given speed.

Text and WebAssembly travel compressed and may be cached for ten minutes, as on GitHub Pages. The
link delays and slows what *every* part of the browser asks for; the browser's own throttle leaves
out the workers in which Python runs.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from proxygap.site.server import TYPES

HOST = "127.0.0.1"
PAGES = {".html": "text/html; charset=utf-8", ".ipynb": "application/json", ".png": "image/png"}
COMPRESSED = {".css", ".html", ".ipynb", ".js", ".json", ".mjs", ".svg", ".wasm"}
CHUNK = 16_384


@dataclass(frozen=True, slots=True)
class Link:
    """How fast bytes travel to the browser.

    Attributes
    ----------
    name : str
        What a table calls it.
    bytes_per_second : float or None
        Shared by everything that is sent at the same time; None for no limit.
    delay : float
        Seconds before each answer.
    """

    name: str
    bytes_per_second: float | None = None
    delay: float = 0.0


LOOPBACK = Link("this machine, no limit")
MOBILE = Link("10 Mbit/s, 40 ms", 10e6 / 8, 0.040)


@dataclass
class Pipe:
    """One link, shared by all answers: who sends waits for its turn."""

    link: Link
    sent: int = 0
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _free_at: float = field(default=0.0)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for(self, count: int) -> None:
        """Return when `count` more bytes have gone through."""
        with self._lock:
            self.sent += count
            if self.link.bytes_per_second is None:
                return
            now = self.clock()
            self._free_at = max(now, self._free_at) + count / self.link.bytes_per_second
            seconds = self._free_at - now
        self.pause(seconds)


@lru_cache(maxsize=4096)
def _content(path: Path, _changed: int) -> tuple[bytes, bool]:
    """Return what travels, and whether it is compressed."""
    raw = path.read_bytes()
    if path.suffix not in COMPRESSED:
        return raw, False
    return gzip.compress(raw, 6, mtime=0), True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each small answer waits for the last one's receipt

    def __init__(self, *arguments: Any, folder: Path, pipe: Pipe, **options: Any) -> None:
        self.folder = folder
        self.pipe = pipe
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Send a file, or 404."""
        time.sleep(self.pipe.link.delay)
        file = self._file()
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body, compressed = _content(file, file.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type(file))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for start in range(0, len(body), CHUNK):
            part = body[start : start + CHUNK]
            self.pipe.wait_for(len(part))
            self.wfile.write(part)

    def _file(self) -> Path | None:
        asked = unquote(urlsplit(self.path).path).lstrip("/")
        path = (self.folder / asked).resolve()
        if path.is_dir():
            path /= "index.html"
        inside = path.is_relative_to(self.folder.resolve())
        return path if inside and path.is_file() else None

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def content_type(file: Path) -> str:
    """Return the media type of a served file."""
    return {**TYPES, **PAGES}.get(file.suffix, "application/octet-stream")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that leaves in the middle of an answer is no error."""


@dataclass(frozen=True, slots=True)
class Served:
    """A folder that is being served at `address`, which ends in a slash, through `pipe`."""

    address: str
    pipe: Pipe


@contextmanager
def serve(folder: Path, link: Link = LOOPBACK) -> Iterator[Served]:
    """Serve `folder` in the background."""
    pipe = Pipe(link)
    server = _Server((HOST, 0), partial(_Handler, folder=folder, pipe=pipe))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(f"http://{HOST}:{server.server_port}/", pipe)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
