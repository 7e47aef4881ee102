"""Check your solution of an exercise."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--hints/--no-hints", default=True, help="Show the hint of the check that fails.")
@click.option(
    "--limit", default=10.0, type=click.FloatRange(min=0.1), metavar="SECONDS", show_default=True,
    help="Stop the code after this long.",
)  # fmt: skip
@click.pass_context
def command(  # noqa: PLR0917  (click passes them by name)
    ctx: click.Context, slug: str, file: Path, as_json: bool, hints: bool, limit: float
) -> None:
    """Check FILE as a solution of the exercise SLUG, which is CHAPTER/NAME.

    The code runs in a process of its own, without files, network and other programs. Exits with 0
    if it passes, 1 if it does not, 2 if it could not be checked.
    """
    from proxygap.grading import exercises, sandbox
    from proxygap.grading.report import as_text

    exercise = exercises.find(slug)
    report = sandbox.grade(exercise, _read(file, slug), seconds=limit)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        click.echo(as_text(report, hints=hints))
    ctx.exit(0 if report.passed else 1)


def _read(file: Path, slug: str) -> str:
    from proxygap.errors import UsageError

    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not a text file in UTF-8. Save it as UTF-8.") from error
    except FileNotFoundError as error:
        raise UsageError(
            f"There is no file {file}. Start from the exercise's starter: "
            f"cp exercises/{slug}/starter.py {file}"
        ) from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
