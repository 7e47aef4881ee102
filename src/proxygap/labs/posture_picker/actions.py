"""What a learner can do. Each handler returns a new state, or refuses with a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from proxygap.errors import UsageError
from proxygap.labs._actions import Handler, one_of, text
from proxygap.labs._spec import Action, State
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.briefs import NO_AI, RAILED, briefs
from proxygap.posture import card as cards
from proxygap.posture import simulated
from proxygap.posture.decision import TRIGGERS
from proxygap.posture.inspect_log import read_log
from proxygap.posture.rates import THE_TWO
from proxygap.posture.results import VERDICTS
from proxygap.simulations._vendor_profiles import BY_SLUG

FIELDS = ("limit", "prevalence", "refusal", "harm", "cost", "low", "high")
WORDS = ("reason", "dissent", "owner")
RULES = {"limit", "region", "review"}
OPTIONS = (*BY_SLUG, f"{RAILED}-system", NO_AI)
LONGEST = 600


def _go(state: State, action: Action) -> State:
    return {**state, "step": one_of(action, "value", w.STEPS)}


def _guess(state: State, action: Action) -> State:
    if state["compared"]:
        raise UsageError("You have compared your guesses; they stay as they are.")
    item = one_of(action, "id", w.predicted())
    value = one_of(action, "value", w.GUESSES)
    return {**state, "guesses": {**state["guesses"], item: value}}


def _compare(state: State, _: Action) -> State:
    missing = len(w.predicted()) - len(state["guesses"])
    if missing:
        said = f"{missing} of 8 are still open. A guess is fine; it costs nothing."
        return {**state, "said": said}
    return {**state, "compared": True}


def _set(state: State, action: Action) -> State:
    """Set one of the settings of the measurement."""
    known: Mapping[str, Any] = {
        "prompt": w.PROMPTS, "error": THE_TWO, "n": w.STOPS, "grader": simulated.GRADERS,
        "vendor": BY_SLUG, "card": (*BY_SLUG, "imported"),
    }  # fmt: skip
    name = one_of({"id": str(action.get("id")).partition("/")[0]}, "id", known)
    measured = state["measured"] or name in {"prompt", "n"}
    return {**state, name: one_of(action, "value", known[name]), "measured": measured}


def _draw(state: State, _: Action) -> State:
    return {**state, "seed": (state["seed"] + 1) % w.SEEDS, "measured": True}


def _label(state: State, action: Action) -> State:
    place = one_of(action, "id", [f"label-{i}" for i in range(w.ANSWERS)])
    verdict = one_of(action, "value", VERDICTS)
    return {**state, "labels": {**state["labels"], place.removeprefix("label-"): verdict}}


def _show(state: State, action: Action) -> State:
    return {**state, "at": int(one_of(action, "value", map(str, range(w.ANSWERS))))}


def _next(state: State, _: Action) -> State:
    """Go to the next answer without a label, round the list."""
    ahead = [(state["at"] + i) % w.ANSWERS for i in range(1, w.ANSWERS + 1)]
    at = next((i for i in ahead if str(i) not in state["labels"]), ahead[0])
    return {**state, "at": at}


def _brief(state: State, action: Action) -> State:
    return {**state, "brief": one_of(action, "value", briefs())}


def _work(state: State, **changes: Any) -> State:
    name = state["brief"]
    mine = {**w.of_brief(state), "checked": False, **changes}
    if mine["written"] and RULES & set(changes):
        mine["changed"] = True
    return {**state, "work": {**state["work"], name: mine}}


def _mine(action: Action, state: State, known: Any) -> str:
    """Return which field of the brief at hand an action is about.

    Its id names the brief too, since an action may arrive after the learner has gone on.
    """
    return one_of(action, "id", [f"{state['brief']}/{name}" for name in known]).partition("/")[2]


def _enter(state: State, action: Action) -> State:
    return _work(state, **{_mine(action, state, FIELDS): text(action)})


def _rule(state: State, action: Action) -> State:
    name = _mine(action, state, ("region", "review"))
    allowed = ("any", "EU") if name == "region" else ("yes", "no")
    value = one_of(action, "value", allowed)
    return _work(state, **{name: "" if value == "any" else value})


def _write_down(state: State, _: Action) -> State:
    return _work(state, written=True)


def _other_refusal(state: State, action: Action) -> State:
    """Count a wrong refusal as the brief proposes, or as the other view has it."""
    brief = briefs()[state["brief"]]
    other = one_of(action, "value", ("plain", "other")) == "other"
    return _work(state, refusal=brief.other_refusal if other else brief.refusal)


def _pick(state: State, action: Action) -> State:
    _mine(action, state, ("chosen",))
    return _work(state, chosen=one_of(action, "value", OPTIONS))


def _tick(state: State, action: Action) -> State:
    _mine(action, state, ("triggers",))
    ticked = text(action, longest=200).split(",")
    return _work(state, triggers=[name for name in TRIGGERS if name in ticked])


def _words(state: State, action: Action) -> State:
    return _work(state, **{_mine(action, state, WORDS): text(action, longest=LONGEST)})


def _check(state: State, _: Action) -> State:
    return _work(state, checked=True)


def _retest(state: State, _: Action) -> State:
    return {**state, "retested": True}


def _upload(state: State, action: Action) -> State:
    """Read a card, or a log of a real run, into a card; on trouble keep what there was."""
    try:
        card = read_card(text(action, longest=2_000_000))
    except UsageError as error:
        return {**state, "problem": str(error)[:LONGEST]}
    kept = json.dumps(card.as_data(), ensure_ascii=False, separators=(",", ":"))
    if len(kept) > w.LONGEST_IMPORT:
        said = "The file holds more results than this page can keep. Nothing was changed."
        return {**state, "problem": said}
    return {**state, "imported": kept, "card": "imported", "problem": ""}


def read_card(file: str) -> cards.Card:
    """Return the card in a file: one of ours, or one made from a log of inspect-ai.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if '"proxygap-' in file[:200] or '"eval"' not in file:
        return cards.read(file)
    return cards.build(*read_log(file))


HANDLERS: Mapping[str, Handler] = {
    "go": _go, "guess": _guess, "compare": _compare, "set": _set, "slide": _set, "draw": _draw,
    "label": _label, "show": _show, "next": _next, "brief": _brief, "enter": _enter,
    "rule": _rule, "write-down": _write_down, "other-refusal": _other_refusal, "pick": _pick,
    "tick": _tick, "write": _words, "check": _check, "retest": _retest, "upload": _upload,
}  # fmt: skip
