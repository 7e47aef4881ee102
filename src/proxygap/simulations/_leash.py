"""The best policy on a leash: highest mean score within a given divergence from the base."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from proxygap.simulations._noisy_scores import t3_sf
from proxygap.simulations._order_statistics import kl
from proxygap.simulations._overoptimisation import tilt
from proxygap.simulations._spec import FloatArray

WEAKEST, STRONGEST = 1e-9, 1e3  # tilts between which the right one is sought
HALVINGS = 60


class Leashed(NamedTuple):
    """A policy and the penalty that leads to it.

    Attributes
    ----------
    policy : (K,) array
        Probabilities.
    penalty : float
        Score that a nat of divergence must cost for this policy to be the best one.
    """

    policy: FloatArray
    penalty: float


def best_within(base: FloatArray, score: FloatArray, nats: float) -> Leashed:
    """Return the policy of highest mean score whose divergence from `base` is at most `nats`.

    It is proportional to base · exp(score / penalty): that maximises mean score − penalty · KL. The
    penalty is found by halving.

    Parameters
    ----------
    base : (K,) array
        Probabilities.
    score : (K,) array
        What the policy is trained on.
    nats : float
        The leash, above 0.
    """
    low, high = math.log(WEAKEST), math.log(STRONGEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if kl(tilt(base, score, math.exp(middle)), base) <= nats:
            low = middle
        else:
            high = middle
    return Leashed(tilt(base, score, math.exp(low)), math.exp(-low))


class Moved(NamedTuple):
    """What the policy of kwa2024 gains and how far it goes."""

    mean: float
    kl: float


def moved_mass(reach: float) -> Moved:
    """Give errors above `reach` the probability reach^−0.8, the base being Student t3.

    kwa2024, figure 3. As the reach grows, the mean error grows without bound while the divergence
    goes to 0.

    >>> [round(number, 3) for number in moved_mass(10.0)]
    [2.378, 0.649]
    """
    base = float(t3_sf(np.array(reach)))
    policy = reach**-0.8
    density = 2 / (math.pi * math.sqrt(3) * (1 + reach**2 / 3) ** 2)
    tail_mean = 1.5 * (1 + reach**2 / 3) * density  # E[X; X > reach], and minus that below
    mean = tail_mean * (policy / base - (1 - policy) / (1 - base))
    divergence = policy * math.log(policy / base)
    divergence += (1 - policy) * math.log((1 - policy) / (1 - base))
    return Moved(mean, divergence)
