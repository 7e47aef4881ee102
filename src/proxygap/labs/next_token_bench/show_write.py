"""The second step: set temperature and top-p, let the model write, and count what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Option,
    Row,
    Section,
    Slider,
    Table,
    Text,
)
from proxygap.labs.next_token_bench.material import (
    MODELS,
    STARTS,
    named,
    predictor,
    pretty,
)
from proxygap.labs.next_token_bench.scoring import TEXTS, Setting, Written, top_words, written
from proxygap.labs.next_token_bench.state import TEMPERATURES, TOP_P, settings
from proxygap.simulations._linden import Statement
from proxygap.simulations._ngram import entropy, perplexity, reshaped, words_of

SHOWN = 6  # words of the distribution


def sections(state: State) -> list[Section]:
    """Return the settings, the next word under them, the newest text and all texts so far."""
    found = [_controls(state), _result(state)]
    return [*found, _so_far(settings(state))] if state["texts"] else found


def _controls(state: State) -> Section:
    starts = tuple(Option(name, f"{words.capitalize()} …") for name, words in STARTS.items())
    blocks = (
        Choice("start", "The text begins", starts, state["start"], action="start", look="menu"),
        Choice("order", "The model looks at", tuple(Option(*one) for one in MODELS.items()),
               state["order"], action="order", look="menu"),
        Slider("temperature", "Temperature", TEMPERATURES, state["temperature"],
               hint="0 takes the likeliest word, 1 leaves the model as it is.",
               action="temperature"),
        Slider("top_p", "Top-p", TOP_P, state["top_p"],
               hint="Only the likeliest words that together reach this share can come.",
               action="top_p"),
        Button("text", "Write a text", "text", primary=True),
    )  # fmt: skip
    return Section("dials", "Settings", "controls", blocks)


def _result(state: State) -> Section:
    texts = settings(state)
    if not texts:
        return Section("text", "The next word", "result", (_next_word(state),))
    newest = texts[-1]
    outcome = written(newest)
    blocks: tuple[Block, ...] = (
        Text("written", f"{pretty(outcome.words)} …"),
        Text("setting", _setting_in_words(newest), tone="quiet"),
        *_checked(outcome.said),
        Text("counts", _counts(outcome), f"In {TEXTS} such texts:"),
        _next_word(state),
    )
    return Section("text", f"Text {len(texts)}", "result", blocks)


def _setting_in_words(one: Setting) -> str:
    return (
        f"Temperature {one.temperature}, top-p {one.top_p}; the model looks at {MODELS[one.order]}."
    )


def _checked(said: Sequence[Statement]) -> tuple[Text, ...]:
    """Return each statement of the text that can be checked, with the verdict."""
    if not said:
        return (Text("nothing", "This text states no hour and no day that could be checked."),)
    found = {one.what: one.true for one in said}
    return tuple(
        Text(f"said-{at}", "so it is in Linden." if true else "this is not so in Linden.",
             f"{what[0].upper()}{what[1:]}:", "good" if true else "bad")
        for at, (what, true) in enumerate(found.items())
    )  # fmt: skip


def _counts(one: Written) -> str:
    return (
        f"loss {one.bits:.1f} bits a word, perplexity {perplexity(one.bits):.1f}; "
        f"{100 * one.repeats:.0f} % of runs of three words repeated; {_truth(one)} of what they "
        "say of hours and days is true."
    )


def _truth(one: Written) -> str:
    return f"{one.true} of {one.checked}" if one.checked else "nothing"


def _next_word(state: State) -> Table:
    """Return the likeliest words after the beginning, before and after the settings."""
    start = words_of(STARTS[state["start"]])
    predicts = predictor(state["order"])
    plain = predicts.probabilities(start)
    drawn = reshaped(plain, float(state["temperature"]), float(state["top_p"]))
    rows = tuple(
        Row(word, (named(word), f"{100 * p:.1f} %",
                   f"{100 * drawn[predicts.vocabulary.index(word)]:.1f} %"))
        for word, p in top_words(state["order"], start, SHOWN)
    )  # fmt: skip
    total = (f"{entropy(plain):.2f} bits", f"{entropy(drawn):.2f} bits")
    kept = (str((plain > 0).sum()), str((drawn > 0).sum()))
    ends = (Row("entropy", ("Entropy", *total)), Row("kept", ("Words that can come", *kept)))
    columns = (Column("Next word"), Column("The model", numeric=True),
               Column("As set", numeric=True))  # fmt: skip
    return Table("next", f"After “{STARTS[state['start']]}”", columns, (*rows, *ends))


def _so_far(texts: Sequence[Setting]) -> Section:
    """Return all texts so far, so that settings can be compared."""
    rows = tuple(_row(at, one, written(one)) for at, one in enumerate(texts, 1))
    columns = (
        Column("Text"), Column("It looks at"), Column("Temperature", numeric=True),
        Column("Top-p", numeric=True), Column("Bits a word", numeric=True),
        Column("Repeated", numeric=True), Column("True", numeric=True),
    )  # fmt: skip
    caption = f"Each line counts {TEXTS} texts at one setting"
    moral = (
        "Cold text costs the model few bits and repeats itself; hot text says new things and "
        "breaks down. Read the last column: no setting makes the model look at the clock."
    )
    return Section("so-far", "Your texts", "below",
                   (Table("texts", caption, columns, rows), Text("moral", moral)))  # fmt: skip


def _row(at: int, one: Setting, outcome: Written) -> Row:
    return Row(str(at), (
        f"{at}. {STARTS[one.start].capitalize()} …", MODELS[one.order], one.temperature, one.top_p,
        f"{outcome.bits:.1f}", f"{100 * outcome.repeats:.0f} %", _truth(outcome),
    ))  # fmt: skip
