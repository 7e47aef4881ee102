"""Run a regression test on simulated systems: exact chances, and one run of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from proxygap.labs.incident_room.case import SLUGS, Incident
from proxygap.labs.incident_room.work import Trial, Work
from proxygap.simulations._composed_system import SAYS_NO, SAYS_YES, Ends, at_least, ends

SURE = 0.95
"""How often a verdict has to be the right one."""


class Verdict(NamedTuple):
    """What the test says about one system.

    Attributes
    ----------
    system, label : str
        Its name: broken, mended, no, yes.
    passes : float
        The chance that the test passes there.
    should_pass : bool
        Whether it ought to.
    """

    system: str
    label: str
    passes: float
    should_pass: bool

    @property
    def right(self) -> float:
        """Return the chance of the right verdict."""
        return self.passes if self.should_pass else 1 - self.passes

    @property
    def sure(self) -> bool:
        """Return whether the right verdict can be relied on."""
        return self.right >= SURE


def verdicts(case: Incident, work: Work) -> tuple[Verdict, ...]:
    """Return what the learner's test says about the four systems that it should tell apart."""

    def chance(fix: str) -> float:
        return pass_chance(work.test, {s: ends(case.system(fix), k) for s, k in case.kinds.items()})

    constant = {
        name: dict.fromkeys(case.kinds, one) for name, one in (("no", SAYS_NO), ("yes", SAYS_YES))
    }
    return (
        Verdict("broken", "As it was at the first report", chance(""), False),
        Verdict(
            "mended",
            "With your fix" if work.fix else "With your fix (none yet)",
            chance(work.fix),
            True,
        ),
        Verdict(
            "no", "One that says no to everything", pass_chance(work.test, constant["no"]), False
        ),
        Verdict(
            "yes", "One that says yes to everything", pass_chance(work.test, constant["yes"]), False
        ),
    )


def pass_chance(test: Trial, found: dict[str, Ends]) -> float:
    """Return the chance that a test passes where each kind ends as `found`."""
    chance = _part(test, found, test.kind, test.wanted)
    return (
        chance * _part(test, found, test.control, test.control_wanted) if test.control else chance
    )


def _part(test: Trial, found: dict[str, Ends], kind: str, wanted: str) -> float:
    share = found[kind].share("answered" if wanted == "answered" else "stopped")
    return at_least(test.needed, test.size, share)


class Run(NamedTuple):
    """One run of the test on one system: how many requests went as expected."""

    main: int
    control: int | None
    passed: bool


def one_run(case: Incident, work: Work, fix: str) -> Run:
    """Run the test once, with chances of its own for each time that it is pressed."""
    rng = np.random.default_rng([SLUGS.index(case.slug), work.ran, len(fix)])
    test = work.test

    def count(kind: str, wanted: str) -> int:
        found = ends(case.system(fix), case.kinds[kind])
        share = found.share("answered" if wanted == "answered" else "stopped")
        return int(rng.binomial(test.size, min(1.0, max(0.0, share))))

    main = count(test.kind, test.wanted)
    control = count(test.control, test.control_wanted) if test.control else None
    passed = main >= test.needed and (control is None or control >= test.needed)
    return Run(main, control, passed)


def wrong_way(case: Incident, test: Trial) -> str:
    """Return what the test demands against the wish of the people in charge; empty if nothing.

    A held request counts as answered and as stopped, so that a test which demands the wrong thing
    may still tell a mended system from a broken one.
    """
    pairs = [(test.kind, test.wanted)]
    pairs += [(test.control, test.control_wanted)] if test.control else []
    for slug, wanted in pairs:
        if case.kinds[slug].wanted != wanted:
            return (
                f"Your test demands that these requests be {wanted}: “{case.kinds[slug].label}”. "
                "The people in charge want the opposite."
            )
    return ""


def advice(case: Incident, work: Work) -> str:
    """Return what to change first about the test; praise where nothing is."""
    found = {one.system: one for one in verdicts(case, work)}
    return wrong_way(case, work.test) or _by_system(found, work)


def _by_system(found: dict[str, Verdict], work: Work) -> str:
    if not work.fix:
        return "Build a fix first; a regression test is tried on the system before and after it."
    if not found["broken"].sure:
        return (
            f"On the broken system it passes in {_of_100(found['broken'].passes)} runs of 100. "
            "Ask about what broke, ask more often, or raise the bar."
        )
    if not found["mended"].sure:
        return (
            f"On the mended system it fails in {_of_100(1 - found['mended'].passes)} runs of "
            "100. Either the fix does not hold, or the bar leaves no room for a slip."
        )
    if not found["no"].sure:
        return (
            "A system that refuses everything passes it. Add a control: an honest request that "
            "has to be answered."
        )
    if not found["yes"].sure:
        return (
            "A system that refuses nothing passes it. Add a control: a request that has to be "
            "stopped."
        )
    return "It tells all four apart. Keep it, and run it whenever a layer changes."


def _of_100(share: float) -> str:
    return f"{100 * share:.0f}"
