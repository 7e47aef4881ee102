"""Build the book as a static site."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that receives _build/html. [default: the course's folder]",
)
def command(output: Path | None) -> None:
    """Build the book as a static site into _build/html.

    Bundles the front end, fetches Python for the browser, runs the chapters and checks every
    reference. What is unchanged since the last build is not built again.
    """
    from proxygap.site.build import build_site

    click.echo(f"The book is in {build_site(output)}")
