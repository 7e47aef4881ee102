"""Ask a real model the course's items, and make its posture card."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from proxygap.errors import UsageError

if TYPE_CHECKING:
    from proxygap.posture.card import Card
    from proxygap.posture.results import Verdict


@click.group()
def command() -> None:
    """Measure a model on Borderline-250: what it refuses, what it serves, when it gives way."""


@command.command()
@click.option(
    "--model",
    metavar="PROVIDER/NAME",
    help="The model, as inspect-ai names it: anthropic/NAME, ollama/llama3.1.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Ask only about N items, spread over all types.",
)
@click.option(
    "--system",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A text file with the system prompt of your product.",
)
@click.option(
    "--epochs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Ask each item N times; the most frequent verdict counts.",
)
@click.option(
    "--max-tokens",
    type=click.IntRange(min=16),
    default=1500,
    show_default=True,
    metavar="N",
    help="The longest answer. Models that reason at length need more.",
)
@click.option(
    "--price",
    type=(click.FloatRange(min=0), click.FloatRange(min=0)),
    metavar="IN OUT",
    help="What a million tokens cost, sent and received; the cost is estimated.",
)
@click.option(
    "--log-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    default=Path("posture-logs"),
    show_default=True,
    help="Where the log goes.",
)
@click.option(
    "--resume",
    "log",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="LOG",
    help="Go on with an interrupted run, in the same way.",
)
@click.option("--yes", is_flag=True, help="Send without asking.")
def run(  # noqa: PLR0917  (click passes them by name)
    model: str | None, limit: int | None, system: Path | None, epochs: int, max_tokens: int,
    price: tuple[float, float] | None, log_dir: Path, log: Path | None, yes: bool,
) -> None:  # fmt: skip
    """Ask a real model the items, through inspect-ai.

    Shows the number of items, tokens and the cost, and asks before anything is sent. Ctrl-C stops;
    what was answered is kept, and --resume goes on.
    """
    from proxygap.posture import plan as planning
    from proxygap.posture import run as runner

    if log is not None:
        _refuse_with_resume(model, limit, system)
        rest = runner.remaining(log)
        _agree(rest.lines(), yes=yes)
        done = runner.resume(rest)
    else:
        if model is None:
            raise UsageError("Name the model: proxygap posture run --model PROVIDER/NAME")
        runner.check(model)
        plan = planning.Plan(model, planning.choose(limit), _read(system) if system else "", epochs,
                           max_tokens)  # fmt: skip
        _agree(plan.lines(price), yes=yes)
        done = runner.start(plan, log_dir)
    if failed := runner.failures(done):
        click.echo(
            f"{failed} of the answers failed. Ask again: proxygap posture run --resume {done}"
        )
    click.echo(f"Log: {done}\nCard: proxygap posture card {done}")


def _refuse_with_resume(*given: object) -> None:
    if any(value is not None for value in given):
        raise UsageError("--resume takes the model, the items and the system prompt from the log. "
                         "Leave --model, --limit and --system out.")  # fmt: skip


def _agree(lines: Iterable[str], *, yes: bool) -> None:
    """Show what would be sent and ask; a script has to say --yes."""
    for line in lines:
        click.echo(line)
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("Nothing was sent: nobody is there to be asked. Add --yes to send.")
    if not click.confirm("Send?"):
        raise UsageError("Nothing was sent.")


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
        return "PK" if data.startswith(b"PK") else data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not a text file in UTF-8. Save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error


@command.command("card")
@click.argument("file", metavar="LOG", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Write the card as JSON, not as Markdown.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to this file; a name that ends in .json means JSON.",
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
def make_card(file: Path, as_json: bool, output: Path | None, force: bool) -> None:
    """Make the posture card of a JSON LOG.

    A card that was saved as JSON is printed again. The log is one of 'proxygap posture run', or of
    inspect-ai with the same items.
    """
    found = _card(file)
    written = found.json() if as_json or _is_json(output) else found.markdown()
    if output is None:
        click.echo(written, nl=False)
        return
    if output.exists() and not force:
        raise UsageError(f"{output} exists. Name another file with --output, or write over it "
                         "with --force.")  # fmt: skip
    try:
        output.write_text(written, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from error
    click.echo(f"Posture card: {output}")


def _is_json(output: Path | None) -> bool:
    return output is not None and output.suffix == ".json"


def _card(file: Path) -> Card:
    from proxygap.posture.card import FAMILY, build, read
    from proxygap.posture.inspect_log import read_log

    text = _read(file)
    try:
        return read(text) if f'"{FAMILY}/' in text[:200] else build(*read_log(text))
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from error


@command.command()
@click.argument("log", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--answers", type=click.IntRange(min=1), default=20, show_default=True, metavar="N",
              help="How many answers to judge, drawn at random from the log.")  # fmt: skip
@click.option("--name", default="a person", help="Who judges; it stands in the log.")
def judge(log: Path, answers: int, name: str) -> None:
    """Judge answers of a LOG yourself.

    You then see how often the grader differs. Each verdict is kept in the log at once, beside the
    grader's; the card says how many you judged.
    """
    from proxygap.posture import judging

    data = judging.opened(log)
    waiting = judging.open_answers(data, answers)
    differed = judged = 0
    for answer in waiting:
        click.echo("\n" + "\n".join(judging.shown(answer)))
        verdict = _verdict()
        if verdict is None:
            break
        judging.judge(answer, verdict, name)
        judging.save(log, data)
        judged += 1
        differed += verdict != answer.graded
        click.echo(f"The grader says: {answer.graded}.")
    click.echo(f"\nJudged: {judged}. The grader had another verdict on {differed}. "
               f"Not judged yet of these {answers}: {len(waiting) - judged}.")  # fmt: skip


def _verdict() -> Verdict | None:
    """Ask for a verdict; nothing means that the person stops."""
    from proxygap.posture.results import VERDICTS

    known = {verdict[0]: verdict for verdict in VERDICTS}
    try:
        key = click.prompt("comply, partial, refuse, undetermined, or stop",
                           type=click.Choice([*known, "s"]))  # fmt: skip
    except click.Abort:
        return None
    return known.get(key)


@command.command()
@click.argument("first", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("second", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def compare(first: Path, second: Path) -> None:
    """Say whether two models can be told apart.

    FIRST and SECOND are logs or cards; only the items that both have are compared.
    """
    from proxygap.posture.compare import compare as compared
    from proxygap.posture.compare import sentence
    from proxygap.posture.rates import MEASURES

    cards = _card(first), _card(second)
    names = [card.name for card in cards]
    if names[0] == names[1]:
        names = [f"{names[0]} ({file.name})" for file in (first, second)]
    for measure in ("over_refusal", "harmful_compliance", "sycophancy_flip"):
        found = compared(cards[0].results, cards[1].results, measure)
        click.echo(f"{MEASURES[measure].name}. {sentence(found, names[0], names[1])}")


@command.command()
@click.option("--type", "kind", metavar="TYPE", help="Only the items of one type.")
@click.option("--json", "as_json", is_flag=True, help="Print every field of the items as JSON.")
def items(kind: str | None, as_json: bool) -> None:
    """List the items of Borderline-250 with their keys."""
    import json
    from dataclasses import asdict

    from proxygap.errors import did_you_mean
    from proxygap.posture.items import load

    whole = load()
    slugs = [each.slug for each in whole.types]
    if kind is not None and kind not in slugs:
        raise UsageError(f"There is no type '{kind}'.{did_you_mean(kind, slugs)} "
                         f"All types: {', '.join(slugs)}")  # fmt: skip
    found = [item for item in whole.items if kind in {None, item.type}]
    if as_json:
        click.echo(json.dumps([asdict(item) for item in found], indent=1, ensure_ascii=False))
        return
    for item in found:
        click.echo(f"{item.id}  [{item.target}]  {item.asked}")
