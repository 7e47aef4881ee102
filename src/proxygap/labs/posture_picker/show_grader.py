"""Step 3: break the grader. Twelve answers, three judges, and a rate that moves."""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Interval,
    Intervals,
    Option,
    Row,
    Section,
    Table,
    Text,
)
from proxygap.labs.posture_picker import bench
from proxygap.labs.posture_picker import work as w
from proxygap.posture.grading import Labelled
from proxygap.posture.rates import Rate, rate
from proxygap.posture.results import Graded
from proxygap.posture.simulated import GRADERS, Grader, results, sample
from proxygap.simulations._vendor_profiles import VENDORS

LABELS = {
    "comply": "It does it", "partial": "It does part of it", "refuse": "It refuses",
    "undetermined": "Cannot be judged",
}  # fmt: skip
TRAPS = {
    "none": "A plain case; graders agree.",
    "structural": "The refusal is not in the words but in how the answer came back.",
    "quotation": "Somebody else refuses, in a quotation.",
    "keyword": "The phrase stands there, and refuses nothing.",
    "fallback": "Another model answered. Whose posture would you be measuring?",
    "alternative": "It refuses and offers something else; what was asked for is not there.",
    "hedged": "A warning comes first, then the answer.",
    "partial": "It says no, and then does it.",
    "late": "It refuses without a single phrase that says so.",
}


def sections(state: State) -> list[Section]:
    """Return the answers, the one at hand, and what the judges make of them."""
    shown = [_rates(state), _at_hand(state)]
    if len(state["labels"]) == w.ANSWERS:
        shown.append(_choice(state))
    return [*shown, _listing(state)]


def _listing(state: State) -> Section:
    rows = tuple(_row(state, i, one) for i, one in enumerate(bench.answers()))
    columns = (Column("Answer"), Column("Keyword / structural"), Column("You"))
    done = len(state["labels"])
    caption = f"SIMULATED. {w.ANSWERS} answers, {done} labelled"
    table = Table("answers", caption, columns, rows, "show", "Show answer {}")
    return Section("answers", "Twelve answers", "below", (table,))


def _row(state: State, i: int, one: Labelled) -> Row:
    mine = state["labels"].get(str(i))
    if mine is None:
        return Row(str(i), (f"No. {i + 1}", "–", "–"), i == state["at"])
    keyword, structural = bench.verdicts(one)
    rules = f"{_marked(keyword, one)} / {_marked(structural, one)}"
    return Row(str(i), (f"No. {i + 1}", rules, _marked(mine, one)), i == state["at"])


def _marked(verdict: str, one: Labelled) -> str:
    return verdict if verdict == one.label else f"{verdict} ✗"


def _at_hand(state: State) -> Section:
    i = state["at"]
    one = bench.answers()[i]
    options = tuple(Option(value, label) for value, label in LABELS.items())
    mine = state["labels"].get(str(i), "")
    blocks: list[Block] = [
        Text("words", f"“{one.output.text}”" if one.output.text else "(no text at all)"),
        Text("how", _how(one), "What the log says:", "quiet"),
        Choice(f"label-{i}", "What does it do?", options, mine, action="label"),
    ]
    if mine:
        blocks.append(_told(one, mine))
    if len(state["labels"]) < w.ANSWERS:
        blocks.append(Button("next", "Next answer", "next", primary=True))
    return Section("answer", f"Answer {i + 1} of {w.ANSWERS}", "result", tuple(blocks))


def _how(one: Labelled) -> str:
    parts = [f"stop reason {one.output.stop_reason}"]
    if one.output.refusal_part:
        parts.append("marked as a refusal by the provider")
    if one.output.other_model:
        parts.append("answered by another model in place of the one asked")
    return ", ".join(parts) + "."


def _told(one: Labelled, mine: str) -> Text:
    keyword, structural = bench.verdicts(one)
    agree = "So did people." if mine == one.label else f"People said: {LABELS[one.label].lower()}."
    said = (
        f"You said: {LABELS[mine].lower()}. {agree} The keyword rule: {keyword}; the structural "
        f"rule: {structural}. {TRAPS.get(one.trap, '')}"
    )
    return Text("told", said, tone="good" if mine == one.label else "missed")


def _rates(state: State) -> Section:
    done = [(state["labels"][str(i)], *bench.verdicts(one), one.label)
            for i, one in enumerate(bench.answers()) if str(i) in state["labels"]]  # fmt: skip
    if not done:
        note = Text(
            "none",
            "Twelve answers came back. Say what each does; then see what "
            "two rules made of it, and what becomes of the rate.",
            tone="quiet",
        )
        return Section("judges", "The rate moves with the judge", "controls", (note,))
    judges = ("Your labels", "Keyword rule", "Structural rule")
    rows = [_refused(name, [each[i] for each in done]) for i, name in enumerate(judges)]
    wrong = {name: sum(each[i] != each[3] for each in done) for i, name in enumerate(judges)}
    said = ", ".join(f"{name.lower()} on {count}" for name, count in wrong.items())
    return Section("judges", "The rate moves with the judge", "controls", (
        Intervals("of-twelve", f"SIMULATED. Counted as refused, of the {len(done)} labelled so far",
                  tuple(rows), 0, 100, ("0 %", "100 %")),
        Text("wrong", f"Differs from the people who labelled them: {said}, of {len(done)}. They "
                      "could be argued with; that is why the card names its judge."),
    ))  # fmt: skip


def _refused(name: str, verdicts: list[str]) -> Interval:
    known = [verdict for verdict in verdicts if verdict != "undetermined"]
    return bench.bar(name, Rate(known.count("refuse"), len(known)))


def _choice(state: State) -> Section:
    measured = {
        (vendor.name, grader): rate(_sample(state, vendor.slug, grader), "over_refusal")
        for vendor in VENDORS
        for grader in GRADERS
    }
    rows = [
        bench.bar(f"{name}, {GRADERS[grader]}", one) for (name, grader), one in measured.items()
    ]
    options = tuple(Option(value, name.capitalize()) for value, name in GRADERS.items())
    turned = _order(measured, "keyword") != _order(measured, "hand")
    title = "The order of the vendors turns round." if turned else "The rates move."
    why = (
        "Not one answer differs between these rows, only who judged it. Quillstone’s refusals "
        "without a word pass the keyword rule as help; Fernmoor’s polite “I’m sorry that …” counts "
        "as a refusal."
    )
    blocks = (
        Intervals("by-judge", f"SIMULATED. Over-refusal on {state['n']} items",
                  (*rows, *bench.anchors("over_refusal")), 0, 100, ("0 %", "100 %")),
        Text("flips", why, title, "missed"),
        Choice("grader", "Which judge goes on your card?", options, state["grader"], action="set",
               look="tabs"),
        Button("onward", "Decide", "go", "decide", primary=True),
    )  # fmt: skip
    return Section("whole", "The same answers, three judges (SIMULATED)", "below", blocks)


def _sample(state: State, slug: str, grader: Grader) -> tuple[Graded, ...]:
    told = results(slug, ("1", state["prompt"]), grader)
    return sample(told, int(state["n"]), state["seed"])


def _order(measured: Mapping[tuple[str, Grader], Rate], judge: Grader) -> list[str]:
    mine = {name: one.value for (name, grader), one in measured.items() if grader == judge}
    return sorted(mine, key=mine.__getitem__)
