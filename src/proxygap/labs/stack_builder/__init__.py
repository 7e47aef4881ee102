"""The stack builder: rails in NeMo Guardrails' words, over 400 labelled messages."""

from proxygap.labs.stack_builder.lab import LAB

__all__ = ["LAB"]
