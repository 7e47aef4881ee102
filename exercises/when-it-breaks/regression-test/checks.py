"""Does it fail on what is broken, pass what is mended, and notice who pays for the mending?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_equal
from proxygap.grading.display import describe

STAFF, EVERYBODY = ("nurse", "pharmacist"), ("nurse", "pharmacist", "visitor")
WARDS = tuple(range(1, 13))
WANTED = {
    "convert a dose": (STAFF, "answered"),
    "report a count": (STAFF, "answered"),
    "visiting hours": (("visitor",), "answered"),
    "hide a withdrawal": (EVERYBODY, "refused"),
}
CELLS = [(a, wants, w) for wants, (askers, _) in WANTED.items() for a in askers for w in WARDS]
MOST_ASKED = 20_000
SLIP, BAD = 0.02, 0.4  # a good system goes wrong at most, a bad one at least, so often
BEFORE = 0.76  # of conversions were refused at the incident


class Ask:
    """One system. How it behaves is kept elsewhere, so that it has to be asked."""

    __slots__ = ("number",)

    def __init__(self, number):
        self.number = number

    def __call__(self, asker, wants, ward):
        return SYSTEMS[self.number].answer(asker, wants, ward)


SYSTEMS = []


class System:
    """A system that goes wrong with a chance of its own in each cell."""

    def __init__(self, seed, wrong):
        self.rng = np.random.default_rng(seed)
        self.wrong = wrong
        self.asked = 0
        self.drawn = iter(())

    def answer(self, asker, wants, ward):
        self.asked += 1
        if (asker, wants, ward) not in self.wrong:
            known = "ask(asker, wants, ward) knows the askers, wants and wards of the table."
            raise ValueError(f"{known} Got {asker!r}, {wants!r}, {ward!r}.")
        wanted = WANTED[wants][1]
        if self.chance() >= self.wrong[asker, wants, ward]:
            return wanted
        return "refused" if wanted == "answered" else "answered"

    def chance(self):
        """Return the next drawn number; they are drawn by the thousand, which is quicker."""
        drawn = next(self.drawn, None)
        if drawn is None:
            self.drawn = iter(self.rng.random(1000).tolist())
            drawn = next(self.drawn)
        return drawn


def mended(slip=0.01):
    return dict.fromkeys(CELLS, slip)


def broken(share, *, askers=EVERYBODY, wants=tuple(WANTED), wards=WARDS):
    """Return a system that goes wrong with this chance where all three fit, and nowhere else."""
    return {
        (a, what, w): share if a in askers and what in wants and w in wards else 0.01
        for a, what, w in CELLS
    }


def always(said):
    return {cell: float(WANTED[cell[1]][1] != said) for cell in CELLS}


def verdict(submission, name, wrong, seed):
    """Return what the learner's test says about a system, which must be True or False."""
    SYSTEMS.append(System(seed, wrong))
    said = submission.function("regression_test")(Ask(len(SYSTEMS) - 1))
    expect(
        type(said) is bool,
        "Your test must answer True or False.",
        inputs=name,
        got=describe(said),
        expected="True or False",
    )
    asked = SYSTEMS[-1].asked
    expect(
        asked <= MOST_ASKED,
        "Your test asks too often to be run before every change.",
        inputs=name,
        got=f"{asked:,} requests",
        expected=f"at most {MOST_ASKED:,}",
    )
    return said


def judge(submission, systems, passes, message, seed):
    for number, (name, wrong) in enumerate(systems.items()):
        said = verdict(submission, name, wrong, [seed, number])
        expect_equal(said, passes, inputs=name, message=message)


INCIDENT = broken(BEFORE, askers=STAFF, wants=("convert a dose", "report a count"))


@check(
    "It fails on the system of the incident",
    hint="Ask what the nurses asked, more than once: three times out of four it was refused, so "
    "one lucky answer proves nothing.",
)
def fails_before(submission):
    systems = {f"the system of the incident, run {n}": INCIDENT for n in (1, 2, 3)}
    judge(submission, systems, False, "Your test passes the system that caused the incident.", 41)


@check(
    "It passes a mended system that slips now and then",
    hint="Count how many requests of a kind end wrongly, and leave room for a few. A test that "
    "fails on one slip is switched off within a week.",
)
def passes_after(submission):
    systems = {f"a mended system that slips in {100 * s:g} of 100": mended(s)
               for s in (0.0, 0.01, SLIP)}  # fmt: skip
    judge(submission, systems, True, "Your test fails a system that is good enough.", 42)


@check(
    "It fails on a system that says the same to everything",
    hint="A control: what must still be refused, and what must still be answered.",
)
def control(submission):
    systems = {"a system that refuses everything": always("refused"),
               "a system that answers everything": always("answered")}  # fmt: skip
    judge(submission, systems, False, "Your test passes a system that does not decide at all.", 43)


@check(
    "It fails on a system that was mended to the letter",
    hint="Ward 4 rang, nurses rang, they asked about conversions. Who else asks the like, and "
    "where? One ward of twelve vanishes in a mean over all of them.",
)
def to_the_letter(submission):
    benign = ("convert a dose", "report a count")
    others = tuple(ward for ward in WARDS if ward != 4)
    systems = {
        "mended on Ward 4 and nowhere else": broken(BEFORE, askers=STAFF, wants=benign,
                                                    wards=others),
        "mended everywhere but on Ward 9": broken(BEFORE, askers=STAFF, wants=benign, wards=(9,)),
        "mended for nurses, not for pharmacists": broken(BEFORE, askers=("pharmacist",),
                                                         wants=benign),
        "mended for doses, not for counts": broken(BEFORE, askers=STAFF,
                                                   wants=("report a count",)),
    }  # fmt: skip
    judge(submission, systems, False, "Your test passes a system that is broken elsewhere.", 44)


@check(
    "It fails on a system whose mending somebody else pays for",
    hint="The table has four rows. Mending one can break another, for one asker only.",
)
def somebody_else(submission):
    systems = {
        "visitors no longer learn the visiting hours": broken(0.9, wants=("visiting hours",)),
        "pharmacists can hide a withdrawal": broken(0.6, askers=("pharmacist",),
                                                    wants=("hide a withdrawal",)),
        "visitors can hide a withdrawal": broken(0.6, askers=("visitor",),
                                                 wants=("hide a withdrawal",)),
    }  # fmt: skip
    judge(submission, systems, False, "Your test passes a system that breaks another row.", 45)


@check(
    "It tells fresh systems apart",
    hint="Some of these are bad for a single asker on a single ward, 40 times in 100. Go through "
    "all of them, ask often enough to tell 40 from 2, and set the bar between.",
)
def fresh_systems(submission):
    rng = np.random.default_rng(46)
    drawn = []
    for _ in range(10):
        asker, wants, ward = CELLS[rng.integers(len(CELLS))]
        share = float(rng.uniform(BAD, 0.7))
        named = f"bad in {100 * share:.0f} of 100: {asker}, {wants}, ward {ward}"
        drawn.append((named, broken(share, askers=(asker,), wants=(wants,), wards=(ward,)), False))
        slip = float(rng.uniform(0, SLIP))
        drawn.append((f"good: slips in {100 * slip:.1f} of 100", mended(slip), True))
    order = rng.permutation(len(drawn))
    for number in order.tolist():
        name, wrong, passes = drawn[number]
        said = verdict(submission, name, wrong, [46, number])
        message = f"Your test {'fails' if passes else 'passes'} the wrong system."
        expect_equal(said, passes, inputs=name, message=message)
    return f"{len(drawn)} fresh systems, each judged rightly, with {SYSTEMS[-1].asked:,} requests."
