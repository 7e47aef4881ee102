"""Find authors' mistakes in the content, each with file and line."""

from __future__ import annotations

import click


@click.command()
@click.argument("slug", required=False)
@click.pass_context
def command(ctx: click.Context, slug: str | None) -> None:
    """Find authors' mistakes in everything, or in the slices called SLUG.

    Exits with 1 if there is one.
    """
    from proxygap.validation import findings

    found = findings(slug)
    for finding in found:
        click.echo(finding)
    if not found:
        click.echo("No mistakes found. The full check is: make test")
    ctx.exit(1 if found else 0)
