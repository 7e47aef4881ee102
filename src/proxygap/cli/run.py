"""Run a simulation: print its numbers and claims, or draw its figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from proxygap.cli._assignments import assignments

if TYPE_CHECKING:
    from proxygap.simulations import ClaimOutcome, Result, Simulation, Value


@click.command()
@click.argument("slug")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Set a parameter.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the figure into this file.")
@click.pass_context
def command(
    ctx: click.Context, slug: str, settings: tuple[str, ...], as_json: bool, plot: Path | None
) -> None:
    """Run the simulation SLUG and check its claims.

    Exits with 1 if a claim does not hold.
    """
    from proxygap import simulations

    simulation = simulations.get(slug)
    values = simulation.complete(assignments(settings))
    result = simulation.run_at(**values)
    outcomes = simulation.verify()
    if plot is not None:
        _draw(simulation, result if settings else None, plot)
    if as_json:
        click.echo(json.dumps(report(simulation, values, result, outcomes), indent=2))
    else:
        _print(simulation, values, outcomes, plot)
    ctx.exit(0 if all(outcome.passed for outcome in outcomes) else 1)


def report(
    simulation: Simulation,
    values: dict[str, Value],
    result: Result,
    outcomes: tuple[ClaimOutcome, ...],
) -> dict[str, Any]:
    """Return what ``--json`` prints; NaN ("not reached") becomes null, as JSON knows no NaN."""
    return {
        "slug": simulation.slug,
        "parameters": values,
        "series": {name: _plain(series.tolist()) for name, series in result.series.items()},
        "claims": [outcome.as_json() for outcome in outcomes],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return None if value != value else value  # noqa: PLR0124  (only NaN differs from itself)


def _draw(simulation: Simulation, result: Result | None, plot: Path) -> None:
    from proxygap.errors import UsageError
    from proxygap.presentation.figures import figure

    try:
        figure(simulation, result).savefig(plot)
    except (OSError, ValueError) as error:
        raise UsageError(f"The figure cannot be written to {plot}: {error}.") from error


def _print(
    simulation: Simulation,
    values: dict[str, Value],
    outcomes: tuple[ClaimOutcome, ...],
    plot: Path | None,
) -> None:
    click.echo(simulation.summarise(**values))
    for outcome in outcomes:
        mark = click.style("✓", fg="green") if outcome.passed else click.style("✗", fg="red")
        claim = outcome.claim
        click.echo(f"{mark} {claim.text}: {outcome.measured:.4g}"
                   f" (expected {claim.expected}; {claim.source})")  # fmt: skip
    if plot is not None:
        click.echo(f"Figure: {plot}")
