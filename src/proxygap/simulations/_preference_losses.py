r"""The losses of DPO and IPO: what a comparison costs, by how a policy has moved.

Both look at the *gap* of a pair, in nats: by how much the logarithm of :math:`\pi / \pi_{ref}` is
higher for the chosen reply than for the rejected one. DPO pays for it by a logistic curve and never
has enough; IPO wants it to be 1/(2τ) and no more.

>>> dpo, ipo = Dpo(beta=0.1), Ipo(tau=0.5)
>>> print(f"{dpo.value(0.0):.3f} {dpo.value(20.0):.3f} {dpo.value(40.0):.3f}")
0.693 0.127 0.018
>>> print(f"{ipo.value(0.0):.0f} {ipo.value(1.0):.0f} {ipo.value(2.0):.0f}")
1 0 1

Source: rafailov2023, equation 7; azar2024, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from proxygap.errors import UsageError
from proxygap.simulations._reward_model import sigmoid
from proxygap.simulations._spec import FloatArray


class Loss(Protocol):
    """What a gap costs, with its first two derivatives. `price` is what a nat of it is worth."""

    @property
    def price(self) -> float:
        """Return β or τ: the implicit reward of a reply is this times log(π/π_ref)."""

    def value(self, gap: ArrayLike) -> FloatArray:
        """Return the loss of each gap."""

    def slope(self, gap: ArrayLike) -> FloatArray:
        """Return the derivative of the loss by the gap."""

    def curvature(self, gap: ArrayLike) -> FloatArray:
        """Return the second derivative."""


@dataclass(frozen=True, slots=True)
class Dpo:
    r"""DPO's loss, :math:`-\log \sigma(\beta \cdot gap)`: lower for ever as the gap grows.

    Parameters
    ----------
    beta : float
        Price of a nat of divergence, above 0.
    """

    beta: float

    def __post_init__(self) -> None:
        above_zero("beta", self.beta)

    @property
    def price(self) -> float:
        """Return β."""
        return self.beta

    def value(self, gap: ArrayLike) -> FloatArray:
        """Return −log σ(β · gap), without overflow for any gap."""
        return np.logaddexp(0.0, -self.beta * np.asarray(gap))

    def slope(self, gap: ArrayLike) -> FloatArray:
        """Return −β σ(−β · gap): a pair counts by how wrong the implicit reward still has it."""
        return -self.beta * sigmoid(-self.beta * np.asarray(gap))

    def curvature(self, gap: ArrayLike) -> FloatArray:
        """Return β² σ(β · gap) σ(−β · gap)."""
        wrong = sigmoid(-self.beta * np.asarray(gap))
        return np.asarray(self.beta**2 * wrong * (1 - wrong))


@dataclass(frozen=True, slots=True)
class Ipo:
    r"""IPO's loss, :math:`(gap - 1 / 2\tau)^2`: it has a lowest point, and stops there.

    Parameters
    ----------
    tau : float
        How strongly the reference holds, above 0.
    """

    tau: float

    def __post_init__(self) -> None:
        above_zero("tau", self.tau)

    @property
    def price(self) -> float:
        """Return τ."""
        return self.tau

    @property
    def wanted(self) -> float:
        """Return the gap that costs nothing, 1/(2τ)."""
        return 1 / (2 * self.tau)

    def value(self, gap: ArrayLike) -> FloatArray:
        """Return (gap − 1/(2τ))²."""
        return (np.asarray(gap, dtype=float) - self.wanted) ** 2

    def slope(self, gap: ArrayLike) -> FloatArray:
        """Return 2 (gap − 1/(2τ))."""
        return np.asarray(2 * (np.asarray(gap, dtype=float) - self.wanted))

    def curvature(self, gap: ArrayLike) -> FloatArray:
        """Return 2."""
        return np.full(np.shape(gap), 2.0)


def above_zero(name: str, value: float) -> None:
    """Refuse a setting that must be above 0.

    Raises
    ------
    UsageError
        If it is not.
    """
    if not value > 0:
        raise UsageError(f"{name} is {value}, and must be above 0.")
