"""The constitution workbench: write principles, train by them, see which two errors come of it."""

from proxygap.labs.constitution_workbench.lab import LAB

__all__ = ["LAB"]
