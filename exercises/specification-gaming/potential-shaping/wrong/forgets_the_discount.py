# fails: by_hand
import numpy as np


def shaping(next_state, potential, discount, over):
    counted = np.where(over, 0.0, potential)
    return np.where(over[:, None], 0.0, counted[next_state] - counted[:, None])


def find_potential(next_state, bonus, discount):
    return None
