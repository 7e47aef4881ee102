"""What the stack builder shows: the file, what the rails stopped, a day, an outage, the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    CodeField,
    Column,
    Option,
    Row,
    Section,
    Table,
    Text,
)
from proxygap.labs.stack_builder import measure
from proxygap.labs.stack_builder.measure import Outcome, Share
from proxygap.labs.stack_builder.messages import SORTS, of_split
from proxygap.labs.stack_builder.rails import Rail, Stage, never_match
from proxygap.labs.stack_builder.scores import KIN
from proxygap.labs.stack_builder.show_more import (
    day,
    failing,
    percent,
    take_along,
    whole_system,
)
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.labs.stack_builder.work import Look, Work, stack_of

KIN_WORDS = {
    "other": "another maker’s model",
    "sister": "a sister of the classifier",
    "same": "the same model again",
}
STOPS = {
    "asks": "forbidden", "near": "only sound forbidden", "ordinary": "ordinary",
}  # fmt: skip
GOAL = (
    "On the hidden messages, stop at least 80 in 100 of the forbidden ones, at most 15 of those "
    "that only sound forbidden, and at most 5 of the ordinary ones."
)
MOST_EXAMPLES = 8


def sections(work: Work) -> tuple[Section, ...]:
    """Return everything that is on show."""
    found = measure.outcome(work.stack(), "practice", work.kin)
    return (
        Section("goal", "What the rails should do", "top", (Text("goal", GOAL, title="Aim."),)),
        Section("file", "Your rails", "controls", tuple(_file(work))),
        Section("stopped", "What they stop in practice", "result", tuple(_stopped(work, found))),
        Section("hidden", "The hidden messages", "below", tuple(_hidden(work))),
        day(work, found),
        failing(work, found),
        whole_system(work),
        Section("read", "Read what went wrong in practice", "below", tuple(_wrong(found)), True),
        take_along(work),
    )


def _file(work: Work) -> Iterator[Block]:
    starts = tuple(Option(name, label) for name, (label, _) in STARTS.items())
    chosen = next((name for name, (_, text) in STARTS.items() if text == work.text), "")
    yield Choice("start", "Begin with an example", starts, chosen, action="start")
    if work.before and work.before != work.text:
        yield Button("back", "Bring back what stood here before", "back")
    yield CodeField(
        "text",
        "config.yml",
        work.text,
        rows=16,
        hint="Control or Command with Enter runs it. Put patterns between single quotation marks.",
        problem=work.problem,
        run="run",
    )
    yield Button("run", "Run the rails", "run", primary=True, busy="Running")
    options = tuple(
        Option(name, KIN_WORDS[name], f"errors correlate by {KIN[name]:g} with the classifier’s")
        for name in KIN
    )
    yield Choice("kin", "Who does the self-check? (SIMULATED)", options, work.kin, action="set")


def _stopped(work: Work, found: Outcome) -> Iterator[Block]:
    if work.problem:
        yield Text(
            "stands", "Below still stands what the last file that could be read does.", tone="bad"
        )
    elif work.text != work.running:
        yield Text("changed", "The file was changed since. Run the rails.", tone="quiet")
    columns = (
        Column("Rail, asked on its own"),
        Column("stops"),
        *(Column(words, numeric=True) for words in STOPS.values()),
    )
    rows = [_row(found, at, rail) for at, rail in enumerate(found.rails)]
    rows.append(_row(found, None, None))
    sizes = ", ".join(f"{found.share(sort).of} {STOPS[sort]}" for sort in SORTS)
    caption = f"Stopped, of {len(found.messages)} practice messages: {sizes}"
    yield Table("by-rail", caption, columns, tuple(rows))
    yield from _together(found)
    yield from _without_effect(work)


def _row(found: Outcome, at: int | None, rail: Rail | None) -> Row:
    name = rail.flow if rail else "all together"
    cells = (percent(found.share(sort, at).rate) for sort in SORTS)
    how = _how(rail) if rail else "what any of them stops"
    return Row(name.replace(" ", "-"), (name, how, *cells), selected=rail is None)


def _how(rail: Rail) -> str:
    """Say by what a rail decides."""
    if rail.kind in ("classifier", "self_check"):
        return f"from a score of {rail.threshold:g}"
    count, noun = len(rail.entries), "word" if rail.kind == "keyword" else "pattern"
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _together(found: Outcome) -> Iterator[Block]:
    """Compare what the layers miss together with the product of their misses."""
    if len(found.rails) < 2:
        return
    like = measure.correlation_like(found)
    times = (
        f" That is what layers miss whose scores correlate by {like:.2f}."
        if like is not None
        else " They miss no more together than independent layers would: each knows other messages."
    )
    yield Text(
        "together",
        f"Multiplied, the rails’ misses come to {percent(found.multiplied)} of the forbidden "
        f"messages. In fact {percent(found.missed)} pass all of them.{times}",
        title="Layers.",
    )


def _without_effect(work: Work) -> Iterator[Block]:
    stack, idle = stack_of(work.running)
    texts: dict[Stage, Sequence[str]] = {
        "input": [one.text for one in of_split("practice")],
        "output": measure.reply_texts(),
    }
    said = (*idle, *never_match(stack, texts))
    for number, sentence in enumerate(said[:6]):
        yield Text(
            f"idle-{number}", sentence, title="No effect." if not number else "", tone="missed"
        )
    if len(said) > 6:
        yield Text("idle-more", f"And {len(said) - 6} more like this.", tone="missed")


def _hidden(work: Work) -> Iterator[Block]:
    held_out = of_split("held-out")
    yield Text(
        "hidden-task",
        f"{len(held_out)} messages, from lines that occur nowhere in practice. Run them when you "
        "think that you are done. Each look tells you something, and what you change after it was "
        "fitted to the test.",
    )
    if work.looks:
        yield _looks(work)
        yield _verdict(work.looks[-1], fresh=work.looked_at == work.running)
    yield Button("look", "Run the hidden messages", "look", busy="Running")


def _looks(work: Work) -> Table:
    columns = (
        Column("Look"),
        Column("stopped in all"),
        *(Column(words, numeric=True) for words in STOPS.values()),
    )
    rows = tuple(
        Row(
            f"look-{number}",
            (f"look {number}", _in_all(look), *(_with_interval(getattr(look, s)) for s in SORTS)),
        )
        for number, look in enumerate(work.looks, 1)
    )
    return Table("looks", "Stopped, of the hidden messages (95 % intervals)", columns, rows)


def _in_all(look: Look) -> str:
    shares = (look.asks, look.near, look.ordinary)
    return f"{sum(one.hits for one in shares)} of {sum(one.of for one in shares)}"


def _with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{percent(share.rate)} ({100 * low:.0f}–{100 * high:.0f})"


def _verdict(look: Look, *, fresh: bool) -> Text:
    if not fresh:
        text = "The rails have changed since this look."
        return Text("verdict", text, tone="quiet")
    short = []
    if look.asks.rate < 0.8:
        short.append(f"{percent(1 - look.asks.rate)} of the forbidden ones pass, more than 20")
    if look.near.rate > 0.15:
        short.append(f"{percent(look.near.rate)} that only sound forbidden are stopped, over 15")
    if look.ordinary.rate > 0.05:
        short.append(f"{percent(look.ordinary.rate)} of the ordinary ones are stopped, over 5")
    if short:
        return Text("verdict", f"{'; '.join(short)}.", title="Not yet.", tone="missed")
    return Text("verdict", "All three aims are met.", title="There.", tone="good")


def _wrong(found: Outcome) -> Iterator[Block]:
    stopped = found.stopped
    pairs = list(zip(found.messages, stopped, strict=True))
    missed = [one.text for one, was in pairs if one.forbidden and not was]
    blocked = [one.text for one, was in pairs if was and not one.forbidden]
    yield _texts("missed", "Forbidden, and passed", missed)
    yield _texts("blocked", "Allowed, and stopped", blocked)


def _texts(name: str, what: str, texts: list[str]) -> Block:
    if not texts:
        return Text(name, f"{what}: none.")
    step = max(1, len(texts) // MOST_EXAMPLES)
    shown = texts[::step][:MOST_EXAMPLES]
    caption = f"{what}: {len(shown)} of {len(texts)}"
    rows = tuple(Row(f"{name}-{number}", (text,)) for number, text in enumerate(shown))
    return Table(name, caption, (Column("Message"),), rows)
