"""The command line. One module in this folder is one command; nothing is registered.

A module defines a click command called ``command``. It is imported only when it is asked for, so
that ``proxygap --help`` starts fast and needs no optional package.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import click

from proxygap import __version__
from proxygap.errors import CourseError, did_you_mean

FOUND_SOMETHING, COULD_NOT_RUN = 1, 2
"""Exit codes: the command ran and found something to mend; the command could not run."""


@cache
def modules() -> dict[str, str]:
    """Return the module name of each command; ``list_.py`` is ``list``."""
    names = (m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return {name.rstrip("_"): name for name in sorted(names) if not name.startswith("_")}


def summary(command: str) -> str:
    """Return the first line of a command's docstring without importing it."""
    source = Path(__file__).with_name(f"{modules()[command]}.py").read_text(encoding="utf-8")
    documented = ast.get_docstring(ast.parse(source)) or ""
    return documented.partition("\n")[0]


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in modules():
            return None
        module = importlib.import_module(f"{__name__}.{modules()[cmd_name]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in modules() and not args[0].startswith("-"):
            ctx.fail(
                f"Unknown command '{args[0]}'.{did_you_mean(args[0], modules())} "
                "All commands: proxygap --help"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(name)) for name in modules()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="proxygap")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def _proxygap(debug: bool) -> None:
    """Play with, break and measure AI alignment: the course The Proxy Gap."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; a `CourseError` is printed as a sentence and exits with 2."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        return _proxygap.main(given, prog_name="proxygap")
    except CourseError as error:
        if "--debug" in given:
            raise
        click.echo(f"Error: {error}", err=True)
        sys.exit(COULD_NOT_RUN)
