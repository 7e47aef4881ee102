import numpy as np


def shaping(next_state, potential, discount, over):
    """Return what the potential gains with every step."""
    counted = np.where(over, 0.0, potential)
    gained = discount * counted[next_state] - counted[:, None]
    return np.where(over[:, None], 0.0, gained)


def find_potential(next_state, bonus, discount):
    """Solve one equation a step, and see whether all of them hold."""
    states, actions = bonus.shape
    equations = np.zeros((states * actions, states))
    steps = np.arange(states * actions)
    equations[steps, next_state.ravel()] += discount
    equations[steps, steps // actions] -= 1.0
    potential = np.linalg.lstsq(equations, bonus.ravel(), rcond=None)[0]
    holds = np.allclose(equations @ potential, bonus.ravel(), atol=1e-8)
    return potential if holds else None
