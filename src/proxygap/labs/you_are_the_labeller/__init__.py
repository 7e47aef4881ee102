"""You are the labeller: thirty comparisons, and all that is made of them."""

from proxygap.labs.you_are_the_labeller.lab import LAB

__all__ = ["LAB"]
