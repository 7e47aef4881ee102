"""The incident room: two incidents that unfold, from the first report to the memo."""

from proxygap.labs.incident_room.lab import LAB

__all__ = ["LAB"]
