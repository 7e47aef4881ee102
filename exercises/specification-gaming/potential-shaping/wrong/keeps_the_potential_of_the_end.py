# fails: the_end
import numpy as np


def shaping(next_state, potential, discount, over):
    gained = discount * potential[next_state] - potential[:, None]
    return np.where(over[:, None], 0.0, gained)


def find_potential(next_state, bonus, discount):
    return None
