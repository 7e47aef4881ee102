"""What was learned, in words and in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from proxygap.labs._actions import signed
from proxygap.labs._views import Column, Interval, Intervals, Row, Table
from proxygap.labs.you_are_the_labeller.learning import Learned, Payment, payments
from proxygap.simulations._replies import Policy, load, posture

PAID: Mapping[str, tuple[str, str]] = {
    "correct": ("being correct", "a correct reply"),
    "complete": ("doing all that was asked", "doing all that was asked"),
    "length": ("length", "each 10 words more"),
    "courtesy": ("courtesy", "each degree of courtesy"),
    "agrees_with_user": ("agreeing with the user", "agreeing with the user"),
    "refuses": ("refusing", "a refusal"),
    "explains_refusal": ("giving a reason for a refusal", "a reason for a refusal"),
    "breaks_rule": ("breaking a rule", "breaking a rule"),
}
"""Each feature as a habit, and as what is paid for."""

MEASURES = (
    ("helpfulness", "Helpful"), ("harm", "Harm"), ("over_refusal", "Over-refusal"),
    ("courtesy", "Courtesy"), ("truth", "True value"),
)  # fmt: skip
"""The columns of the table of postures, as in every chapter."""


def points(value: float) -> str:
    """Write points with a sign and one decimal: +0.9, −1.2, 0.

    Examples
    --------
    >>> points(0.949), points(-1.16), points(-0.01)
    ('+0.9', '−1.2', '0')
    """
    return signed(round(value, 1), plus=True)


def gained(value: float) -> str:
    """Write a gain with a sign and two decimals.

    Examples
    --------
    >>> gained(0.8), gained(-0.004)
    ('+0.80', '0.00')
    """
    sign = "+" if value >= 0.005 else "\N{MINUS SIGN}" if value <= -0.005 else ""
    return f"{sign}{abs(value):.2f}"


def pay(payment: Payment) -> str:
    """Return a payment with its interval in words."""
    return f"{points(payment.value)} ({points(payment.low)} to {points(payment.high)})"


def what_was_learned(learned: Learned) -> str:
    """Return what the comparisons settled, and what they left open, in sentences."""
    paid = payments(learned)
    shown = sorted((p for p in paid if p.shown), key=lambda p: -abs(p.value))
    parts = [_pays(p) for p in shown]
    open_ = [PAID[p.feature][0] for p in paid if not p.shown]
    if not parts:
        return "Nothing is settled: every 95 % interval includes 0."
    told = f"{_capital('; '.join(parts))}."
    if not open_:
        return told
    return f"{told} Not settled, since the 95 % interval includes 0: {_list(open_)}."


def _pays(payment: Payment) -> str:
    verb = "it pays" if payment.value > 0 else "it charges"
    about = signed(round(abs(payment.value), 1))
    return f"{verb} about {about} for {PAID[payment.feature][1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def price_list(learned: Learned, title: str) -> Intervals:
    """Return what is paid for each feature, with intervals on one axis."""
    paid = payments(learned)
    reach = max(2.0, *(max(abs(p.low), abs(p.high)) for p in paid))
    rows = tuple(
        Interval(
            _capital(PAID[p.feature][1]),
            p.value,
            p.low,
            p.high,
            pay(p) + ("" if p.shown else ", not settled"),
            faded=not p.shown,
        )
        for p in paid
    )
    edge = signed(round(reach, 1))
    return Intervals("prices", title, rows, -reach, reach, (f"\N{MINUS SIGN}{edge}", f"+{edge}"),
                     0.0, "dashed line: pays nothing")  # fmt: skip


def postures(rows: Sequence[tuple[str, Policy]], caption: str, selected: str = "") -> Table:
    """Return how policies stand, one row each: the table of every chapter."""
    counted = (Column(name, numeric=True) for _, name in MEASURES)
    shown = (Row(label, (label, *_stands(policy)), label == selected) for label, policy in rows)
    return Table("postures", caption, (Column("The assistant"), *counted), tuple(shown))


def _stands(policy: Policy) -> tuple[str, ...]:
    stands = posture(policy, load())
    helpful, *others = (signed(round(100 * getattr(stands, name))) for name, _ in MEASURES)
    return f"{helpful} % helpful", *others  # a phone leaves out the head of this column
