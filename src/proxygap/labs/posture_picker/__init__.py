"""The posture picker: from a first guess to a decision record, with vendors that do not exist."""

from proxygap.labs.posture_picker.lab import LAB

__all__ = ["LAB"]
