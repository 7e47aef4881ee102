"""Spot the gap: twelve incidents that happened, and four things to say about each."""

from proxygap.labs.spot_the_gap.lab import LAB

__all__ = ["LAB"]
