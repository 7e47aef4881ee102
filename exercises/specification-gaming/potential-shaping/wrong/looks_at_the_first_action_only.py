# fails: refuses
import numpy as np


def shaping(next_state, potential, discount, over):
    counted = np.where(over, 0.0, potential)
    gained = discount * counted[next_state] - counted[:, None]
    return np.where(over[:, None], 0.0, gained)


def find_potential(next_state, bonus, discount):
    states = len(bonus)
    equations = -np.eye(states)
    equations[np.arange(states), next_state[:, 0]] += discount
    return np.linalg.solve(equations, bonus[:, 0])
