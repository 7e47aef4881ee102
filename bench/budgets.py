"""What the course promises, and whether a measurement keeps it."""

from __future__ import annotations

from dataclasses import dataclass

ACCURACY = 1e-9  # a ratio that is equal on paper is not missed by a rounding error


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit for one measurement.

    Attributes
    ----------
    limit : float
        The largest value that is still within budget, or the smallest when `at_least`.
    unit : str
        Unit of the limit, such as ``"s"``.
    at_least : bool
        Whether more is better.
    """

    limit: float
    unit: str = ""
    at_least: bool = False

    def is_met(self, measured: float) -> bool:
        """Return whether `measured` is within the budget."""
        if self.at_least:
            return measured >= self.limit - ACCURACY
        return measured <= self.limit + ACCURACY

    def verdict(self, measured: float) -> str:
        """Return ``met`` or ``**missed**``, which stands out in a table."""
        return "met" if self.is_met(measured) else "**missed**"

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.limit:g}{'' if self.unit in ('', '×') else ' '}{self.unit}"


FIRST_DRAWN = Budget(1.0, "s")
"""First simulation drawn, at 4× CPU throttle and 10 Mbit/s."""
SLIDER_TO_PAINT = Budget(16, "ms")
"""95th percentile, at 4× CPU throttle."""
SCRIPT_BEFORE_USE = Budget(60, "kB")
"""Compressed script that arrives before the first interaction."""
LIGHTHOUSE = {
    "performance": Budget(97, at_least=True),
    "accessibility": Budget(100, at_least=True),
    "best-practices": Budget(100, at_least=True),
    "seo": Budget(100, at_least=True),
}
"""Mobile, on every page."""
LAB_ACTION = Budget(100, "ms")
"""95th percentile of a press in a lab, until the answer is on the screen."""
FIRST_GRADED_RUN = Budget(0.4, "×")
"""Of the time that JupyterLite needs for its first NumPy cell."""
UNCHANGED_BUILD = Budget(5, "s")
"""Building the book again when nothing has changed."""
GRIDWORLD_STEPS = Budget(100, "×", at_least=True)
"""Environment steps per second, of a plain Python loop's."""
BEST_OF_N = Budget(100, "ms")
"""All that the page shows of best-of-n at n = 60,000: what a person takes for at once."""
ALL_SIMULATIONS = Budget(60, "s")
"""Tables and pictures of every simulation from nothing, on two cores."""
ITEM_STATISTICS = Budget(1, "s")
"""Everything that 500 learners' files say about 260 items."""
