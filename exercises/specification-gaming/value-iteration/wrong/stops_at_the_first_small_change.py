# fails: patience
import numpy as np


def look_ahead(transition, reward, discount, value):
    return reward + discount * (transition @ value)


def optimal_value(transition, reward, discount):
    value = np.zeros(len(reward))
    while True:
        improved = look_ahead(transition, reward, discount, value).max(axis=1)
        if np.allclose(improved, value, rtol=0, atol=1e-4):
            return improved
        value = improved


def best_action(transition, reward, discount):
    value = optimal_value(transition, reward, discount)
    return look_ahead(transition, reward, discount, value).argmax(axis=1)
