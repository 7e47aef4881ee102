"""Write a new simulation, chapter, quiz or exercise from a template that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from proxygap.scaffold import Written


@click.group()
def command() -> None:
    """Write a new simulation, chapter, quiz or exercise from a template that works."""


@command.command()
@click.argument("slug")
@click.option("--in", "chapter", help="Chapter to show it in; the last one unless given.")
def simulation(slug: str, chapter: str | None) -> None:
    """Write the simulation SLUG and its test, and show it in a chapter."""
    from proxygap import scaffold

    _tell(scaffold.simulation(slug, chapter))


@command.command()
@click.argument("slug")
def chapter(slug: str) -> None:
    """Write the chapter SLUG with a simulation, an item bank and an exercise."""
    from proxygap import scaffold

    _tell(scaffold.chapter(slug))


@command.command()
@click.argument("slug")
def quiz(slug: str) -> None:
    """Write the item bank of the chapter SLUG."""
    from proxygap import scaffold

    _tell(scaffold.quiz(slug))


@command.command()
@click.argument("slug", metavar="CHAPTER/NAME")
def exercise(slug: str) -> None:
    """Write an exercise with starter, solution, checks and wrong solutions."""
    from proxygap import scaffold

    _tell(scaffold.exercise(slug))


def _tell(written: Written) -> None:
    for path in written.files:
        click.echo(f"wrote {path}")
    click.echo(written.next_step)
    click.echo("Check it with: proxygap validate, then: make test")
