"""Spot the gap: twelve incidents that happened, and four things to say about each.

The learner marks what was rewarded, what was wanted, how the difference was found and what would
have caught it. Only then the expert answers, with reasons. Marks are counted by aspect, so that
the end says what to practise.

Sources: one for each incident, see `Incident.source`.
"""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.errors import UsageError
from proxygap.labs._actions import dispatch, one_of
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import LabView
from proxygap.labs.spot_the_gap import show
from proxygap.labs.spot_the_gap.incidents import ASPECTS, Incident
from proxygap.labs.spot_the_gap.incidents_machines import FILES, HAND, RADIO, TESTS
from proxygap.labs.spot_the_gap.incidents_work import ACCOUNTS, AMBULANCE, COSTS, SUMMARY
from proxygap.labs.spot_the_gap.incidents_worlds import BOAT, BRICK, TETRIS, TOWER

ORDER = (
    BOAT, HAND, AMBULANCE, TESTS, TOWER, ACCOUNTS, BRICK, SUMMARY, RADIO, COSTS, FILES, TETRIS,
)  # fmt: skip
INCIDENTS: Mapping[str, Incident] = {incident.slug: incident for incident in ORDER}
CLOSED = "You have compared this incident; its answers stay as they are. Go on to another one."


def initial() -> State:
    """Return the first incident, with nothing marked."""
    return {"at": ORDER[0].slug, "given": {}, "compared": [], "said": "", "last": ""}


def _choose(state: State, action: Action) -> State:
    """Keep an answer; its id names the incident too, since answers may arrive late."""
    known = [f"{slug}/{name}" for slug in INCIDENTS for name in ASPECTS]
    slug, _, name = one_of(action, "id", known).partition("/")
    if slug in _done(state):
        raise UsageError(CLOSED)
    value = one_of(action, "value", INCIDENTS[slug].options(name))
    given = {**state["given"].get(slug, {}), name: value}
    return {**state, "given": {**state["given"], slug: given}}


def _compare(state: State, _: Action) -> State:
    slug = _at(state)
    missing = show.open_aspects(INCIDENTS[slug], state["given"].get(slug, {}))
    if missing:
        names = ", ".join(ASPECTS[name].name for name in missing)
        return {**state, "said": f"Still open: {names}. Mark all four; a guess is fine."}
    return {**state, "compared": [*(one for one in _done(state) if one != slug), slug]}


def _next(state: State, _: Action) -> State:
    """Go to the next incident that is not done, round the list."""
    slugs = list(INCIDENTS)
    start = slugs.index(_at(state))
    ahead = [*slugs[start + 1 :], *slugs[: start + 1]]
    done = _done(state)
    return {**state, "at": next((slug for slug in ahead if slug not in done), _at(state))}


def _show(state: State, action: Action) -> State:
    return {**state, "at": one_of(action, "value", INCIDENTS)}


HANDLERS = {"choose": _choose, "compare": _compare, "next": _next, "show": _show}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**state, "said": "", "last": action.get("type", "")}, action)


def _at(state: State) -> str:
    """Return the incident at hand; the first where a later edition has dropped it."""
    slug: str = state["at"]
    return slug if slug in INCIDENTS else ORDER[0].slug


def _done(state: State) -> dict[str, show.Given]:
    """Return the answers to the compared incidents that are still answers today.

    A later edition may have other incidents and other answers; what it does not know is open.
    """
    given = {slug: state["given"][slug] for slug in state["compared"] if slug in INCIDENTS}
    return {s: one for s, one in given.items() if not show.open_aspects(INCIDENTS[s], one)}


def view(state: State) -> LabView:
    """Return what is on show."""
    done = _done(state)
    incident = INCIDENTS[_at(state)]
    given = state["given"].get(incident.slug, {})
    if incident.slug in done:
        main = show.answered(incident, given, is_last=len(done) == len(INCIDENTS))
    else:
        main = show.asked(incident, given, state["said"])
    sections = [show.listing(INCIDENTS, incident.slug, done), main]
    if done:
        sections.append(show.marks(INCIDENTS, done))
    return LabView(tuple(sections), announce=state["said"] or _spoken(state, main.title))


def _spoken(state: State, title: str) -> str:
    """Return what a screen reader says about the last action."""
    if state["last"] == "compare":
        return f"{title}. The expert’s answers are shown."
    return title if state["last"] in {"next", "show"} else ""


LAB = Lab(
    slug="spot-the-gap",
    title="Spot the gap",
    task=(
        "Twelve things that happened. For each, mark what was rewarded, what was wanted, how the "
        "gap was found and what would have caught it. Then compare with an expert."
    ),
    initial=initial,
    update=update,
    view=view,
    alt_text=(
        "A list of twelve incidents. The first is the boat that circled in a lagoon, told in a "
        "paragraph, with four questions of three answers each."
    ),
    finding=(
        "In all twelve incidents the score looked good. What gave them away was something that the "
        "score does not contain: somebody who looked, a second measure, or an odd pattern."
    ),
)
