"""Step 4: decide. Rules before results, then costs with intervals, then what would change it."""

from __future__ import annotations

from proxygap.labs._spec import State
from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Interval,
    Intervals,
    NumberField,
    Option,
    Row,
    Section,
    Table,
    Text,
)
from proxygap.labs.posture_picker import reading, show_reasons
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.briefs import briefs
from proxygap.posture.decision import Record
from proxygap.posture.decision_pages import cost_text
from proxygap.posture.options import PER, cheapest, judge, sensitivity
from proxygap.posture.rates import percent
from proxygap.simulations._expected_cost import break_even


def sections(state: State) -> list[Section]:
    """Return the brief and its rules, and once these are written what follows from them."""
    mine = w.of_brief(state)
    if not mine["written"]:
        return [_brief(state), _first(state)]
    record = reading.record(state)
    return [
        _brief(state),
        _compared(state, record),
        show_reasons.reasons(state, record),
    ]


def _brief(state: State) -> Section:
    brief = briefs()[state["brief"]]
    tabs = tuple(Option(name, one.title) for name, one in briefs().items())
    blocks: list[Block] = [
        Choice("brief", "Four briefs", tabs, state["brief"], action="brief", look="tabs"),
        Text("use", brief.use),
        Text("people", f"{brief.people}.", "Whom it touches:"),
        *_rules(state),
        *_costs(state),
    ]
    return Section("brief", "The work", "controls", tuple(blocks))


def _rules(state: State) -> list[Block]:
    mine, name = w.of_brief(state), state["brief"]
    regions = (Option("EU", "In the EU"), Option("any", "Anywhere"))
    review = (Option("yes", "Required"), Option("no", "Not required"))
    return [
        _field(state, "limit", ("Harmful compliance, at most", "%", "Its upper end, that is."), 1),
        Choice(f"{name}/region", "Data stay", regions, mine["region"] or "any", action="rule",
               look="tabs"),
        Choice(f"{name}/review", "Human review", review, mine["review"], action="rule",
               look="tabs"),
    ]  # fmt: skip


def _costs(state: State) -> list[Block]:
    brief, name = briefs()[state["brief"]], state["brief"]
    refusal = w.of_brief(state)["refusal"]
    views = (
        Option("plain", f"As proposed: {brief.refusal}"),
        Option("other", brief.other_refusal_label),
    )
    chosen = {brief.refusal: "plain", brief.other_refusal: "other"}.get(refusal, "")
    return [
        _field(state, "prevalence", ("Harmful requests", "%", "Of all that are made."), 0.5),
        _field(state, "refusal", ("A wrong refusal costs", "", ""), 1),
        _field(state, "harm", ("A harmful answer costs", "", "In the same money."), 100),
        Choice(f"view-{name}", "What does a wrong refusal cost?", views, chosen,
               brief.other_refusal_why, action="other-refusal"),
    ]  # fmt: skip


def _field(state: State, name: str, words: tuple[str, str, str], step: float) -> NumberField:
    label, unit, hint = words
    typed = w.of_brief(state)[name]
    problem = reading.read(typed, name).problem if typed.strip() else ""
    if unit:
        label = f"{label}, {unit}"
    return NumberField(
        f"{state['brief']}/{name}", label, typed, 0, reading.MOST[name], step, unit, hint, problem,
        "enter",
    )  # fmt: skip


def _first(state: State) -> Section:
    title = briefs()[state["brief"]].title
    return Section("first", f"{title}: rules before results", "result", (
        Text("why", "Write down now what any model must keep, whatever it costs. Who sees the "
                    "results first finds a tolerance that fits them.", "First the rules."),
        Text("proposed", "The fields hold a proposal. Change what you would not sign. If you "
                         "change a rule later, the record will say so.", tone="quiet"),
        Button("write-down", "Write the rules down and see the results", "write-down",
               primary=True),
    ))  # fmt: skip


def _compared(state: State, record: Record) -> Section:
    n = int(state["n"])
    blocks: list[Block] = [_constraints(record)]
    if (
        not any(judge(one, record.rules).passes for one in record.options if one.harmful)
        and n < 150
    ):
        blocks.append(Text("more", f"No model keeps the rules on {round(n * 0.4)} harmful items. "
                                   "Perhaps it would on more: few items leave wide intervals. Go "
                                   "back to Measure and ask all 150.", tone="missed"))  # fmt: skip
    blocks += [_cost_bars(record), *_words(record), _sensitivity(record)]
    return Section("compared", f"{record.title}: what follows (SIMULATED)", "result", tuple(blocks))


def _constraints(record: Record) -> Table:
    columns = (Column("Option"), Column("Harmful compliance"), Column("Your rules"))
    rows = []
    for option in record.options:
        found = judge(option, record.rules)
        told = "kept" if found.passes else f"out: {'; '.join(found.reasons)}"
        rows.append(Row(option.slug, (option.name, str(option.harmful or "–"), told)))
    return Table("constraints", "1. Constraints (SIMULATED)", columns, tuple(rows))


def _cost_bars(record: Record) -> Intervals:
    costs = [(option, option.cost(record.work)) for option in record.options]
    rows = [
        Interval(option.name, cost.value, cost.low, cost.high, cost_text(cost),
                 faded=not judge(option, record.rules).passes)
        for option, cost in costs
    ]  # fmt: skip
    work = record.work
    refusing = PER * (1 - work.prevalence) * work.refusal
    serving = PER * work.prevalence * work.harm
    for label, cost in (("Refuses all", refusing), ("Serves all", serving)):
        rows.append(Interval(label, cost, cost, cost, f"{cost:,.0f}", anchor=True))
    # The dearest vendor would squeeze the rest; what lies beyond the axis is told in words.
    top = max(1.0, 1.3 * sorted(cost.high for _, cost in costs)[-2])
    title = (
        "2. Expected cost of 1,000 requests, 95 % intervals (SIMULATED). Greyed: out by your rules"
    )
    return Intervals("costs", title, tuple(rows), 0, top, ("0", f"{top:,.0f} or more"))


def _words(record: Record) -> list[Block]:
    best = cheapest(record.options, record.rules, record.work)
    if best is None:
        return [Text("best", "Nothing keeps your rules.", tone="missed")]
    vendors = [one for one in record.options[:3] if one.over_refusal and one.harmful]
    alone = min(vendors, key=lambda one: one.cost(record.work).value)
    said = f"Of what keeps your rules, {best.name} costs least."
    if alone.slug != best.slug:
        said += f" By cost alone, of the three vendors it would be {alone.name}."
    return [Text("best", said, tone="good"), *_even(record)]


def _even(record: Record) -> list[Block]:
    """Say from which share of harmful requests on the cautious vendor is the cheaper one."""
    by_slug = {one.slug: one for one in record.options}
    first, second = by_slug["quillstone"], by_slug["fernmoor"]
    pairs = [(one.over_refusal.value, one.harmful.value)
             for one in (first, second) if one.over_refusal and one.harmful]  # fmt: skip
    share = break_even(record.work.refusal, record.work.harm, *pairs)
    if share is None:
        return []
    said = (
        f"{first.name} and {second.name} cost the same where {percent(share)} % of requests are "
        f"harmful; here it is {percent(record.work.prevalence)} %."
    )
    return [Text("even", said, tone="quiet")]


def _sensitivity(record: Record) -> Table:
    rows = [
        Row(f"moved-{i}", (one.what, one.winner.name if one.winner else "none",
                           "changes" if one.changes else "same"))
        for i, one in enumerate(sensitivity(record.options, record.rules, record.work))
    ]  # fmt: skip
    columns = (Column("If wrong"), Column("Cheapest then"), Column("Order"))
    return Table(
        "sensitivity", "3. Sensitivity: one assumption at a time (SIMULATED)", columns, tuple(rows)
    )
