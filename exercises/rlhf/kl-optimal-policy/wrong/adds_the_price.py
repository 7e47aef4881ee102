# fails: worth
import numpy as np


def best_policy(reference, reward, beta):
    possible = reference > 0
    weight = np.zeros(len(reference))
    lead = (reward[possible] - reward[possible].max()) / beta
    weight[possible] = reference[possible] * np.exp(lead)
    return weight / weight.sum()


def divergence(policy, reference):
    given = policy > 0
    return float(np.sum(policy[given] * np.log(policy[given] / reference[given])))


def value(policy, reference, reward, beta):
    return float(policy @ reward + beta * divergence(policy, reference))


def price(reference, reward, nats):
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = np.sqrt(low * high)
        if divergence(best_policy(reference, reward, middle), reference) > nats:
            low = middle
        else:
            high = middle
    return float(high)
