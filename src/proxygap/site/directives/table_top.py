"""``{table-top}``: the incident room on paper, from the very data that the lab plays.

Each use shows one part: ``programme``, ``roles``, ``debrief``, ``rubric``, ``sheets``, and for one
incident ``story``, ``cards``, ``notes`` and ``exemplars``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap.labs import incident_room
from proxygap.labs.incident_room.case import SLUGS, Evidence, Incident, incident, room
from proxygap.labs.incident_room.rubric import marks, of_exemplar
from proxygap.labs.incident_room.work import rate
from proxygap.simulations._composed_system import Harm

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LETTERS = "AB"
FOLDER = Path(str(incident_room.__file__)).parent
LINES = 3  # to write on, under each field of the memo


class TableTopDirective(SphinxDirective):
    """Show one part of the table-top session."""

    required_arguments = 1
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the part; an unknown one is an error at the directive's line."""
        for path in FOLDER.glob("*.toml"):
            self.env.note_dependency(str(path))
        return [nodes.raw("", self._html(), format="html")]

    def _html(self) -> str:
        part = self.arguments[0]
        if part in SHARED and len(self.arguments) == 1:
            return SHARED[part]()
        if part in OF_AN_INCIDENT and self.arguments[-1] in SLUGS and len(self.arguments) > 1:
            return OF_AN_INCIDENT[part](incident(self.arguments[1]))
        of_one = ", ".join(f"{name} {'|'.join(SLUGS)}" for name in OF_AN_INCIDENT)
        raise self.error(
            f"table-top: there is no part '{' '.join(self.arguments)}'. Parts: "
            f"{', '.join(SHARED)}, {of_one}."
        )


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], name: str = "") -> str:
    """Return a table; the first cell of each row heads it."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        body += f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    return (
        '<div class="pst-scrollable-table-container pg-paper-table">'
        f'<table class="table {name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def programme() -> str:
    """Return the session, step by step, with the minute at which each begins."""
    rows, start = [], 0
    for step in room()["programme"]:
        rows.append((f"{start}–{start + step['minutes']}", step["what"]))
        start += step["minutes"]
    return table(("Minute", "What happens"), rows)


def roles() -> str:
    """Return the roles."""
    return table(("Role", "Does"), ((one["title"], one["text"]) for one in room()["roles"]))


def debrief() -> str:
    """Return the questions of the debrief."""
    items = "".join(f"<li>{escape(one['text'])}</li>" for one in room()["debrief"])
    return f"<ol>{items}</ol>"


def rubric() -> str:
    """Return the published rubric with columns to mark in."""
    rows = [(one["title"], one["full"], one["half"], "", "") for one in room()["criteria"]]
    rows += [(one["title"], "For people only.", "", "", "") for one in room()["judgements"]]
    heads = ("Criterion", "2 points", "1 point", "Yourself", "Neighbour")
    return table(heads, rows, "pg-marking")


def sheets() -> str:
    """Return the sheets to fill in: triage and test, and the memo."""
    common = room()
    triage = _boxes("Severity", common["severities"]) + _boxes("At once", common["containments"])
    owner = _boxes("Owner", common["owners"])
    test = _lines("Send requests of this kind", 1) + _lines("They must be answered / stopped", 1)
    test += _lines("How many, and how many of them at least", 1)
    test += _lines("Control: kind, answered / stopped", 1)
    memo = "".join(_lines(one["label"], LINES, one["hint"]) for one in common["fields"])
    first = f"{triage}{_lines('Who is affected', 1)}{owner}{_lines('Fix', 1)}{_lines('Why', 2)}"
    return (
        f'<section class="pg-form-sheet"><h3>Decisions</h3>{first}'
        f"<h3>The regression test</h3>{test}</section>"
        f'<section class="pg-form-sheet"><h3>The memo</h3>{memo}</section>'
    )


def _boxes(title: str, options: Iterable[Mapping[str, str]]) -> str:
    boxes = "".join(f"<span>☐ {escape(one['label'])}</span>" for one in options)
    return f'<p class="pg-boxes"><strong>{escape(title)}</strong> {boxes}</p>'


def _lines(title: str, count: int, hint: str = "") -> str:
    said = f" <small>{escape(hint)}</small>" if hint else ""
    ruled = '<span class="pg-line"></span>' * count
    return f'<p class="pg-lines"><strong>{escape(title)}</strong>{said}{ruled}</p>'


def story(case: Incident) -> str:
    """Return what the facilitator reads aloud."""
    return (
        f'<div class="pg-read-aloud"><p>{escape(case.place)}</p>'
        f"<p><strong>{escape(case.start)}.</strong> {escape(case.story)}</p>"
        f"<p>{escape(case.running)}</p></div>"
    )


def cards(case: Incident) -> str:
    """Return the cards of an incident, to be cut along the dashes."""
    letter = LETTERS[SLUGS.index(case.slug)]
    made = "".join(
        _card(f"{letter}{number}", one)
        for number, one in enumerate(case.evidence.values(), start=1)
    )
    return f'<div class="pg-injects">{made}</div>'


def _card(name: str, card: Evidence) -> str:
    return (
        f'<article class="pg-inject"><p class="pg-inject-top"><span>{escape(name)}</span>'
        f"<span>{escape(card.source)}</span><span>costs {card.minutes} min</span></p>"
        f"<h3>{escape(card.title)}</h3><p>{escape(card.text)}</p>"
        '<p class="pg-inject-foot">SIMULATED</p></article>'
    )


def notes(case: Incident) -> str:
    """Return what a facilitator knows: the cards, what each decision costs, and the key."""
    letter = LETTERS[SLUGS.index(case.slug)]
    rows = (
        (f"{letter}{n}", f"{card.inject} min", card.title, _speaks(card), card.note)
        for n, card in enumerate(case.evidence.values(), start=1)
    )
    told = table(("Card", "Unasked at", "Title", "Speaks", "For you"), rows)
    return (
        f"{told}{_titled('What each first step costs in an hour (SIMULATED):')}"
        f"{_harms(_first_steps(case))}"
        f"{_titled('What each fix leaves in an hour, and how long it takes to build:')}"
        f"{_harms(_fixes(case))}"
        f"<p><strong>Our key.</strong> {escape(case.lesson)} {escape(case.dispute)}</p>"
    )


def _titled(text: str) -> str:
    return f'<p class="pg-table-title">{escape(text)}</p>'


def _speaks(card: Evidence) -> str:
    parts = [f"for {', '.join(card.supports)}"] if card.supports else []
    parts += [f"against {', '.join(card.against)}"] if card.against else []
    parts += ["misleads"] if card.misleads else []
    return "; ".join(parts) or "–"


def _first_steps(case: Incident) -> list[tuple[str, Harm]]:
    return [(o["label"], rate(case, o["slug"], "")) for o in room()["containments"]]


def _fixes(case: Incident) -> list[tuple[str, Harm]]:
    return [(f"{f.label} ({f.minutes} min)", rate(case, "", f.slug)) for f in case.fixes.values()]


def _harms(rows: Iterable[tuple[str, Harm]]) -> str:
    heads = ("", "honest, turned away", "let through", "by people")
    return table(heads, ((name, *(_amount(each) for each in harm)) for name, harm in rows))


def _amount(number: float) -> str:
    return f"{number:.2f}" if number < 1 else f"{number:.1f}"


def exemplars(case: Incident) -> str:
    """Return the published memos with their marks."""
    return "".join(_exemplar(case, one) for one in case.exemplars)


def _exemplar(case: Incident, one: Mapping[str, Any]) -> str:
    found = marks(case, of_exemplar(one))
    points = sum(mark.points for mark in found.values())
    said = "".join(
        f"<p><strong>{escape(part['label'])}.</strong> "
        f"{escape(one['memo'][part['slug']]) or '(empty)'}</p>"
        for part in room()["fields"]
    )
    rows = (
        (part["title"], str(found[part["slug"]].points), found[part["slug"]].why)
        for part in room()["criteria"]
    )
    title = f"A {one['grade']} memo: {points} of {2 * len(found)}"
    return (
        f'<section class="pg-exemplar"><h4>{escape(title)}</h4><p>{escape(one["says"])}</p>{said}'
        f"{table(('Criterion', 'of 2', 'why'), rows)}</section>"
    )


SHARED: Mapping[str, Callable[[], str]] = {
    "programme": programme,
    "roles": roles,
    "debrief": debrief,
    "rubric": rubric,
    "sheets": sheets,
}
OF_AN_INCIDENT: Mapping[str, Callable[[Incident], str]] = {
    "story": story,
    "cards": cards,
    "notes": notes,
    "exemplars": exemplars,
}


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("table-top", TableTopDirective)
