"""The sections of the lab "Spot the gap": the list, the incident at hand, and the marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from proxygap.labs._views import (
    Block,
    Button,
    Choice,
    Column,
    Link,
    Option,
    Row,
    Score,
    Scores,
    Section,
    Table,
    Text,
)
from proxygap.labs.spot_the_gap.incidents import ASPECTS, Aspect, Incident

Given = Mapping[str, str]
"""The answer chosen for each aspect; one that was not chosen is missing or empty."""


def open_aspects(incident: Incident, given: Given) -> list[str]:
    """Return the aspects that still want an answer."""
    return [name for name in ASPECTS if given.get(name) not in incident.options(name)]


def is_right(incident: Incident, aspect: str, given: Given) -> bool:
    """Return whether the learner chose what the expert chose."""
    return given.get(aspect) == incident.right(aspect)


def mark(incident: Incident, given: Given) -> int:
    """Return how many aspects are right."""
    return sum(is_right(incident, name, given) for name in ASPECTS)


def listing(incidents: Mapping[str, Incident], at: str, compared: Mapping[str, Given]) -> Section:
    """Return the list of incidents with the marks so far."""
    rows = tuple(
        Row(slug, (one.title, _mark_in_words(one, compared)), slug == at)
        for slug, one in incidents.items()
    )
    columns = (Column("Incident"), Column("Marks", numeric=True))
    caption = f"{len(incidents)} incidents, {len(compared)} of them done"
    table = Table("incidents", caption, columns, rows, "show", "Show the incident {}")
    return Section("list", "Incidents", "controls", (table,))


def _mark_in_words(incident: Incident, compared: Mapping[str, Given]) -> str:
    if incident.slug not in compared:
        return "–"
    return f"{mark(incident, compared[incident.slug])} of {len(ASPECTS)}"


def asked(incident: Incident, given: Given, said: str) -> Section:
    """Return the story and the four questions."""
    blocks: list[Block] = [
        *_story(incident),
        *(_question(incident, name, aspect, given) for name, aspect in ASPECTS.items()),
        Button("compare", "Compare with the expert", "compare", primary=True),
    ]
    if said:
        blocks.append(Text("said", said, tone="bad"))
    return Section("incident", f"{incident.title}, {incident.when}", "result", tuple(blocks))


def _story(incident: Incident) -> tuple[Block, ...]:
    return (
        Text("story", incident.story),
        Link("source", "Source:", incident.cited, incident.url),
    )


def _question(incident: Incident, name: str, aspect: Aspect, given: Given) -> Choice:
    # The incident is part of the id, so that the next incident's questions are drawn anew.
    options = tuple(Option(value, text) for value, text in incident.options(name).items())
    return Choice(f"{incident.slug}/{name}", aspect.question, options, given.get(name, ""))


def answered(incident: Incident, given: Given, *, is_last: bool) -> Section:
    """Return the expert's answers with their reasons, and then the story again."""
    verdicts = (_verdict(incident, name, given) for name in ASPECTS)
    onward: Block = Button("next", "Next incident", "next", primary=True)
    if is_last:
        onward = Text("next", "All incidents are done. Your marks by aspect stand below.")
    title = f"{incident.title}: {mark(incident, given)} of {len(ASPECTS)}"
    return Section("incident", title, "result", (*verdicts, onward, *_story(incident)))


def _verdict(incident: Incident, name: str, given: Given) -> Text:
    question, options = incident.questions[name], incident.options(name)
    heading = ASPECTS[name].question
    if is_right(incident, name, given):
        text = f"Right: {_low(question.right)}. {question.why}"
        return Text(f"verdict-{name}", text, heading, "good")
    text = (
        f"You said: {_low(options[given[name]])}. The expert: {_low(question.right)}. "
        f"{question.why}"
    )
    return Text(f"verdict-{name}", text, heading, "missed")


def _low(text: str) -> str:
    return text[0].lower() + text[1:]


def marks(incidents: Mapping[str, Incident], compared: Mapping[str, Given]) -> Section:
    """Return the marks by aspect, and at the end what cost most."""
    done = [(incidents[slug], given) for slug, given in compared.items()]
    scores = tuple(
        Score(aspect.question, aspect.role, hits, 0, len(done), f"{hits} of {len(done)}")
        for name, aspect in ASPECTS.items()
        for hits in [sum(is_right(one, name, given) for one, given in done)]
    )
    blocks: list[Block] = [Scores("by-aspect", "Right so far, by aspect", scores)]
    if len(done) == len(incidents):
        total = sum(mark(one, given) for one, given in done)
        blocks.insert(0, Text("total", *_summary(done, total)))
    return Section("marks", "Your marks", "below", tuple(blocks))


def _summary(done: Collection[tuple[Incident, Given]], total: int) -> tuple[str, str]:
    """Return what cost most and what to do about it, and the total as a heading."""
    heading = f"{total} of {len(done) * len(ASPECTS)}."
    missed = {name: sum(not is_right(one, name, given) for one, given in done) for name in ASPECTS}
    most = max(missed.values())
    if most == 0:
        return "You and the expert agree on everything. Now do it to a number of your own.", heading
    costliest = [ASPECTS[name] for name, count in missed.items() if count == most]
    names = " and ".join(aspect.name for aspect in costliest)
    each = ", each" if len(costliest) > 1 else ""
    said = f"What cost most: {names}{each} missed {_times(most)}."
    return " ".join((said, *(aspect.advice for aspect in costliest))), heading


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
