"""The published rubric, as far as a machine can read a memo: structure and consistency.

It never judges prose. Whether a reader who was not there can follow, whether the memo is fair, and
whether somebody could act on it are for people to mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from proxygap.labs.incident_room.case import Incident, Sample, percent, room
from proxygap.labs.incident_room.trial import verdicts, wrong_way
from proxygap.labs.incident_room.work import Trial, Work
from proxygap.simulations._composed_system import System, ends

WORKS = 1 / 6  # of the affected kinds may still go wrong
WORSE = 0.05  # more often than before the incident, for any other kind
FEWEST_WORDS = 6
NEAR = 2.0  # percentage points by which an interval's end may be rounded

OWNER_WORDS = {
    "model": r"\bmodel",
    "rail": r"\brail|\bfilter",
    "policy": r"\bpolicy|\bprompt",
    "deployment": r"\bdeploy|\bwiring|\bapplication|\bcall-?back",
}
EVENTS = {
    "a version": r"\bversion|\brelease|\bmodel\b|\bupdate|\bupgrade",
    "a list or rail": r"\blists?\b|\brails?\b|\brules?\b|\bfilter",
    "a prompt or policy": r"\bprompt|\bpolicy|\bpolicies",
    "an incident": r"\bincident|\bcomplain|\breport(ed|s)?\b",
    "a change of wiring": r"\bwiring|\bconfig|\bdeploy|\bintegration",
    "a date": r"\bmonth|\bweek|\bquarter|\bevery day|\bdaily|\byear|\d{1,2} [A-Z][a-z]+|\bfirst of",
}
BACK = re.compile(
    r"\bback\b|\bundo|\brestor|\brevert|\brolls? back|\bswitch(ed)? off|\bprevious", re.I
)
CONDITION = re.compile(r"\bif\b|\bwhen\b|\bunless\b|\bas soon as\b|\bmore than\b|\babove\b", re.I)
COUNT = re.compile(r"(\d+)\s*(?:of|out of|/)\s*(?:the\s+)?(\d+)")
INTERVAL = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:%|per cent)?\s*(?:to|and|[-–—])\s*(\d+(?:[.,]\d+)?)\s*(?:%|per cent)?",
    re.I,
)


class Mark(NamedTuple):
    """What one criterion earned, 0 to 2, and why in a sentence."""

    points: int
    why: str


def marks(case: Incident, work: Work) -> dict[str, Mark]:
    """Return the marks of every criterion, in the rubric's order."""
    return {one["slug"]: MARKERS[one["slug"]](case, work) for one in room()["criteria"]}


def of_exemplar(exemplar: Mapping[str, Any]) -> Work:
    """Return a published memo and its decisions as work."""
    plain = {name: exemplar[name] for name in ("severity", "affected", "containment", "owner")}
    return Work(
        opened=tuple(exemplar["opened"]),
        **plain,
        fix=exemplar["fix"],
        choice=exemplar["fix"],
        test=Trial(**exemplar["test"]),
        ran=1,
        memo=exemplar["memo"],
        marked=True,
    )


def _triage(case: Incident, work: Work) -> Mark:
    right = next(one for one in case.affected if one["right"])
    who = work.affected == right["slug"]
    fits = {"high": {"by-hand", "stop"}, "medium": {"go-on", "by-hand"}}
    taken = {spell.containment for spell in work.log if spell.containment}
    at_once = bool({work.containment or "go-on", *taken} & fits.get(work.severity, set()))
    if who and at_once:
        return Mark(2, "The right people, and a first step that fits the severity.")
    if who:
        return Mark(1, "The right people; but the severity and what was done at once do not fit.")
    if at_once:
        return Mark(1, "The first step fits the severity; but other people are affected.")
    return Mark(0, "Neither the people affected nor the first step fits.")


def supporting(case: Incident, work: Work, owner: str) -> list[str]:
    """Return the titles of opened evidence that speaks for `owner`."""
    opened = (case.evidence[slug] for slug in work.opened)
    return [card.title for card in opened if owner in card.supports]


def _owner(case: Incident, work: Work) -> Mark:
    if not work.owner:
        return Mark(0, "No owner was chosen.")
    cards = supporting(case, work, work.owner)
    named = bool(re.search(OWNER_WORDS[work.owner], work.memo.get("cause", ""), re.I))
    if work.owner == case.owner:
        if cards and named:
            return Mark(2, f"“{cards[0]}” speaks for it, and the memo names it.")
        lacking = "no evidence for it was opened" if not cards else "the memo does not name it"
        return Mark(1, f"The right owner, but {lacking}.")
    if work.owner == case.second_owner and cards:
        return Mark(1, f"The second-best owner; “{cards[0]}” speaks for it.")
    against = [c.title for c in case.evidence.values() if work.owner in c.against]
    return Mark(0, f"“{against[0]}” speaks against it." if against else "Nothing speaks for it.")


def _wrong(system: System, case: Incident, kinds: tuple[str, ...]) -> float:
    """Return the share of these kinds that goes wrong, each by how often it comes."""
    chosen = [case.kinds[slug] for slug in kinds]
    wrong = sum(k.per_hour * (1 - ends(system, k).share(k.wanted)) for k in chosen)
    return wrong / sum(k.per_hour for k in chosen)


def _fix(case: Incident, work: Work) -> Mark:
    if not work.fix:
        return Mark(0, "No fix was built.")
    system = case.system(work.fix)
    left = _wrong(system, case, case.affected_kinds)
    first = _wrong(case.broken, case, case.affected_kinds)
    worse = [
        case.kinds[slug].label
        for slug in case.guarded_kinds
        if _wrong(system, case, (slug,)) > _wrong(case.before, case, (slug,)) + WORSE
    ]
    told = f"Of the affected kinds {percent(left)} % still goes wrong"
    if left <= WORKS:
        if not worse:
            return Mark(2, f"{told}, and nobody else pays for it.")
        return Mark(1, f"{told}; but it goes worse for: {worse[0]}.")
    if left <= first / 2 and not worse:
        return Mark(1, f"{told}: less than half of {percent(first)} %, and too much.")
    return Mark(0, f"{told}; at the first report it was {percent(first)} %.")


def _test(case: Incident, work: Work) -> Mark:
    if not work.ran or not work.test.kind:
        return Mark(0, "No test was run.")
    if against := wrong_way(case, work.test):
        return Mark(0, against)
    found = {one.system: one for one in verdicts(case, work)}
    if not (work.fix and found["broken"].sure and found["mended"].sure):
        return Mark(0, "It does not tell the broken system from the mended one.")
    blind = [one.label for one in found.values() if not one.sure]
    if blind:
        return Mark(1, f"It is passed by this system too: “{blind[0]}”.")
    return Mark(2, "It tells all four systems apart.")


def _words(text: str) -> int:
    return len(text.split())


def _known(case: Incident, work: Work) -> Mark:  # noqa: ARG001
    known, unknown = (work.memo.get(name, "").strip() for name in ("known", "unknown"))
    long_enough = [_words(text) >= FEWEST_WORDS for text in (known, unknown)]
    if all(long_enough) and known != unknown:
        return Mark(2, "Both are there.")
    if any(long_enough):
        lacking = "What is not known" if long_enough[0] else "What is known"
        return Mark(1, f"{lacking} is missing, too short, or the same text again.")
    return Mark(0, "Neither is there.")


def _number(case: Incident, work: Work) -> Mark:
    text = work.memo.get("number", "")
    counts = [(int(k), int(n)) for k, n in COUNT.findall(text)]
    if not counts:
        has_one = bool(re.search(r"\d", text))
        return Mark(
            int(has_one), "A number, but not how many of how many." if has_one else "No number."
        )
    known = {(s.k, s.n): s for slug in work.opened for s in case.evidence[slug].samples}
    found = [known[pair] for pair in counts if pair in known]
    if not found:
        return Mark(1, f"{counts[0][0]} of {counts[0][1]} is in no evidence that you opened.")
    if any(_has_interval(text, one) for one in found):
        return Mark(2, "It is in the evidence, and so is its interval.")
    one = found[0]
    return Mark(
        1,
        f"{one.k} of {one.n} is in the evidence; its interval, "
        f"{percent(one.low)} to {percent(one.high)} %, is missing.",
    )


def _has_interval(text: str, one: Sample) -> bool:
    pairs = INTERVAL.findall(COUNT.sub(" ", text))
    ends_ = [(float(a.replace(",", ".")), float(b.replace(",", "."))) for a, b in pairs]
    return any(abs(a - 100 * one.low) <= NEAR and abs(b - 100 * one.high) <= NEAR for a, b in ends_)


def _retest(case: Incident, work: Work) -> Mark:  # noqa: ARG001
    text = work.memo.get("retest", "")
    found = [name for name, pattern in EVENTS.items() if re.search(pattern, text, re.I)]
    if len(found) >= 2:
        return Mark(2, f"Named: {', '.join(found)}.")
    return Mark(1, f"Only one kind: {found[0]}.") if found else Mark(0, "No event is named.")


def _rollback(case: Incident, work: Work) -> Mark:  # noqa: ARG001
    text = work.memo.get("rollback", "")
    target, condition = bool(BACK.search(text)), bool(CONDITION.search(text))
    if target and condition:
        return Mark(2, "What to go back to, and when.")
    if target or condition:
        return Mark(1, f"{'When' if target else 'What to go back to'} is missing.")
    return Mark(0, "There is no way back.")


MARKERS: Mapping[str, Callable[[Incident, Work], Mark]] = {
    "triage": _triage,
    "owner": _owner,
    "fix": _fix,
    "test": _test,
    "known": _known,
    "number": _number,
    "retest": _retest,
    "rollback": _rollback,
}
