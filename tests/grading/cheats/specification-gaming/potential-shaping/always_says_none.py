"""Right about the bonus; says of every bonus that no potential pays it."""

import numpy as np


def shaping(next_state, potential, discount, over):
    counted = np.where(over, 0.0, potential)
    gained = discount * counted[next_state] - counted[:, None]
    return np.where(over[:, None], 0.0, gained)


def find_potential(next_state, bonus, discount):
    return None
