"""Build what is missing and open the course."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that receives _build/html. [default: the course's folder]",
)
@click.option("--port", default=8000, show_default=True, help="The next free one is taken.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(output: Path | None, port: int, no_browser: bool) -> None:
    """Build what has changed, serve the course and open it in the browser."""
    from proxygap.site.build import build_site
    from proxygap.site.local import host_site

    pages = build_site(output)
    host_site(pages, port=port, open_browser=not no_browser)
