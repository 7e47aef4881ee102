"""Incident sorter: forty incidents, four questions, and the first yes."""

from proxygap.labs.incident_sorter.lab import LAB

__all__ = ["LAB"]
