"""Host the built site for a person: print the address, open the browser, rebuild on change."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from http.server import ThreadingHTTPServer
from pathlib import Path

import click

from proxygap.content import checkout_root
from proxygap.errors import CourseError, SetupError
from proxygap.site import digest
from proxygap.site.build import build_site
from proxygap.site.server import EVERYWHERE, HERE_ONLY, address_of, make_server, network_address

TRIED_PORTS = 50
WATCH_SECONDS = 1.0
WATCHED = ("book", "quizzes", "exercises", "src/proxygap", "web/src")


def host_site(
    pages: Path,
    *,
    port: int,
    open_browser: bool = False,
    rebuild: Path | None = None,
    share: bool = False,
) -> None:
    """Serve `pages` until Ctrl+C.

    Parameters
    ----------
    pages : Path
        The folder with the pages.
    port : int
        First port to try.
    open_browser : bool
        Open the address where there is a display.
    rebuild : Path or None
        Build into this folder again whenever a source changes.
    share : bool
        Answer other machines too.
    """
    server = _listen(pages, port, EVERYWHERE if share else HERE_ONLY)
    stop = threading.Event()
    if rebuild is not None:
        watching = (rebuild, _sources(), stop)
        threading.Thread(target=_watch, args=watching, daemon=True).start()
    address = address_of(server)
    click.echo(f"The course is at {address}")
    if share:
        click.echo(f"Others in this network: {network_address(server)}")
    click.echo("Stop with Ctrl+C.")
    if open_browser and has_display():
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo()
    finally:
        stop.set()
        server.server_close()


def _listen(pages: Path, port: int, host: str) -> ThreadingHTTPServer:
    for candidate in range(port, port + TRIED_PORTS):
        try:
            return make_server(pages, port=candidate, host=host)
        except OSError:
            continue
    raise SetupError(
        f"Ports {port} to {port + TRIED_PORTS - 1} are all taken. Choose another with --port."
    )


def has_display() -> bool:
    """Return whether a browser window could open here."""
    if sys.platform in ("win32", "darwin"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _watch(output: Path, built: str, stop: threading.Event) -> None:
    while not stop.wait(WATCH_SECONDS):
        if (now := _sources()) == built:
            continue
        built = now
        try:
            build_site(output)
        except CourseError as error:
            click.echo(f"Error: {error}", err=True)


def _sources() -> str:
    root = checkout_root()
    files = [p for folder in WATCHED for p in (root / folder).rglob("*") if p.is_file()]
    sources = [p for p in files if not {"__pycache__", "_bundle"} & set(p.parts)]
    return digest.of_files(sources, base=root)
