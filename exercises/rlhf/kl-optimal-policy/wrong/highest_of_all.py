# fails: cheap
import numpy as np


def best_policy(reference, reward, beta):
    with np.errstate(all="ignore"):
        weight = reference * np.exp((reward - reward.max()) / beta)
        return weight / weight.sum()


def divergence(policy, reference):
    given = policy > 0
    return float(np.sum(policy[given] * np.log(policy[given] / reference[given])))


def value(policy, reference, reward, beta):
    return float(policy @ reward - beta * divergence(policy, reference))


def price(reference, reward, nats):
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = np.sqrt(low * high)
        if divergence(best_policy(reference, reward, middle), reference) > nats:
            low = middle
        else:
            high = middle
    return float(high)
