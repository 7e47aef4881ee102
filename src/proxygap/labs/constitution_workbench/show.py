"""What the workbench shows: the constitution, how it is read, and the critic."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Option,
    Section,
    Slider,
    Text,
    TextField,
)
from proxygap.labs.constitution_workbench import work as w
from proxygap.labs.constitution_workbench.library import LIBRARY, is_broken, twin
from proxygap.labs.constitution_workbench.reader import Reading, read

LINE = 90  # characters of a principle in the list
NAMED = 12  # words that are listed


def bench(state: State) -> Section:
    """Return the constitution, the principle at hand, and how it is read."""
    blocks: list[Block] = [_order(state)] if state["principles"] else [_nothing()]
    at = next((i for i, p in enumerate(state["principles"]) if p["id"] == state["at"]), -1)
    if at >= 0:
        blocks += _at_hand(state, at)
    if state["said"]:
        blocks.append(Text("said", state["said"], tone="quiet"))
    return Section("bench", "Your constitution", "controls", tuple(blocks))


def shelf(state: State) -> Section:
    """Return what can be added."""
    ready = tuple(Option(name, one.text) for name, one in LIBRARY.items())
    return Section("shelf", "Add a principle", "controls", (
        Choice("candidate", "Ready-made principles", ready, state["candidate"],
               action="candidate", look="menu"),
        Button("add-ready", "Add it at the end", "add", "ready"),
        Button("add-own", "Write your own", "add", "own"),
    ))  # fmt: skip


def _nothing() -> Text:
    return Text("empty", "There is no principle yet. Add a ready-made one, or write your own.")


def _order(state: State) -> Choice:
    options = tuple(
        Option(one["id"], f"{i}. {_line(one['text'])}", _short(read(one["text"])))
        for i, one in enumerate(state["principles"], 1)
    )
    return Choice(
        "order", "Principles, the most important first", options, state["at"], action="pick",
        hint="Each counts twice as much as the one below it. Pick one to change it.",
    )  # fmt: skip


def _line(words: str) -> str:
    plain = " ".join(words.split())
    if not plain:
        return "(nothing yet)"
    return plain if len(plain) <= LINE else f"{plain[: LINE - 1]}…"


def _short(reading: Reading) -> str:
    if not reading.terms:
        return "It counts nothing."
    return f"Words not understood: {len(reading.unknown)}." if reading.unknown else ""


def _at_hand(state: State, at: int) -> list[Block]:
    one = state["principles"][at]
    blocks: list[Block] = [
        TextField(f"text/{one['id']}", "The wording of the one that is picked", one["text"], rows=2,
                  hint="Change a word, or write a sentence of your own.", longest=w.ROOM),
        *_reading(read(one["text"])),
        Button("up", "Move up", "move", "up"),
        Button("down", "Move down", "move", "down"),
    ]  # fmt: skip
    if twin(one["text"]):
        label = "Mend it" if is_broken(one["text"]) else "Break it"
        blocks.append(Button("break", label, "break"))
    return [*blocks, Button("remove", "Remove", "remove")]


def _reading(reading: Reading) -> list[Block]:
    """Return what the reader made of a text, and all that it left out."""
    blocks: list[Block] = []
    if reading.terms:
        blocks.append(Text("meaning", f"{reading.meaning}.", "It asks for this:"))
        known = ", ".join(f"“{word}”" for word in reading.known)
        blocks.append(Text("known", f"{known}.", "From these words:", "quiet"))
    if reading.unknown:
        named = ", ".join(f"“{word[:30]}”" for word in reading.unknown[:NAMED])
        more = len(reading.unknown) - NAMED
        rest = f" and {more} more" if more > 0 else ""
        blocks.append(
            Text("unknown", f"{named}{rest}. These change nothing.", "Not understood:", "missed")
        )
    if reading.problem:
        blocks.append(Text("problem", reading.problem, tone="plain" if reading.terms else "bad"))
    return blocks


def critic(state: State) -> Section:
    """Return who reads the constitution, and the button that trains."""
    labels = tuple(Option(name, words) for name, words in w.LABELS.items())
    return Section("critic", "The critic", "controls", (
        Slider("accuracy", "Requests read rightly", w.ACCURACIES, state["accuracy"], "%",
               "Of those that sound forbidden. At 50 % it tosses a coin."),
        Slider("rounds", "Revisions of each draft", w.ROUNDS, state["rounds"], "rounds"),
        Choice("labels", "Its preferences are handed on as", labels, state["labels"],
               action="set", look="tabs"),
        Button("train", "Train by this constitution", "train", primary=True, busy="Training"),
    ))  # fmt: skip
