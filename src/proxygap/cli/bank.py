"""Item statistics of a cohort; exports and parallel forms of the bank."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Use the item bank as an instrument: measure it, export it, build forms from it."""


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print every number as JSON.")
@click.pass_context
def stats(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what the exported progress FILES of a cohort tell about the items.

    A folder stands for the .json files in it. Only first tries count. Nothing is written, and the
    report names no learner. Exits with 1 if something in the files had to be left out.
    """
    from proxygap.bank.cohort import read_cohort
    from proxygap.bank.progress_files import expand
    from proxygap.bank.report import report
    from proxygap.bank.words import lines
    from proxygap.quiz import load_bank, load_misconceptions

    bank = load_bank()
    cohort = read_cohort(expand(files), bank)
    for note in cohort.notes:
        click.echo(note, err=True)
    made = report(bank, cohort.learners, load_misconceptions())
    if as_json:
        data = {"files": cohort.files, "notes": cohort.notes, **made.as_dict()}
        click.echo(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False))
    else:
        click.echo("\n".join(lines(made)))
    ctx.exit(1 if cohort.lost else 0)
