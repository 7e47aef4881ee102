"""Run a simulation over many seeds, on this machine or on a cluster."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from proxygap.cli._assignments import assignments
from proxygap.errors import UsageError

if TYPE_CHECKING:
    from proxygap.simulations import FloatArray, Simulation, Value
    from proxygap.sweep import Chunk, Runner

SHOWN = ("0.05", "0.5", "0.95")


@click.command()
@click.argument("slug")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Set a parameter.")
@click.option("--over", metavar="NAME", help="Sweep at every value of this parameter.")
@click.option("--seeds", type=int, default=100, show_default=True, help="How many seeds.")
@click.option("--workers", type=int, help="Processes on this machine; all its cores if left out.")
@click.option("--scheduler", metavar="ADDRESS", help="Run on the Dask cluster at this address.")
@click.option("--journal", type=click.Path(path_type=Path, dir_okay=False),
              help="Where finished parts are kept; in the user's cache if left out.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the summary into this file as JSON.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(  # noqa: PLR0917  (click passes them by name)
    slug: str,
    settings: tuple[str, ...],
    over: str | None,
    seeds: int,
    workers: int | None,
    scheduler: str | None,
    journal: Path | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Run the simulation SLUG over many seeds and summarise what came out.

    A sweep that was interrupted goes on where it stopped. The result does not depend on how many
    workers there are or where they run.
    """
    from proxygap import simulations, sweep

    simulation = simulations.get(slug)
    points = _points(simulation, assignments(settings), over)
    _require("--seeds", seeds)
    runner = _runner(workers, scheduler)
    _check_writable(output)
    plan = sweep.plan(slug, points, seeds)
    results = _collect(plan, runner, journal or sweep.default_journal(slug))
    made = sweep.report(slug, seeds, points, results)
    if output is not None:
        _write(output, made)
    if as_json:
        click.echo(_as_json(made))
    else:
        _print(made, output)


def _points(
    simulation: Simulation, values: dict[str, Value], over: str | None
) -> list[dict[str, Value]]:
    if over is None:
        return [simulation.complete(values)]
    if over in values:
        raise UsageError(f"'{over}' is given with --set and with --over. Leave one of them out.")
    return [
        simulation.complete({**values, over: value}) for value in simulation.parameter(over).values
    ]


def _require(option: str, number: int) -> None:
    if number < 1:
        raise UsageError(f"{option} must be at least 1, got {number}.")


def _runner(workers: int | None, scheduler: str | None) -> Runner:
    from proxygap import sweep

    if scheduler is not None:
        if workers is not None:
            raise UsageError(
                "--workers counts processes on this machine; a cluster brings its own. "
                "Leave out --workers or --scheduler."
            )
        return sweep.on_cluster(scheduler)
    count = os.cpu_count() or 1 if workers is None else workers
    _require("--workers", count)
    return sweep.on_cores(count)


def _collect(plan: list[list[Chunk]], runner: Runner, file: Path) -> list[dict[str, FloatArray]]:
    from proxygap import sweep

    total = sum(chunk.stop - chunk.first for point in plan for chunk in point)
    with (
        sweep.Journal(file) as journal,
        click.progressbar(length=total, label="Seeds", file=sys.stderr) as bar,
        _interruptible(),
    ):
        return sweep.collect(plan, runner=runner, journal=journal, progress=bar.update)


@contextmanager
def _interruptible() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\nStopped. What is finished is kept: the same command goes on.", err=True)
        raise


def _as_json(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=1, allow_nan=False)


def _check_writable(output: Path | None) -> None:
    """Say now, not after an hour of work, that the summary has nowhere to go."""
    if output is not None and not os.access(output.parent, os.W_OK):
        raise UsageError(
            f"The summary cannot be written to {output}: the folder {output.parent} does not exist "
            "or is not writable."
        )


def _write(output: Path, made: dict[str, Any]) -> None:
    part = output.with_name(f"{output.name}.{os.getpid()}.part")
    part.write_text(_as_json(made) + "\n", encoding="utf-8")
    part.replace(output)


def _print(made: dict[str, Any], output: Path | None) -> None:
    click.echo(f"{made['slug']}, {made['seeds']:,} {'seed' if made['seeds'] == 1 else 'seeds'}")
    for point in made["points"]:
        click.echo(
            "\n" + ", ".join(f"{name} = {_value(v)}" for name, v in point["parameters"].items())
        )
        _print_series(point["series"])
    if output is not None:
        click.echo(f"\nSummary: {output}")


def _print_series(series: dict[str, Any]) -> None:
    width = max(map(len, series), default=0)
    titles = ("mean", "± s.e.", "5 %", "median", "95 %")
    click.echo(" " * width + "".join(f"{title:>12}" for title in titles))
    for name, summary in series.items():
        numbers = [summary["mean"], summary["standard_error"],
                   *(summary["quantiles"][q] for q in SHOWN)]  # fmt: skip
        cells = "".join(f"{'–' if n is None else format(n, '.4g'):>12}" for n in numbers)
        click.echo(f"{name:<{width}}{cells}")


def _value(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:g}"
