"""Next-token bench: predict the next word against a model, then let it write, then weigh it."""

from proxygap.labs.next_token_bench.lab import LAB

__all__ = ["LAB"]
