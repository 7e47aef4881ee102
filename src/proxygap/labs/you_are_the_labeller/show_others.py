"""The last step: against the true value, against somebody else, and as a file."""

from __future__ import annotations

from proxygap.labs._actions import signed
from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Choice,
    Download,
    Link,
    Option,
    Section,
    Text,
    Upload,
)
from proxygap.labs.you_are_the_labeller import files
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.learning import of_rater
from proxygap.labs.you_are_the_labeller.pairs import Pair, edition, pairs

NONE = "No pair has been decided between A and B yet, so there is nothing to compare."
WHY = "Where you differed, and what the authors had in mind. They may be wrong."
PUBLISHED = (
    "The annotators of InstructGPT agreed with each other on 73 % of pairs. If they disagree by "
    "chance alone, no reward model foresees more than 80 % of their choices."
)


def sections(state: State) -> list[Section]:
    """Return the comparison with the true value and with another's labels, and the files."""
    labels = s.shown_labels(state)
    return [
        Section("files", "Keep, bring, replay", "controls", _files(state)),
        Section("truth", "You and the true value", "result", _against_truth(labels)),
        Section("colleague", "You and somebody else", "below", _against_other(state)),
    ]


def _against_truth(labels: s.Labels) -> tuple[Block, ...]:
    sided = s.decided(labels)
    if not sided:
        return (Text("agreement", NONE),)
    known = pairs()
    missed = [known[name] for name, choice in sided.items() if choice != known[name].better]
    right = len(sided) - len(missed)
    careful = sum(max(vote, 1 - vote) for name, vote in of_rater("careful") if name in sided)
    told = (
        f"You and the true value agree on {right} of {len(sided)} pairs, "
        f"{100 * right / len(sided):.0f} %. "
        f"A careful reader who errs as people do would agree on about {careful:.0f}."
    )
    blocks: list[Block] = [Text("agreement", told)]
    if missed:
        blocks.append(Text("why", WHY))
    blocks += [_difference(pair) for pair in missed]
    return tuple(blocks)


def _difference(pair: Pair) -> Text:
    """Return why the authors value the reply more that was not chosen."""
    better, other = sorted(pair.replies, key=lambda reply: -reply.truth)
    text = (
        f"You preferred “{other.text}” ({signed(other.truth)}: {other.why}) The other one: "
        f"“{better.text}” ({signed(better.truth)}: {better.why})"
    )
    return Text(f"differs-{pair.id}", text, pair.prompt.text)


def _against_other(state: State) -> tuple[Block, ...]:
    mine, theirs = s.decided(state["labels"]), s.decided(state["brought"])
    both = [name for name in mine if name in theirs]
    if not state["brought"]:
        told = (
            "Bring the file of a colleague, or your own of last week. You see how often you "
            "agree, and every step can be replayed with those labels."
        )
        return (Text("colleague", told), *_published())
    if not both:
        told = "There is no pair that both label sets decide between A and B."
        return (Text("colleague", told), *_published())
    alike = sum(mine[name] == theirs[name] for name in both)
    share = 100 * alike / len(both)
    told = f"You both decided {len(both)} pairs; you agree on {alike}, {share:.0f} %."
    apart = [pairs()[name] for name in both if mine[name] != theirs[name]]
    blocks: list[Block] = [Text("colleague", told), *_published()]
    blocks += [_apart(pair, mine[pair.id]) for pair in apart]
    return tuple(blocks)


def _published() -> tuple[Block, ...]:
    return (
        Text("published", PUBLISHED, tone="quiet"),
        Link("source", "Source:", "Ouyang et al. (2022)", "https://arxiv.org/abs/2203.02155"),
    )


def _apart(pair: Pair, choice: str) -> Text:
    mine, theirs = pair.replies if choice == "a" else pair.replies[::-1]
    return Text(f"apart-{pair.id}", f"You: “{mine.text}” They: “{theirs.text}”", pair.prompt.text)


def _files(state: State) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Download("save", "Save labels", f"labels-{edition()}.json", "application/json",
                 files.write(state["labels"], state["late"], state["pace"])),
        Upload("bring", "Bring labels", "A file that was saved here. Yours are kept beside it.",
               problem=state["problem"], largest=files.LARGEST),
    ]  # fmt: skip
    if state["note"]:
        blocks.append(Text("note", state["note"], tone="quiet"))
    if state["brought"]:
        options = tuple(Option(value, label) for value, label in s.WHOSE.items())
        blocks.append(Choice("whose", "Show every step with the labels", options, state["whose"],
                             action="set"))  # fmt: skip
    return tuple(blocks)
