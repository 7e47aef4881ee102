"""The learner's work as the state keeps it, and how a state of unknown origin is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from proxygap.labs._spec import State
from proxygap.labs.posture_picker.briefs import Brief, briefs
from proxygap.posture import simulated
from proxygap.posture.decision import TRIGGERS
from proxygap.posture.items import load
from proxygap.posture.rates import THE_TWO
from proxygap.posture.results import VERDICTS
from proxygap.simulations._vendor_profiles import BY_SLUG

STEPS = {
    "predict": "Predict",
    "measure": "Measure",
    "judge": "Break the grader",
    "decide": "Decide",
    "drift": "Drift",
    "keep": "Keep",
}
GUESSES = {"none": "All three help", "some": "Some refuse", "all": "All three refuse"}
STOPS = tuple(str(n) for n in range(20, 151, 10))
PROMPTS = {"bare": "None", "business": "For the business"}
ANSWERS = 12
SEEDS = 1000
LONGEST_IMPORT = 80_000
PREDICTED = (
    "homonyms-01", "safe-contexts-03", "clinical-information-02", "defensive-security-04",
    "historical-events-05", "privacy-public-02", "financial-education-01-refuse",
    "workplace-investigation-01-refuse",
)  # fmt: skip


@cache
def predicted() -> tuple[str, ...]:
    """Return the items of the first step: those of this edition, topped up where some are gone."""
    known = [item.id for item in simulated.asked()]
    kept = [name for name in PREDICTED if name in known]
    benign = [name for name in known if name not in kept and not name.endswith("-refuse")]
    refuse = [name for name in known if name not in kept and name.endswith("-refuse")]
    refused = [name for name in kept if name.endswith("-refuse")]
    kept = [name for name in kept if name not in refused]
    return (*(kept + benign)[:6], *(refused + refuse)[:2])


def fresh(brief: Brief) -> dict[str, Any]:
    """Return the work on a brief before anything was done: what it proposes."""
    return {
        "limit": brief.limit, "region": brief.region, "review": brief.review,
        "prevalence": brief.prevalence, "refusal": brief.refusal, "harm": brief.harm,
        "written": False, "changed": False, "chosen": "",
        "cost": "", "low": "", "high": "", "triggers": [],
        "reason": "", "dissent": "", "owner": "", "checked": False,
    }  # fmt: skip


def initial() -> State:
    """Return where everybody starts: a first guess, nothing measured."""
    return {
        "step": "predict", "guesses": {}, "compared": False,
        "prompt": "bare", "n": "40", "seed": 0, "error": THE_TWO[0], "measured": False,
        "labels": {}, "at": 0, "grader": "hand",
        "brief": "clinic", "work": {},
        "vendor": "fernmoor", "retested": False,
        "card": "fernmoor", "imported": "", "problem": "",
        "said": "", "last": "",
    }  # fmt: skip


def tidy(state: Mapping[str, Any]) -> State:
    """Return a state that can be shown, whatever was given.

    What this edition does not know, or what was edited by hand, falls back to the start; all the
    rest is kept.
    """
    clean = initial()
    choices = {
        "step": STEPS, "prompt": PROMPTS, "n": STOPS, "error": THE_TWO, "brief": briefs(),
        "grader": simulated.GRADERS, "vendor": BY_SLUG, "card": (*BY_SLUG, "imported"),
    }  # fmt: skip
    for name, known in choices.items():
        if isinstance(state.get(name), str) and state[name] in known:
            clean[name] = state[name]
    for name in ("compared", "measured", "retested"):
        clean[name] = state.get(name) is True
    for name in ("said", "last", "problem", "imported"):
        longest = LONGEST_IMPORT if name == "imported" else 600
        clean[name] = _text(state.get(name), longest)
    clean["seed"] = _whole(state.get("seed"), SEEDS)
    clean["at"] = _whole(state.get("at"), ANSWERS)
    clean["guesses"] = _known(state.get("guesses"), predicted(), GUESSES)
    clean["labels"] = _known(state.get("labels"), [str(i) for i in range(ANSWERS)], VERDICTS)
    given = _mapping(state.get("work"))
    clean["work"] = {
        name: _brief_work(brief, _mapping(given[name]))
        for name, brief in briefs().items()
        if name in given
    }
    return clean


def of_brief(state: State, name: str = "") -> dict[str, Any]:
    """Return the work on a brief, by default the one at hand."""
    name = name or state["brief"]
    work: dict[str, Any] = state["work"].get(name) or fresh(briefs()[name])
    return work


def _brief_work(brief: Brief, given: Mapping[str, Any]) -> dict[str, Any]:
    clean = fresh(brief)
    for name, value in clean.items():
        if isinstance(value, bool):
            clean[name] = given.get(name) is True
        elif isinstance(value, str):
            clean[name] = _text(given.get(name, value), 600)
    ticked = given.get("triggers")
    if isinstance(ticked, list):
        clean["triggers"] = [name for name in TRIGGERS if name in ticked]
    clean["region"] = clean["region"] if clean["region"] in {"", "EU", "US"} else brief.region
    clean["review"] = clean["review"] if clean["review"] in {"yes", "no"} else brief.review
    return clean


def _mapping(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _text(given: Any, longest: int) -> str:
    return given if isinstance(given, str) and len(given) <= longest else ""


def _whole(given: Any, below: int) -> int:
    is_whole = isinstance(given, int) and not isinstance(given, bool)
    return given if is_whole and 0 <= given < below else 0


def _known(given: Any, keys: Any, values: Any) -> dict[str, str]:
    return {
        key: value
        for key, value in _mapping(given).items()
        if key in keys and isinstance(value, str) and value in values
    }


def item_prompt(name: str) -> str:
    """Return what an item asks."""
    return load().item(name).prompt
