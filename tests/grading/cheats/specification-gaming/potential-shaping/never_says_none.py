"""Right about the bonus; answers every bonus with the least bad potential."""

import numpy as np


def shaping(next_state, potential, discount, over):
    counted = np.where(over, 0.0, potential)
    gained = discount * counted[next_state] - counted[:, None]
    return np.where(over[:, None], 0.0, gained)


def find_potential(next_state, bonus, discount):
    states, actions = bonus.shape
    equations = np.zeros((states * actions, states))
    steps = np.arange(states * actions)
    equations[steps, next_state.ravel()] += discount
    equations[steps, steps // actions] -= 1.0
    return np.linalg.lstsq(equations, bonus.ravel(), rcond=None)[0]
