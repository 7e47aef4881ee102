"""What the simulations claim, measured once and kept between builds: the claims ledger."""

from __future__ import annotations

import re
from pathlib import Path

from proxygap.presentation._kept import Kept
from proxygap.simulations import ClaimOutcome, Simulation

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def measured(simulation: Simulation, kept: Path | None = None) -> list[dict[str, str]]:
    """Return each claim of `simulation` with what was measured, in words.

    Parameters
    ----------
    simulation : Simulation
        Whose claims are measured.
    kept : Path or None
        Where earlier builds keep what they measured.

    Returns
    -------
    list of dict
        ``text``, ``source`` (a key of the bibliography), ``expected`` and ``measured``.

    Raises
    ------
    ValueError
        If a claim does not hold; the text says which, and what was measured.
    """
    from proxygap.presentation import _explorer_files

    claims: list[dict[str, str]] = _explorer_files.claims(simulation, kept).about["claims"]
    return claims


def measure(simulation: Simulation) -> Kept:
    """Measure every claim of `simulation` now."""
    return Kept({"claims": [_entry(simulation, outcome) for outcome in simulation.verify()]}, b"")


def _entry(simulation: Simulation, outcome: ClaimOutcome) -> dict[str, str]:
    claim = outcome.claim
    if not outcome.passed:
        raise ValueError(
            f"'{simulation.slug}' claims: {claim.text} Measured: {in_words(outcome.measured)}, "
            f"claimed: {claim.expected}. See it with: proxygap run {simulation.slug}"
        )
    return {"text": claim.text, "source": claim.source, "expected": _typeset(claim.expected),
            "measured": in_words(outcome.measured)}  # fmt: skip


def in_words(number: float) -> str:
    """Return a measured number to four digits that count, with a true minus sign.

    >>> in_words(-57.04321), in_words(1 / 3), in_words(60000.0), in_words(1e-9)
    ('−57.04', '0.3333', '60000', '1 × 10⁻⁹')
    """
    return _typeset(f"{number:.4g}" if abs(number) < 1e4 else f"{number:.0f}")


def _typeset(numbers: str) -> str:
    """Return numbers as they are printed: true minus signs, powers of ten."""
    powers = re.sub(r"e-0*(\d+)", lambda found: f" × 10⁻{found[1].translate(RAISED)}", numbers)
    return powers.replace("-", "\N{MINUS SIGN}")
