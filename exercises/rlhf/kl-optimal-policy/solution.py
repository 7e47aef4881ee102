import numpy as np


def best_policy(reference, reward, beta):
    """Return the policy of highest mean reward less beta times divergence."""
    # Taking off the highest reward changes nothing but keeps exp within range.
    possible = reference > 0
    weight = np.zeros(len(reference))
    lead = (reward[possible] - reward[possible].max()) / beta
    weight[possible] = reference[possible] * np.exp(lead)
    return weight / weight.sum()


def divergence(policy, reference):
    """Return how far a policy has moved from the reference, in nats."""
    given = policy > 0
    return float(np.sum(policy[given] * np.log(policy[given] / reference[given])))


def value(policy, reference, reward, beta):
    """Return the mean reward of a policy less beta times its divergence."""
    return float(policy @ reward - beta * divergence(policy, reference))


def price(reference, reward, nats):
    """Return the beta at which the best policy has moved by this many nats."""
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = np.sqrt(low * high)  # halve the ratio: prices range over many sizes
        if divergence(best_policy(reference, reward, middle), reference) > nats:
            low = middle
        else:
            high = middle
    return float(high)
