"""Fernmoor, Quillstone and Tarnbridge: balanced, cautious and obliging. Every number is made up."""

from __future__ import annotations

from proxygap.simulations._vendors import SETUPS, Manner, Rates, Setup, Vendor, Weights


def _by_setup(*rows: tuple[float, ...]) -> dict[Setup, Rates]:
    return {setup: Rates(*row) for setup, row in zip(SETUPS, rows, strict=True)}


def _weighing(*rows: tuple[float, ...]) -> dict[Setup, Weights]:
    return {setup: Weights(*row) for setup, row in zip(SETUPS, rows, strict=True)}


VENDORS = (
    Vendor(
        "fernmoor",
        "Fernmoor",
        "“The assistant that says yes to your team, and no to trouble.”",
        ("EU", "US"),
        _by_setup((0.12, 0.06, 0.25), (0.07, 0.08, 0.22), (0.22, 0.04, 0.30), (0.17, 0.05, 0.28)),
        _weighing((1.2, 1.0, 1.0, 1.5), (1.2, 0.2, 1.2, 1.5), (1.2, 3.0, 0.8, 1.5),
                  (1.2, 2.6, 1.0, 1.5)),
        Manner(structural=0.10, hedged=0.25, quoted=0.03, partial=0.06),
    ),
    Vendor(
        "quillstone",
        "Quillstone",
        "“Safety in every sentence: over 98 % harmless on our internal tests.”",
        ("US",),
        _by_setup((0.45, 0.02, 0.10), (0.30, 0.03, 0.10), (0.38, 0.03, 0.12), (0.26, 0.04, 0.12)),
        _weighing((2.5, 1.8, 0.2, 0.8), (2.5, 1.2, 0.3, 0.8), (2.2, 1.6, 0.3, 0.9),
                  (2.2, 1.0, 0.4, 0.9)),
        Manner(structural=0.60, hedged=0.08, quoted=0.02, partial=0.10),
    ),
    Vendor(
        "tarnbridge",
        "Tarnbridge",
        "“Treats your people as adults: under 0.5 % of requests refused in production.”",
        ("EU",),
        _by_setup((0.03, 0.35, 0.40), (0.02, 0.40, 0.40), (0.05, 0.22, 0.45), (0.03, 0.26, 0.45)),
        _weighing((0.8, 0.3, 2.5, 1.2), (0.8, 0.1, 2.8, 1.2), (0.9, 0.5, 2.0, 1.2),
                  (0.9, 0.3, 2.2, 1.2)),
        Manner(structural=0.05, hedged=0.04, quoted=0.03, partial=0.03),
    ),
)  # fmt: skip

BY_SLUG = {vendor.slug: vendor for vendor in VENDORS}
