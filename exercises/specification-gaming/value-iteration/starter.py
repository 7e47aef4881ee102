import numpy as np


def look_ahead(transition, reward, discount, value):
    """Return what each action is worth, shape (S, A).

    transition: array of shape (S, A, S), probabilities
    reward: array of shape (S, A)
    discount: weight of the next step, from 0 to below 1
    value: array of shape (S,), what each next state is worth
    """
    raise NotImplementedError("say what an action is worth: its pay, and where it leads")


def optimal_value(transition, reward, discount):
    """Return what each state is worth to one who always does the best, shape (S,)."""
    raise NotImplementedError("find values that do not change when you look one step ahead")


def best_action(transition, reward, discount):
    """Return a best action in each state, shape (S,), whole numbers."""
    raise NotImplementedError("say what to do in each state")
