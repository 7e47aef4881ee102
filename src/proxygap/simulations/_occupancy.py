"""Policies as points: two rewards, the policies they rank, and where they disagree.

A policy is the vector of how often it does each thing (its occupancy); a reward is a vector of
weights, and the return is their inner product. A pair of rewards is *hackable* on a set of policies
if going from one of them to another can raise the first return and lower the second. Policies that
may toss coins fill a convex body, and there a pair is hackable unless one reward is constant or
both rank everything alike (skalse2022, theorem 1).
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from proxygap.simulations._spec import FloatArray

ROUNDING = 1e-9  # returns closer than this are equal


class Pair(NamedTuple):
    """Two policies that the rewards rank in opposite orders.

    Attributes
    ----------
    before, after : (n,) float
        Going from `before` to `after` raises the first return and lowers the second.
    """

    before: FloatArray
    after: FloatArray


def deterministic(rooms: int) -> FloatArray:
    """Return every policy that tosses no coins, shape (2**rooms, rooms): each room or not."""
    return np.array(list(itertools.product([0.0, 1.0], repeat=rooms)))


def opposed(r1: FloatArray, r2: FloatArray, policies: FloatArray) -> list[tuple[int, int]]:
    """Return every (i, j) such that going from policy i to j raises ``r1`` and lowers ``r2``.

    Parameters
    ----------
    r1, r2 : (n,) float
        Weights of the two rewards.
    policies : (m, n) float
        Occupancies, one policy a row.
    """
    first, second = policies @ r1, policies @ r2
    up = first[None, :] - first[:, None] > ROUNDING
    down = second[:, None] - second[None, :] > ROUNDING
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(up & down), strict=True)]


def hackable(r1: FloatArray, r2: FloatArray, policies: FloatArray) -> bool:
    """Return whether some two of `policies` are ranked in opposite orders by `r1` and `r2`."""
    return bool(opposed(r1, r2, policies))


def witness(r1: FloatArray, r2: FloatArray) -> Pair | None:
    r"""Return two coin-tossing policies that prove the pair hackable, or None if it is not.

    A policy gives each of n rooms a frequency from 0 to 1. From the middle of that cube every
    direction is open, so one that suits the first reward and hurts the second is enough. With
    :math:`u_i = r_i / \lVert r_i \rVert` the difference :math:`\delta = u_1 - u_2` is one:

    .. math:: \langle \delta, u_1 \rangle = 1 - \cos \theta = -\langle \delta, u_2 \rangle

    which is above 0 unless the rewards point the same way.

    Parameters
    ----------
    r1, r2 : (n,) float
        Weights of the two rewards.

    References
    ----------
    skalse2022, theorem 1.
    """
    if not (r1.any() and r2.any()):
        return None
    delta = r1 / np.linalg.norm(r1) - r2 / np.linalg.norm(r2)
    if np.abs(delta).max() < ROUNDING:
        return None
    reach = delta / (2 * np.abs(delta).max())
    return Pair(0.5 - reach, 0.5 + reach)


def cheapest(proxy: FloatArray, truth: FloatArray, floor: float) -> FloatArray:
    """Return the policy with the least true return among those paid at least `floor`, shape (n,).

    It takes the rooms in the order of what they pay for each unit of truth, equals together, and
    the last ones in part: the fractional knapsack.

    Parameters
    ----------
    proxy : (n,) float
        What each room pays.
    truth : (n,) float
        What each room is worth, above 0.
    floor : float
        Pay that must be reached, at most the sum of the positive weights.
    """
    policy = np.zeros(len(proxy))
    missing, rate = floor, proxy / truth
    for best in np.unique(rate[rate > 0])[::-1]:
        rooms = rate == best
        policy[rooms] = np.clip(missing / proxy[rooms].sum(), 0.0, 1.0)
        missing -= float(policy[rooms] @ proxy[rooms])
    return policy


def convex_hull(points: FloatArray) -> FloatArray:
    """Return the corners of the hull of `points` (m, 2), anticlockwise, shape (k, 2)."""
    ordered = np.unique(points, axis=0)
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _chain(ordered: FloatArray) -> list[FloatArray]:
    """Return the points at which a walk along one side of the hull turns left."""
    kept: list[FloatArray] = []
    for point in ordered:
        while len(kept) >= 2 and _turn(kept[-2], kept[-1], point) <= ROUNDING:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: FloatArray, b: FloatArray, c: FloatArray) -> float:
    """Return twice the signed area of the triangle a, b, c: above 0 for a left turn."""
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def clip(polygon: FloatArray, normal: FloatArray, least: float) -> FloatArray:
    """Return the part of a convex `polygon` where ``normal · point >= least``, shape (k, 2).

    Each edge that crosses the line is cut exactly there (Sutherland and Hodgman's clipping).
    """
    height = polygon @ normal - least
    kept = []
    for here, there in zip(range(len(polygon)), np.roll(range(len(polygon)), -1), strict=True):
        if height[here] >= 0:
            kept.append(polygon[here])
        if height[here] * height[there] < 0:
            share = height[here] / (height[here] - height[there])
            kept.append(polygon[here] + share * (polygon[there] - polygon[here]))
    return np.array(kept).reshape(-1, 2)


def area(polygon: FloatArray) -> float:
    """Return the area of `polygon`, shape (k, 2), by the shoelace formula."""
    x, y = polygon.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)
