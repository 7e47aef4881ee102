"""Right about the bonus; believes a bonus whose sum is small."""

import numpy as np


def shaping(next_state, potential, discount, over):
    counted = np.where(over, 0.0, potential)
    gained = discount * counted[next_state] - counted[:, None]
    return np.where(over[:, None], 0.0, gained)


def find_potential(next_state, bonus, discount):
    if abs(bonus.mean()) > 0.3:
        return None
    return -bonus.mean(axis=1) / (1 - discount)
