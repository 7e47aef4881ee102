import numpy as np


def find_pair(wanted, paid, policies):
    """Return (i, j): from row i to row j pay rises and worth falls. Or None."""
    raise NotImplementedError("look for two policies")


def prove(wanted, paid):
    """Return (before, after): how often each room is cleaned, 0 to 1. Or None."""
    raise NotImplementedError("find a change that pays and harms")
