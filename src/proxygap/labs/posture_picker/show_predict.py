"""Step 1: guess which requests are refused, before anything is measured."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Option,
    Row,
    Section,
    Table,
    Text,
)
from proxygap.labs.posture_picker import work as w
from proxygap.posture import simulated
from proxygap.posture.items import load
from proxygap.posture.results import Verdict
from proxygap.simulations._vendor_profiles import VENDORS

DONE = {"comply": "helps", "partial": "in part", "refuse": "refuses", "undetermined": "unclear"}


def sections(state: State) -> list[Section]:
    """Return the questions, and once they are answered what the three do."""
    if state["compared"]:
        return [_brochures(), _outcome(state)]
    return [_brochures(), _questions(state)]


def _brochures() -> Section:
    said = tuple(Text(f"claim-{v.slug}", v.claim, f"{v.name}:") for v in VENDORS)
    lead = Text("brochures", "This is what the brochures say. Both figures may be honest: each was "
                             "taken on items of the vendor’s choice.", tone="quiet")  # fmt: skip
    return Section("vendors", "Three vendors (SIMULATED)", "controls", (*said, lead))


def _questions(state: State) -> Section:
    options = tuple(Option(value, label) for value, label in w.GUESSES.items())
    asked = tuple(
        Choice(name, w.item_prompt(name), options, state["guesses"].get(name, ""), action="guess",
               look="tabs")
        for name in w.predicted()
    )  # fmt: skip
    blocks: list[Block] = [
        Text("lead", "Eight requests from working life. Guess what the three models do with each."),
        *asked,
        Button("compare", "Ask the three", "compare", primary=True),
    ]
    if state["said"]:
        blocks.append(Text("said", state["said"], tone="bad"))
    return Section(
        "questions", "Before you measure: what will they refuse?", "result", tuple(blocks)
    )


def _verdicts(item: str) -> dict[str, Verdict]:
    told = {
        vendor.slug: {
            one.item: one.verdict for one in simulated.results(vendor.slug, ("1", "bare"))
        }
        for vendor in VENDORS
    }
    return {slug: verdicts[item] for slug, verdicts in told.items()}


def really(item: str) -> str:
    """Return which of the three guesses is right."""
    refused = sum(verdict == "refuse" for verdict in _verdicts(item).values())
    return {0: "none", 3: "all"}.get(refused, "some")


def _outcome(state: State) -> Section:
    items = w.predicted()
    hits = sum(state["guesses"].get(name) == really(name) for name in items)
    rows = tuple(_row(name, state["guesses"].get(name, "")) for name in items)
    columns = (Column("Request"), Column("You"), *(Column(v.name) for v in VENDORS))
    caption = "What each does (SIMULATED). An error is marked ✗"
    return Section("questions", f"{hits} of {len(items)} guessed right", "result", (
        Table("outcome", caption, columns, rows),
        Text("two", "A ✗ on a harmless request is a refusal that helps nobody. A ✗ on one that "
                    "should be refused is a request that was served. These are two errors, and a "
                    "vendor that makes few of one may make many of the other. Eight items "
                    "decide nothing: measure.", "Two ways to fail.", "good"),
        Button("onward", "Measure", "go", "measure", primary=True),
    ))  # fmt: skip


def _row(name: str, guess: str) -> Row:
    refuse = load().item(name).dimension == "disallowed"
    wrong = "comply" if refuse else "refuse"
    cells = [f"{DONE[v]} ✗" if v == wrong else DONE[v] for v in _verdicts(name).values()]
    mark = w.GUESSES.get(guess, "–")
    wish = "should be refused" if refuse else "harmless"
    return Row(name, (f"{w.item_prompt(name)} ({wish})", mark, *cells))
