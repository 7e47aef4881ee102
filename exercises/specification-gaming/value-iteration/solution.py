import numpy as np


def look_ahead(transition, reward, discount, value):
    """Return what each action pays now and, discounted, what it leads to."""
    return reward + discount * (transition @ value)


def optimal_value(transition, reward, discount):
    """Return the values that looking one step ahead does not change."""
    value = np.zeros(len(reward))
    while True:
        improved = look_ahead(transition, reward, discount, value).max(axis=1)
        # What is left to gain is at most discount / (1 - discount) times the last change.
        if np.abs(improved - value).max() * discount <= 1e-9 * (1 - discount):
            return improved
        value = improved


def best_action(transition, reward, discount):
    """Return the action that is worth most with the optimal values ahead."""
    value = optimal_value(transition, reward, discount)
    return look_ahead(transition, reward, discount, value).argmax(axis=1)
