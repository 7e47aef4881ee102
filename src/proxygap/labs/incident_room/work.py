"""What a learner has decided and written about one incident, and what it has cost so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from math import ceil
from typing import Any, Literal

from proxygap.labs.incident_room.case import SLUGS, Incident, incident, room
from proxygap.simulations._composed_system import NO_HARM, Harm, harm_per_hour

STEPS = {
    "look": "1 Look",
    "triage": "2 Triage",
    "mend": "3 Mend",
    "test": "4 Test",
    "memo": "5 Memo",
}
RUNS = {"1": 1, "5": 5, "20": 20, "60": 60}
BARS = {"all": 1.0, "most": 0.9, "half": 0.5}
WANTED = ("answered", "stopped")
MARKS = ("0", "1", "2")
TEST_MINUTES = 10
LONGEST_FIELD = 700
Part = Literal["severity", "affected", "containment", "owner", "choice"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A regression test: so many requests of one kind, what is expected, a bar, and a control."""

    kind: str = ""
    wanted: str = "answered"
    runs: str = "5"
    bar: str = "all"
    control: str = ""
    control_wanted: str = "stopped"

    @property
    def size(self) -> int:
        """Return how many requests of each kind are sent."""
        return RUNS[self.runs]

    @property
    def needed(self) -> int:
        """Return how many of them have to go as expected."""
        return ceil(BARS[self.bar] * self.size - 1e-9)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in which nothing was changed."""

    minutes: int
    containment: str
    fix: str
    what: str


@dataclass(frozen=True, slots=True)
class Work:
    """One incident's work; `memo` and `judged` hold what was written, by field."""

    opened: tuple[str, ...] = ()
    severity: str = ""
    affected: str = ""
    containment: str = ""
    owner: str = ""
    choice: str = ""
    fix: str = ""
    test: Trial = field(default_factory=Trial)
    ran: int = 0
    memo: Mapping[str, str] = field(default_factory=dict)
    marked: bool = False
    judged: Mapping[str, str] = field(default_factory=dict)
    log: tuple[Spell, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how much time has gone."""
        return sum(spell.minutes for spell in self.log)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        data = asdict(self)
        return {**data, "opened": list(self.opened), "log": [asdict(s) for s in self.log]}


def options(case: Incident) -> dict[str, tuple[str, ...]]:
    """Return what each choice may be."""
    common = room()
    kinds = tuple(case.kinds)
    return {
        "severity": tuple(one["slug"] for one in common["severities"]),
        "affected": tuple(one["slug"] for one in case.affected),
        "containment": tuple(one["slug"] for one in common["containments"]),
        "owner": tuple(one["slug"] for one in common["owners"]),
        "choice": tuple(case.fixes),
        "test-kind": ("", *kinds),
        "test-wanted": WANTED,
        "test-runs": tuple(RUNS),
        "test-bar": tuple(BARS),
        "test-control": ("", *kinds),
        "test-control_wanted": WANTED,
        **{f"self-{one['slug']}": MARKS for one in common["judgements"]},
    }


def memo_fields() -> tuple[str, ...]:
    """Return the names of the memo's fields."""
    return tuple(one["slug"] for one in room()["fields"])


def read(state: Mapping[str, Any], slug: str) -> Work:
    """Return the work on an incident; what this edition does not know is left out."""
    works = state.get("work")
    data = works.get(slug) if isinstance(works, Mapping) else None
    if not isinstance(data, Mapping):
        return Work()
    case = incident(slug)
    allowed = options(case)
    chosen = {
        name: _one_of(data.get(name), allowed[name])
        for name in ("severity", "affected", "containment", "owner", "choice")
    }
    return Work(
        opened=_known(data.get("opened"), case.evidence),
        **chosen,
        fix=_one_of(data.get("fix"), tuple(case.fixes)),
        test=_trial(data.get("test"), allowed),
        ran=_count(data.get("ran")),
        memo=_texts(data.get("memo"), memo_fields()),
        marked=data.get("marked") is True,
        judged={
            name: given
            for name, given in _texts(data.get("judged"), _judged()).items()
            if given in MARKS
        },
        log=_log(data.get("log"), case),
    )


def _one_of(given: object, allowed: tuple[str, ...], otherwise: str = "") -> str:
    return given if isinstance(given, str) and given in allowed else otherwise


def _known(given: object, allowed: Mapping[str, object]) -> tuple[str, ...]:
    listed = given if isinstance(given, list) else []
    return tuple(dict.fromkeys(one for one in listed if isinstance(one, str) and one in allowed))


def _count(given: object) -> int:
    usable = isinstance(given, int) and not isinstance(given, bool)
    return min(max(given, 0), 10_000) if usable and isinstance(given, int) else 0


def _texts(given: object, allowed: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    return {n: given[n][:LONGEST_FIELD] for n in allowed if isinstance(given.get(n), str)}


def _judged() -> tuple[str, ...]:
    return tuple(one["slug"] for one in room()["judgements"])


def _trial(given: object, allowed: Mapping[str, tuple[str, ...]]) -> Trial:
    data = given if isinstance(given, Mapping) else {}
    plain = Trial()
    names = (one.name for one in fields(Trial))
    return Trial(
        **{n: _one_of(data.get(n), allowed[f"test-{n}"], getattr(plain, n)) for n in names}
    )


def _log(given: object, case: Incident) -> tuple[Spell, ...]:
    spells = []
    for one in given if isinstance(given, list) else []:
        if isinstance(one, Mapping):
            containment = _one_of(one.get("containment"), options(case)["containment"])
            what = one.get("what") if isinstance(one.get("what"), str) else ""
            spells.append(
                Spell(
                    _count(one.get("minutes")),
                    containment,
                    _one_of(one.get("fix"), tuple(case.fixes)),
                    str(what)[:80],
                )
            )
    return tuple(spells)


def rate(case: Incident, containment: str, fix: str) -> Harm:
    """Return what goes wrong in an hour under a containment and a fix."""
    hands = case.by_hand if containment == "by-hand" else frozenset()
    return harm_per_hour(case.system(fix), case.kinds, stopped=containment == "stop", by_hand=hands)


def cost(case: Incident, work: Work) -> Harm:
    """Return what has gone wrong since the first report."""
    total = NO_HARM
    for spell in work.log:
        total = total.plus(rate(case, spell.containment, spell.fix).times(spell.minutes / 60))
    return total


def clock(case: Incident, work: Work) -> str:
    """Return the time of day: the start and what has gone.

    A second day is told: “01:30 on the next day”.
    """
    hours, minutes = case.start.split(":")
    total = 60 * int(hours) + int(minutes) + work.minutes
    days, rest = divmod(total, 24 * 60)
    time = f"{rest // 60:02d}:{rest % 60:02d}"
    return time if days == 0 else f"{time}, {'a day' if days == 1 else f'{days} days'} later"


def known_slug(state: Mapping[str, Any]) -> str:
    """Return the incident at hand; the first where the state names none that exists."""
    given = state.get("incident")
    return given if isinstance(given, str) and given in SLUGS else SLUGS[0]
