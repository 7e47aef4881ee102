"""Answer a chapter's questions in the terminal."""

from __future__ import annotations

import click


@click.command()
@click.argument("slug")
@click.option(
    "--item", "names", metavar="ID", multiple=True, help="Ask only this item; repeatable."
)
@click.option(
    "--family",
    metavar="NAME",
    help="Ask only items of this family: classify, diagnose, compute or decide.",
)
@click.option("--seed", type=int, help="Shuffle the options the same way again.")
@click.pass_context
def command(
    ctx: click.Context, slug: str, names: tuple[str, ...], family: str | None, seed: int | None
) -> None:
    """Answer the questions of the chapter SLUG, scored as on its page.

    An empty line skips a question; Ctrl-C stops. Exits with 0 at the end, whatever the score, and
    with 1 if you stopped before it.
    """
    import random

    from proxygap.quiz import load_quiz
    from proxygap.quiz.terminal import play

    quiz = load_quiz(slug)
    items = [quiz.item(name) for name in names] or quiz.of_family(family)
    drawn = random.SystemRandom().randrange(10**6) if seed is None else seed
    questions = "1 question" if len(items) == 1 else f"{len(items)} questions"
    opening = f"{quiz.title}: {questions} (repeat with --seed {drawn})"
    click.echo(f"{_wrapped(opening)}\n")
    result = play(items, ask=_ask, say=lambda text: click.echo(f"{_wrapped(text)}\n"), seed=drawn)
    if result.stopped:
        click.echo("\n\nStopped. The terminal keeps no answers; the chapter's page does.")
    click.echo(result.sentence())
    ctx.exit(1 if result.stopped else 0)


def _ask(text: str) -> str | None:
    try:
        answer: str = click.prompt(text, default="", show_default=False)
    except click.Abort:
        return None
    return answer


def _wrapped(text: str) -> str:
    """Fold long lines at the terminal's width, but not a table's."""
    import shutil

    width = min(shutil.get_terminal_size().columns, 88)
    return "\n".join(line if line.startswith("|") else _folded(line, width)
                     for line in text.splitlines())  # fmt: skip


def _folded(line: str, width: int) -> str:
    """Fold a line under itself; an option's further lines stand under its text."""
    inside = line.lstrip(" ")
    indent = line[: -len(inside)] if inside else ""
    hanging = indent + "   " * (inside[1:3] == ") ")
    return click.wrap_text(inside, width, initial_indent=indent, subsequent_indent=hanging)
