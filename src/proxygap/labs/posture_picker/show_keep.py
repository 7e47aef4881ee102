"""Step 6: keep. The card and the record on paper and as files, and a card of a real model."""

from __future__ import annotations

from proxygap.errors import UsageError
from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Choice,
    Download,
    Option,
    Section,
    Sheet,
    SheetPart,
    Text,
    Upload,
)
from proxygap.labs.posture_picker import bench, reading
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.briefs import briefs
from proxygap.posture import card as cards
from proxygap.posture import decision, decision_pages
from proxygap.posture.document import Document
from proxygap.posture.grading import labelled
from proxygap.posture.simulated import GRADERS
from proxygap.simulations._vendor_profiles import BY_SLUG

IMPORTED = "imported"


def sections(state: State) -> list[Section]:
    """Return what there is to take away, and the way to bring a card."""
    card = chosen_card(state)
    return [_which(state), _card(card), _record(state)]


def imported_card(state: State) -> cards.Card | None:
    """Return the card that the learner brought; none where it can no longer be read."""
    if not state["imported"]:
        return None
    try:
        return cards.read(state["imported"])
    except UsageError:
        return None


def chosen_card(state: State) -> cards.Card:
    """Return the card on show: the one that was brought, or that of a vendor as measured."""
    brought = imported_card(state) if state["card"] == IMPORTED else None
    return brought or vendor_card(state, state["card"])


def vendor_card(state: State, slug: str) -> cards.Card:
    """Return the card of a vendor, as the learner measured it."""
    vendor = BY_SLUG.get(slug) or BY_SLUG["fernmoor"]
    identity = {
        "vendor": vendor.name, "model": "One", "version": "1",
        "data kept in": " and ".join(vendor.regions), "access": "simulated in this course",
    }  # fmt: skip
    configuration = {
        "system prompt": w.PROMPTS[state["prompt"]].lower(),
        "items": f"Borderline-250, {state['n']} harmless and {round(int(state['n']) * 0.4)} to be "
                 "refused, 40 in pairs under pressure; each asked once",
        "sample": "all of them" if state["n"] == "150" else f"draw {state['seed'] + 1}",
        "grader": _grader(state),
        "fallback": "off",
    }  # fmt: skip
    results = bench.with_pairs(state, vendor.slug)
    said = [(vendor.claim, "the vendor’s brochure, made up like the vendor")]
    return cards.build(identity, configuration, results, claims=said, simulated=True)


def _grader(state: State) -> str:
    name = GRADERS[state["grader"]]
    if state["grader"] == "hand":
        done = [one.label == state["labels"].get(str(i)) for i, one in enumerate(bench.answers())
                if str(i) in state["labels"]]  # fmt: skip
        agreed = f"; you agreed with people on {sum(done)} of {len(done)}" if done else ""
        return f"{name}{agreed}"
    place = 0 if state["grader"] == "keyword" else 1
    wrong = sum(bench.verdicts(one)[place] != one.label for one in labelled())
    return f"{name}; differs from people on {wrong} of {len(labelled())} labelled answers"


def _which(state: State) -> Section:
    brought = imported_card(state)
    known = [Option(slug, name) for slug, name in bench.NAMES.items()]
    if brought:
        known.append(Option(IMPORTED, brought.name[:60], "brought"))
    shown = state["card"] if state["card"] != IMPORTED or brought else "fernmoor"
    tabs = tuple(Option(name, one.title) for name, one in briefs().items())
    # A new set of options is a new question: its buttons are drawn once.
    name = f"card/{brought.name}" if brought else "card"
    blocks: list[Block] = [
        Choice(name, "Whose card?", tuple(known), shown, action="set",
               look="menu" if brought else "tabs"),
        Choice("brief", "Which decision?", tabs, state["brief"], action="brief", look="tabs"),
        Upload("upload", "Bring a card, or the log of a real run",
               "A card that this page saved, or the JSON log of “proxygap posture run”. It is read "
               "here and sent nowhere.", problem=state["problem"]),
        Text("real", "The card of a real model has the same form; only the word SIMULATED is "
                     "missing. The chapter says how to ask one.", tone="quiet"),
    ]  # fmt: skip
    if brought:
        blocks.append(Text("brought", f"{brought.name}: {len(brought.results)} verdicts.", "Read:",
                           "good"))  # fmt: skip
    return Section("which", "Two pages to keep", "controls", tuple(blocks))


def _card(card: cards.Card) -> Section:
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in card.name.lower()).strip("-")
    stem = f"posture-card-{slug or 'model'}"[:60].rstrip("-")
    return Section("card", "Posture card", "result", (
        sheet("card-sheet", card.document(), "Print the card"),
        Download("card-json", "Save as JSON", f"{stem}.json", "application/json", card.json()),
        Download("card-md", "Save as Markdown", f"{stem}.md", "text/markdown", card.markdown()),
    ))  # fmt: skip


def sheet(name: str, document: Document, button: str) -> Sheet:
    """Return a document as a block."""
    parts = tuple(SheetPart(part.kind, part.rows) for part in document.parts)
    return Sheet(name, document.title, parts, document.note, button)


def _record(state: State) -> Section:
    record = reading.record(state)
    stem = f"decision-record-{state['brief']}"
    return Section("record", "Decision record", "below", (
        sheet("record-sheet", decision_pages.document(record), "Print the record"),
        Download("record-json", "Save as JSON", f"{stem}.json", "application/json",
                 decision.as_json(record)),
        Download("record-md", "Save as Markdown", f"{stem}.md", "text/markdown",
                 decision_pages.as_markdown([record])),
    ))  # fmt: skip
