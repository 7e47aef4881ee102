"""Show every file that belongs to a slug, and what its simulation claims."""

from __future__ import annotations

import click


@click.command()
@click.argument("slug")
def command(slug: str) -> None:
    """Show every file that belongs to SLUG, and what its simulation claims."""
    from proxygap.slices import files_of

    for kind, paths in files_of(slug).items():
        for path in paths:
            click.echo(f"{kind:<12} {path}")
    _show_simulation(slug)


def _show_simulation(slug: str) -> None:
    from proxygap import simulations

    if slug not in simulations.slugs():
        return
    simulation = simulations.get(slug)
    click.echo(f"\n{click.style(simulation.title, bold=True)}. {simulation.finding}\n")
    for parameter in simulation.parameters:
        values = ", ".join(f"{v:g}" if isinstance(v, float) else str(v) for v in parameter.values)
        click.echo(f"--set {parameter.name}=…  {parameter.label}: {values}")
    click.echo("\nClaims, checked by: proxygap run " + slug)
    for claim in simulation.claims:
        click.echo(f"  {claim.text} ({claim.expected}) [{claim.source}]")
