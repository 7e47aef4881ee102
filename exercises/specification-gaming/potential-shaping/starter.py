import numpy as np


def shaping(next_state, potential, discount, over):
    """Return the bonus of every step, shape (S, A).

    next_state: array of shape (S, A), whole numbers
    potential: array of shape (S,)
    discount: weight of the next step, above 0 and below 1
    over: array of shape (S,), True where an episode has ended
    """
    raise NotImplementedError("pay for what the potential gains")


def find_potential(next_state, bonus, discount):
    """Return a potential, shape (S,), that pays `bonus` on every step, or None."""
    raise NotImplementedError("find the potential behind a bonus, if there is one")
