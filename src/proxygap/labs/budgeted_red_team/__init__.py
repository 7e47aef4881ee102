"""Budgeted red team: thirty attempts, a coverage board, fixes, and a re-test in other words."""

from proxygap.labs.budgeted_red_team.lab import LAB

__all__ = ["LAB"]
