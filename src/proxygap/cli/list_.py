"""List the simulations, chapters, item banks, exercises and labs of the course."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """List the simulations, chapters, item banks, exercises and labs of the course."""
    from proxygap.slices import inventory

    for kind, slugs in inventory().items():
        click.echo(click.style(kind.plural, bold=True))
        for slug in slugs:
            click.echo(f"  {slug}")
    click.echo("\nMore about one of them: proxygap show <slug>")
