"""Steepest ascent through the policies of a Markov decision process.

A policy is represented by its occupancy: how often, discounted, it takes each action in each state.
The occupancies of all policies form a polytope, on which every return is linear. Training is the
path of steepest ascent on the proxy: straight on until some action is never taken any more, then
along that face, and so on to the corner where the proxy is highest.

Source: karwowski2024, sections 4 and 5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._spec import FloatArray

IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

ROUNDING = 1e-10  # occupancies and slopes below it are 0; occupancies sum to 1


class Process(NamedTuple):
    """A Markov decision process without its reward.

    Attributes
    ----------
    transition : (S, A, S) float
        Probability of each next state; the last axis sums to 1.
    start : (S,) float
        Probability of each first state, all above 0.
    discount : float
        Weight of the next step, in (0, 1).
    """

    transition: FloatArray
    start: FloatArray
    discount: float


class Rewards(NamedTuple):
    """What is wanted and what is paid, as unit vectors (S·A,) along the polytope."""

    truth: FloatArray
    proxy: FloatArray


class Ascent(NamedTuple):
    """A path of K straight pieces.

    Attributes
    ----------
    corners : (K + 1, S·A) float
        Occupancies at which the path bends, both ends included.
    """

    corners: FloatArray

    @property
    def lengths(self) -> FloatArray:
        """Length of each piece, shape (K,)."""
        lengths: FloatArray = np.linalg.norm(np.diff(self.corners, axis=0), axis=1)
        return lengths

    def slopes(self, reward: FloatArray) -> FloatArray:
        """Return what `reward` gains on each piece for each unit of length, shape (K,)."""
        slopes: FloatArray = np.diff(self.corners @ reward) / self.lengths
        return slopes


def random_process(
    rng: np.random.Generator, *, states: int, actions: int, discount: float
) -> Process:
    """Draw a process in which each action leads mostly to one or two states."""
    transition = rng.dirichlet(np.full(states, 0.2), size=(states, actions))
    return Process(transition, np.full(states, 1 / states), discount)


def flow(process: Process) -> FloatArray:
    r"""Return the matrix of the flow constraints, shape (S, S·A).

    .. math:: \sum_a \eta(s, a) - \gamma \sum_{s', a} P(s \mid s', a)\, \eta(s', a)
       = (1 - \gamma)\, \mu(s)
    """
    states, actions, _ = process.transition.shape
    leaves = np.repeat(np.eye(states), actions, axis=1)
    arrives = process.transition.reshape(states * actions, states).T
    return leaves - process.discount * arrives


def directions(process: Process) -> FloatArray:
    """Return an orthonormal basis of the moves that keep the flow, shape (S·A, S·A − S)."""
    constraints = flow(process)
    return np.linalg.svd(constraints)[2][len(constraints) :].T


def occupancy(process: Process, policy: FloatArray) -> FloatArray:
    """Return the occupancy of `policy` (S, A), shape (S·A,); it sums to 1."""
    followed = np.einsum("sa,sat->st", policy, process.transition)
    visits = np.linalg.solve(
        np.eye(len(process.start)) - process.discount * followed.T,
        (1 - process.discount) * process.start,
    )
    return (visits[:, None] * policy).ravel()


def rewards_at(basis: FloatArray, angle: float, rng: np.random.Generator) -> Rewards:
    """Draw a random truth and a proxy at `angle` from it, both along the polytope.

    Parameters
    ----------
    basis : (S·A, m) float
        From `directions`.
    angle : float
        Angle between the two in radians, 0 to π.
    rng : numpy.random.Generator
        Source of both directions.
    """
    truth, aside = np.linalg.qr(rng.normal(size=(basis.shape[1], 2)))[0].T
    return Rewards(basis @ truth, basis @ (np.cos(angle) * truth + np.sin(angle) * aside))


def nonnegative_least_squares(matrix: FloatArray, target: FloatArray) -> FloatArray:
    """Return the x >= 0, shape (n,), that minimises ``|matrix @ x - target|``.

    Parameters
    ----------
    matrix : (m, n) float
        Columns to combine.
    target : (m,) float
        What the combination should reach.

    Notes
    -----
    The active-set method of Lawson and Hanson (*Solving Least Squares Problems*, 1974, chapter 23).
    """
    best = np.zeros(matrix.shape[1])
    used = np.zeros(matrix.shape[1], dtype=bool)
    while True:
        gain = np.where(used, -np.inf, matrix.T @ (target - matrix @ best))
        if used.all() or gain.max() <= ROUNDING:
            return best
        used[gain.argmax()] = True
        best = _within_bounds(matrix, target, best, used)


def _within_bounds(
    matrix: FloatArray, target: FloatArray, best: FloatArray, used: BoolArray
) -> FloatArray:
    """Solve on the `used` columns; drop columns, from `used` too, until none is negative."""
    while True:
        solved = np.zeros_like(best)
        solved[used] = np.linalg.lstsq(matrix[:, used], target, rcond=None)[0]
        low = used & (solved <= 0)
        if not low.any():
            return solved
        share = (best[low] / (best[low] - solved[low])).min()
        best = best + share * (solved - best)
        used &= best > ROUNDING
        best[~used] = 0


def steepest(basis: FloatArray, reward: FloatArray, empty: BoolArray) -> FloatArray:
    """Return the move, shape (S·A,), that gains most `reward` for its length.

    It is the projection of the reward on the moves that keep the flow and take nothing from the
    actions in `empty`, shape (S·A,), which are taken never. Zero where no move gains anything.
    """
    gradient = basis.T @ reward
    walls = basis[empty]
    pushed = gradient + walls.T @ nonnegative_least_squares(walls.T, -gradient)
    return basis @ pushed


def ascend(process: Process, reward: FloatArray, basis: FloatArray) -> Ascent:
    """Climb `reward` from the policy that takes each action equally often, up to the best one."""
    states, actions, _ = process.transition.shape
    here = occupancy(process, np.full((states, actions), 1 / actions))
    corners = [here]
    while True:
        empty = here <= ROUNDING
        move = steepest(basis, reward, empty)
        move[empty & (move < ROUNDING)] = 0
        shrinks = move < -ROUNDING
        if move @ reward <= ROUNDING or not shrinks.any():
            return Ascent(np.array(corners))
        here = np.maximum(here + (here[shrinks] / -move[shrinks]).min() * move, 0)
        corners.append(here)


def pieces_allowed(ascent: Ascent, proxy: FloatArray, angle: float) -> int:
    r"""Return how many pieces of the path the stopping rule lets training take.

    Training goes on while the proxy, a unit vector along the polytope, gains at least
    :math:`\sin\theta` a unit of length. A move at angle :math:`\varphi` to the proxy is at most
    :math:`\varphi + \theta` from any truth within :math:`\theta` of the proxy, and
    :math:`\cos\varphi \ge \sin\theta` says that this is at most a right angle: so that truth does
    not fall. For a right angle or more nothing can be promised, and training does not start.

    Parameters
    ----------
    ascent : Ascent
        The path on the proxy.
    proxy : (S·A,) float
        Unit vector along the polytope.
    angle : float
        Bound on the angle between truth and proxy in radians.

    References
    ----------
    karwowski2024, section 5 (early stopping).
    """
    if angle >= np.pi / 2:
        return 0
    too_flat = ascent.slopes(proxy) < np.sin(angle)
    return int(too_flat.argmax()) if too_flat.any() else len(too_flat)


def best_policy(process: Process, reward: FloatArray) -> IntArray:
    """Return the action, shape (S,), that is best for `reward` (S·A,) in each state.

    Policy iteration, which ends at the exact optimum.
    """
    states, actions, _ = process.transition.shape
    paid, policy = reward.reshape(states, actions), np.zeros(states, dtype=np.intp)
    every = np.arange(states)
    while True:
        followed = np.eye(states) - process.discount * process.transition[every, policy]
        value = np.linalg.solve(followed, paid[every, policy])
        worth = paid + process.discount * process.transition @ value
        better = worth.max(axis=1) > worth[every, policy] + ROUNDING
        if not better.any():
            return policy
        policy = np.where(better, worth.argmax(axis=1), policy)


def highest(process: Process, reward: FloatArray) -> float:
    """Return the highest return, ``occupancy @ reward``, of any policy."""
    chosen = np.eye(process.transition.shape[1])[best_policy(process, reward)]
    return float(occupancy(process, chosen) @ reward)
