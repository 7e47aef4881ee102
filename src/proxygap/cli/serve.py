"""Serve the built book on this machine."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that holds _build/html. [default: the course's folder]",
)
@click.option("--port", default=8000, show_default=True, help="The next free one is taken.")
@click.option("--watch", is_flag=True, help="Build again whenever a source changes.")
@click.option(
    "--share",
    is_flag=True,
    help="Answer the whole local network, not just this machine: for a room full of people.",
)
def command(output: Path | None, port: int, watch: bool, share: bool) -> None:
    """Serve the book that `proxygap book` has built."""
    from proxygap.content import checkout_root
    from proxygap.errors import SetupError
    from proxygap.site.local import host_site

    pages = (output or checkout_root()).resolve() / "_build" / "html"
    if not (pages / "index.html").is_file():
        raise SetupError(f"There is no book in {pages}. Build it with: proxygap book")
    host_site(pages, port=port, rebuild=output or checkout_root() if watch else None, share=share)
