import numpy as np


def best_policy(reference, reward, beta):
    """Return the policy of highest mean reward less beta times divergence, shape (K,)."""
    raise NotImplementedError("write the best policy")


def divergence(policy, reference):
    """Return how far a policy has moved from the reference, in nats."""
    raise NotImplementedError("say how far it has moved")


def value(policy, reference, reward, beta):
    """Return the mean reward of a policy less beta times its divergence."""
    raise NotImplementedError("say what the policy is worth at this price")


def price(reference, reward, nats):
    """Return the beta at which the best policy has moved by this many nats."""
    raise NotImplementedError("find the price")
