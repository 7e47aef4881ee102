# fails: two_states
import numpy as np


def look_ahead(transition, reward, discount, value):
    return reward + discount * (transition @ value)


def optimal_value(transition, reward, discount):
    value = np.zeros(len(reward))
    for _ in range(1500):
        value = look_ahead(transition, reward, discount, value).mean(axis=1)
    return value


def best_action(transition, reward, discount):
    value = optimal_value(transition, reward, discount)
    return look_ahead(transition, reward, discount, value).argmax(axis=1)
