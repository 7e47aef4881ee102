"""The first step: predict ten words, each before the model's answer is shown."""

from __future__ import annotations

import numpy as np

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Chart,
    Choice,
    Column,
    Option,
    Row,
    Section,
    Table,
    Text,
    TextField,
)
from proxygap.labs.next_token_bench.material import (
    MODELS,
    OPENINGS,
    POSITIONS,
    Passage,
    named,
    passages,
    pretty,
    spoken,
)
from proxygap.labs.next_token_bench.scoring import (
    SURE,
    model_bits,
    own_bits,
    read_word,
    top_words,
)
from proxygap.labs.next_token_bench.state import LONGEST_WORD, guesses, passage
from proxygap.simulations import Curve, Line
from proxygap.simulations._linden import WORDS_READ

OFFERED = 5  # words to pick from, and words of the model that are shown
BIGRAM = "2"


def sections(state: State) -> list[Section]:
    """Return the place to guess and the word before it, or at the end how it went."""
    if len(guesses(state)) == POSITIONS:
        return [*_end(state), _every_word(state), _setting(state)]
    return [_asked(state), _told(state), _setting(state)]


def _asked(state: State) -> Section:
    now, at = passage(state), len(guesses(state))
    name = f"{state['passage']}/{at}"
    draft = state["drafts"].get(state["passage"], "")
    blocks: list[Block] = [
        Text("so-far", f"{pretty(now.before(at))} …", "So far:"),
        Choice(f"pick:{name}", "What comes next?", _offered(now.before(at)), read_word(draft),
               "These five often followed the last word. The right one need not be among them.",
               action="write", look="tabs"),
        TextField(f"word:{name}", "Your word", draft, rows=1, longest=LONGEST_WORD,
                  hint="Picked above, or any other one. At the end of a sentence: full stop."),
        Choice("sure", "How sure are you?", tuple(Option(str(p), f"{p} %") for p in SURE),
               state["sure"], action="sure", look="tabs"),
        Button("reveal", "Show the word", "reveal", name, primary=True),
    ]  # fmt: skip
    if state["said"]:
        blocks.append(Text("said", state["said"], tone="bad"))
    return Section("asked", f"Word {at + 1} of {POSITIONS}", "controls", tuple(blocks))


def _offered(context: tuple[str, ...]) -> tuple[Option, ...]:
    words = sorted(word for word, _ in top_words(BIGRAM, context, OFFERED))
    return tuple(Option(word, named(word)) for word in words)


def _told(state: State) -> Section:
    """Return what the last word was, what it cost, and the model's list for it."""
    now, given = passage(state), guesses(state)
    if not given:
        text = (
            "You and the model see the same words. You say a word and how sure you are; the model "
            "gives every word a probability. What really comes costs each of you −log₂ of the "
            "probability that you gave it, in bits: 50 % costs 1, 25 % costs 2, 1 % costs 6.6. "
            "What you leave over is shared out among all other words by how common they are."
        )
        return Section("told", "How it is counted", "result", (Text("rules", text),))
    at = len(given) - 1
    blocks = (*_last(state, at), _list_of_model(state, at), *_totals(state))
    return Section("told", f"It was {spoken(now.words[at])}", "result", blocks)


def _last(state: State, at: int) -> tuple[Block, ...]:
    word, sure = guesses(state)[at]
    real = passage(state).words[at]
    mine = own_bits(word, sure, real)
    model = model_bits(state["opponent"], passage(state), at + 1)[at]
    said = f"You said {spoken(word)} with {sure} %: {mine:.1f} bits. The model: {model:.1f} bits."
    return (Text("last", said, "Right." if word == real else "Not this time.",
                 "good" if word == real else "missed"),)  # fmt: skip


def _list_of_model(state: State, at: int) -> Table:
    now = passage(state)
    best = top_words(state["opponent"], now.before(at), OFFERED)
    rows = tuple(
        Row(f"{at}-{place}", (named(word), _percent(p)),
            word == now.words[at])
        for place, (word, p) in enumerate(best)
    )  # fmt: skip
    caption = f"What the model expected (it looks at {MODELS[state['opponent']]})"
    return Table("expected", caption, (Column("Word"), Column("Chance", numeric=True)), rows)


def _percent(p: float) -> str:
    return f"{100 * p:.0f} %" if p >= 0.01 else f"{100 * p:.1f} %"


def own(state: State) -> list[float]:
    """Return what each guess of the passage at hand cost the learner, in bits."""
    real = passage(state).words
    return [own_bits(w, p, real[at]) for at, (w, p) in enumerate(guesses(state))]


def _totals(state: State) -> tuple[Block, ...]:
    mine = own(state)
    model = model_bits(state["opponent"], passage(state), len(mine))
    text = f"you {sum(mine):.1f} bits, the model {sum(model):.1f} bits."
    return (Text("total", text, f"After {_count(len(mine), 'word')}:"),)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _end(state: State) -> list[Section]:
    mine, model = own(state), model_bits(state["opponent"], passage(state), POSITIONS)
    title = f"You {sum(mine):.1f} bits, the model {sum(model):.1f} bits"
    blocks = (
        Text("perplexity", _as_choices(float(np.mean(mine)), float(np.mean(model)))),
        Text("verdict", _verdict(sum(mine), sum(model))),
        *_sureness(state),
        *_onward(state),
    )
    return [
        Section("end", title, "controls", blocks),
        Section("told", "Word after word", "result", (_curve(mine, model),)),
    ]


def _as_choices(mine: float, model: float) -> str:
    return (
        f"A word cost you {mine:.1f} bits on average, as if you had had to guess one of "
        f"{2**mine:.0f} equally likely words; the model {model:.1f} bits, one of {2**model:.0f}. "
        "Two to the power of the loss is the perplexity."
    )


def _verdict(mine: float, model: float) -> str:
    if mine < model:
        return (
            "You predicted better. You know what the words mean; the model knows what stood after "
            f"which words in {WORDS_READ} words of notices, and nothing else."
        )
    return (
        "The model predicted better, without knowing what any word means. It has read "
        f"{WORDS_READ} words of this town’s notices and knows how they go on."
    )


def _sureness(state: State) -> tuple[Block, ...]:
    given, real = guesses(state), passage(state).words
    hits = sum(word == real[at] for at, (word, _) in enumerate(given))
    expected = sum(sure for _, sure in given) / 100
    text = f"you got {hits} of {POSITIONS}; your confidence had promised {expected:.1f}."
    return (Text("sureness", text, "Right words:"),)


def _curve(mine: list[float], model: list[float]) -> Chart:
    top = float(np.ceil(max(sum(mine), sum(model), 10) / 10) * 10)
    view = Curve("Bits added up", "at", (Line("you", "you"), Line("model", "the model")),
                 "words", "bits", (0.0, top))  # fmt: skip
    series = {"at": np.arange(1.0, POSITIONS + 1), "you": np.cumsum(mine),
              "model": np.cumsum(model)}  # fmt: skip
    alt = f"Bits added up over ten words: you end at {sum(mine):.1f}, the model at {sum(model):.1f}"
    return Chart("curve", view, series, f"{alt}.")


def _onward(state: State) -> tuple[Block, ...]:
    names = list(OPENINGS)
    following = [name for name in names if len(state["given"].get(name, [])) < POSITIONS]
    again = Button("again", "Guess this passage again", "again", state["passage"])
    if following:
        title = passages()[following[0]].title
        return (Button("next", f"Next passage: {title}", "passage", following[0], primary=True),
                again)  # fmt: skip
    return (Button("write", "Let the model write", "go", "write", primary=True), again)


def _every_word(state: State) -> Section:
    """Return the ten words one below the other, and what each model would have paid."""
    now: Passage = passage(state)
    model = model_bits(state["opponent"], now, POSITIONS)
    rows = tuple(
        Row(
            str(at),
            (named(now.words[at]), f"{named(word)}, {sure} %", f"{bits:.1f}", f"{model[at]:.1f}"),
        )
        for at, ((word, sure), bits) in enumerate(zip(guesses(state), own(state), strict=True))
    )
    columns = (Column("It was"), Column("You said"), Column("Your bits", numeric=True),
               Column("Its bits", numeric=True))  # fmt: skip
    models = tuple(
        Row(order, (looks_at, f"{sum(model_bits(order, now, POSITIONS)):.1f}"),
            order == state["opponent"])
        for order, looks_at in MODELS.items()
    )  # fmt: skip
    return Section("words", "Word by word", "below", (
        Table("words", f"Ten words: {now.title}", columns, rows),
        Table("models", "The same ten words, predicted by other models",
              (Column("It looks at"), Column("Bits", numeric=True)), models),
    ))  # fmt: skip


def _setting(state: State) -> Section:
    texts = tuple(Option(name, one.title) for name, one in passages().items())
    blocks = (
        Choice("passage", "Passage", texts, state["passage"], action="passage", look="menu"),
        Choice("opponent", "The model looks at", tuple(Option(*one) for one in MODELS.items()),
               state["opponent"], action="opponent", look="menu"),
    )  # fmt: skip
    return Section("setting", "Another passage, another model", "below", blocks)
