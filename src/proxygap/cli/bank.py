"""Item statistics of a cohort; exports and parallel forms of the bank."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from proxygap.errors import UsageError

if TYPE_CHECKING:
    from proxygap.bank.assembly import Forms
    from proxygap.quiz import Item


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


@command.command("export")
@click.argument("format_", metavar="FORMAT")
@click.argument("chapters", metavar="[CHAPTER]…", nargs=-1)
@click.option("--form", metavar="FILE:NAME",
              help="Only one of the forms that 'bank forms --json' wrote.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False),
              help="The file to write; named after the format if left out.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that exists.")
def export(
    format_: str, chapters: tuple[str, ...], form: str | None, output: Path | None, force: bool
) -> None:
    """Write the items of the CHAPTERs, or all, for another system.

    FORMAT is anki, csv, gift, moodle-xml or qti. What the format cannot carry is listed.
    """
    from proxygap import exports
    from proxygap.bank.form_files import read_form, select
    from proxygap.quiz import load_bank, load_quiz

    exporter = exports.get(format_)
    quizzes = [load_quiz(slug) for slug in dict.fromkeys(chapters)] or list(load_bank())
    if form is not None:
        quizzes = select(quizzes, read_form(form))
    file = output or Path(f"the-proxy-gap-{exporter.slug}{exporter.suffix}")
    _check_free(file, force=force)
    _write(file, exporter.build(quizzes))
    for line in exporter.report(quizzes):
        click.echo(line, err=True)
    count = sum(len(quiz.items) for quiz in quizzes)
    click.echo(f"{exporter.title}: {count} {'item' if count == 1 else 'items'} in {file}")


def _check_free(file: Path, *, force: bool) -> None:
    """Say before any work that a file has nowhere to go."""
    if file.exists() and not force:
        raise UsageError(f"{file} exists. Name another file with --output, or write over it "
                         "with --force.")  # fmt: skip
    if not os.access(file.parent, os.W_OK):
        raise UsageError(f"{file} cannot be written: the folder {file.parent} does not exist or is "
                         "not writable.")  # fmt: skip


def _write(file: Path, data: bytes) -> None:
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(file)


@command.command()
@click.argument("chapters", metavar="[CHAPTER]…", nargs=-1)
@click.option("--items", "size", type=int, help="Items in each form; 20 if left out.")
@click.option("--blueprint", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A YAML file that says what a form consists of.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the forms and their match as JSON.")
@click.option("--keep", is_flag=True,
              help="Show these forms on the pages: write them to quizzes/forms.json.")  # fmt: skip
@click.pass_context
def forms(
    ctx: click.Context,
    chapters: tuple[str, ...],
    size: int | None,
    blueprint: Path | None,
    *,
    as_json: bool,
    keep: bool,
) -> None:
    """Build two parallel forms, for before and after, from the CHAPTERs or all.

    Without a blueprint the forms ask about every chapter alike and mirror the items within each.
    The same bank gives the same forms. Exits with 1 if the bank cannot meet the blueprint.
    """
    from proxygap.bank.assembly import assemble
    from proxygap.bank.blueprint import balanced, from_file
    from proxygap.bank.form_words import as_dict, lines
    from proxygap.content import in_checkout
    from proxygap.quiz import load_bank, load_quiz

    if blueprint and size is not None:
        raise UsageError("The blueprint says how many items a form has. Leave out --items.")
    if keep and chapters:
        raise UsageError("The pages ask about the whole course. Leave the chapters out.")
    quizzes = [load_quiz(slug) for slug in dict.fromkeys(chapters)] or load_bank()
    items = [item for quiz in quizzes for item in quiz.items]
    chapters_items = [quiz.items for quiz in quizzes]
    plan = from_file(blueprint, items) if blueprint else balanced(chapters_items, size or 20)
    made = assemble(items, plan)
    if as_json:
        click.echo(json.dumps(as_dict(made), indent=1))
    else:
        click.echo("\n".join(lines(made)))
    if keep:
        _keep(made, items)
    elif in_checkout() and not chapters and blueprint is None and size is None:
        _compare_with_pages(made)
    ctx.exit(1 if made.departures() else 0)


def _keep(made: Forms, items: list[Item]) -> None:
    """Write the forms that the pages show."""
    from proxygap.bank.kept_forms import dump
    from proxygap.content import checkout_root, relative

    file = checkout_root() / "quizzes" / "forms.json"
    _write(file, dump(made, items).encode())
    click.echo(f"Written to {relative(file)}. Build the book to show these forms.", err=True)


def _compare_with_pages(made: Forms) -> None:
    """Say whether the pages show other forms than the best ones of today's bank."""
    from proxygap.bank.kept_forms import MAKE, read
    from proxygap.content import content_root
    from proxygap.errors import ContentError

    try:
        shown = read(content_root() / "quizzes" / "forms.json", [*made.before, *made.after]).forms
        same = (shown.before, shown.after) == (made.before, made.after)
    except ContentError:
        same = False
    if not same:
        click.echo(f"The pages show other forms. To show these: {MAKE}", err=True)


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print the completion records as JSON.")
@click.pass_context
def completion(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what exported progress FILES show of their learners: both forms, mastery, calibration.

    A folder stands for the .json files in it. Every answer is scored again, so that nobody needs to
    believe a completion record. Nothing is written. Exits with 1 if something had to be left out.
    """
    from proxygap.bank.completion import completions
    from proxygap.bank.completion_words import lines
    from proxygap.bank.progress_files import expand
    from proxygap.quiz import load_bank
    from proxygap.slices import exercise_slugs

    found, notes = completions(expand(files), load_bank(), exercise_slugs())
    for note in notes:
        click.echo(note, err=True)
    if as_json:
        records = {str(file): record for file, record in found.items()}
        click.echo(json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False))
    else:
        click.echo("\n".join(lines(found)))
    ctx.exit(1 if notes else 0)
