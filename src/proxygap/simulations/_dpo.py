r"""Direct preference optimisation (DPO) and its relative IPO, on policies that are known exactly.

RLHF fits a reward to comparisons and then looks for the policy that earns it. DPO turns the
solution of the second step round, :math:`\pi = \pi_{ref} \exp(r / \beta) / Z`, and reads the reward
off the policy: :math:`\hat r = \beta \log (\pi / \pi_{ref})` up to a constant in each prompt. So
comparisons can be fitted by changing the policy itself.

>>> table = fit_table(np.array([0.5, 0.5]), np.array([[0, 3], [1, 0]]), Dpo(beta=1.0))
>>> print(table.round(3))
[0.75 0.25]

To fit the comparisons of a person, of the course's replies, use `fit_dpo`:

>>> from proxygap.simulations._replies import base_policy, load
>>> world = load()
>>> base = base_policy(world)
>>> fit = fit_dpo(base, [0, 0, 3], [1, 1, 4], [2, 5, 0], features=world.standardised)
>>> fit.policy.probabilities().shape, fit.accuracy
((40, 8), 1.0)

The loss is summed over the comparisons and has one minimum, which Newton's method finds. A ridge
keeps it finite where all comparisons agree: half of it times the squared parameters of the implicit
reward is added. With features and DPO's loss the implicit reward is then what `fit_bradley_terry`
learns from the same comparisons with the same ridge, and the policy is
``tilt(reference, that reward, beta)``: DPO and RLHF come to the same.

Source: rafailov2023, equations 4 to 7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from proxygap.errors import UsageError
from proxygap.simulations._preference_losses import Dpo, Loss, above_zero
from proxygap.simulations._preference_training import log_softmax
from proxygap.simulations._replies import Policy, SoftmaxPolicy
from proxygap.simulations._reward_model import RIDGE
from proxygap.simulations._spec import FloatArray

IntArray = NDArray[np.intp]

STEPS = 100  # Newton steps at most; a dozen are the rule
SETTLED = 1e-10  # nats; a smaller step changes nothing


class DpoFit(NamedTuple):
    """What came out of `fit_dpo`.

    Attributes
    ----------
    policy : SoftmaxPolicy
        The tuned policy, over all P prompts.
    implicit_reward : (P, R) array
        β log(π/π_ref) up to a constant in each prompt, centred there on the reference's mean. The
        reward for which this policy is what RLHF would have arrived at.
    weights : (F,) array
        What each feature counts in the implicit reward; empty without features.
    gap : (N,) array
        Of each comparison, in nats. Times β it is DPO's *margin*.
    accuracy : float
        Weighted share of the comparisons that the policy now has the right way round, by its gap;
        a gap of 0 counts half. 0.5 if there are none.
    """

    policy: SoftmaxPolicy
    implicit_reward: FloatArray
    weights: FloatArray
    gap: FloatArray
    accuracy: float


def fit_dpo(
    reference: Policy,
    prompts: ArrayLike,
    chosen: ArrayLike,
    rejected: ArrayLike,
    *,
    beta: float = 0.2,
    features: FloatArray | None = None,
    count: ArrayLike | None = None,
    loss: Loss | None = None,
    ridge: float = RIDGE,
) -> DpoFit:
    """Tune a policy to comparisons of replies, exactly. Thirty comparisons take a few ms.

    The policy is the reference times the exponential of a score. With `features`, say
    ``world.standardised``, the score is linear in them, so that what is learned from one prompt
    carries over to all. Without, every reply has a score of its own, and only replies that somebody
    has compared change their place.

    Parameters
    ----------
    reference : Policy
        Where training starts, and what π_ref is.
    prompts : (N,) array of int
        The prompt of each comparison. N may be 0: then nothing changes.
    chosen, rejected : (N,) array of int
        Indices of the two replies. A pair of one reply with itself teaches nothing.
    beta : float
        Price of a nat, above 0. Small: the policy moves far. Ignored if `loss` is given.
    features : (P, R, F) array, optional
        What the policy can see of a reply.
    count : (N,) array, optional
        How much each comparison counts, 1 if it is not given. Enter a tie as both orders with ½.
    loss : Loss, optional
        `Ipo(tau)` in place of `Dpo(beta)`.
    ridge : float
        Above 0.

    Raises
    ------
    UsageError
        If beta or ridge is not above 0, or the comparisons are not of one length.
    """
    paid = Dpo(beta) if loss is None else loss
    above_zero("ridge", ridge)
    prompt, won, lost = pairs = _indices(prompts, chosen, rejected)
    weight = np.ones(len(prompt)) if count is None else np.asarray(count, dtype=float)
    _one_entry_each(*pairs, weight)
    theta = np.empty(0)
    if features is None:
        shape = reference.probabilities().shape
        log_ratio = _each_reply(shape, pairs, weight, paid, ridge)
    else:
        theta = fit_gaps(features[prompt, won] - features[prompt, lost], weight, paid, ridge)
        log_ratio = features @ theta
    gap = log_ratio[prompt, won] - log_ratio[prompt, lost]
    moved = _moved(reference, log_ratio, paid)
    return DpoFit(*moved, paid.price * theta, gap, accuracy_of(gap, weight))


def _indices(
    prompts: ArrayLike, chosen: ArrayLike, rejected: ArrayLike
) -> tuple[IntArray, IntArray, IntArray]:
    prompt, won, lost = (np.asarray(index, dtype=np.intp) for index in (prompts, chosen, rejected))
    return prompt, won, lost


def _one_entry_each(*columns: IntArray | FloatArray) -> None:
    if len({len(column) for column in columns}) > 1:
        raise UsageError("prompts, chosen, rejected and count must have one entry a comparison.")


def _moved(
    reference: Policy, log_ratio: FloatArray, loss: Loss
) -> tuple[SoftmaxPolicy, FloatArray]:
    """Return the policy that has moved by these log ratios, and its implicit reward, (P, R)."""
    start = reference.probabilities()
    with np.errstate(divide="ignore"):  # a reply that the reference never gives stays impossible
        policy = SoftmaxPolicy(np.log(start) + log_ratio)
    mean = (start * log_ratio).sum(axis=-1, keepdims=True)
    return policy, loss.price * (log_ratio - mean)


def accuracy_of(gap: FloatArray, weight: FloatArray) -> float:
    """Return the weighted share of gaps above 0; a gap of 0 counts half."""
    total = weight.sum()
    return float((weight * (gap > 0) + weight * (gap == 0) / 2).sum() / total) if total else 0.5


def fit_gaps(difference: FloatArray, weight: FloatArray, loss: Loss, ridge: float) -> FloatArray:
    """Return the parameters θ that minimise the loss of the gaps ``difference @ θ``.

    Parameters
    ----------
    difference : (N, F) array
        Features of the chosen reply less those of the rejected one.
    weight : (N,) array
        How much each pair counts.
    loss : Loss
        What a gap costs.
    ridge : float
        Weight of half the squared length of ``loss.price * θ``; above 0.

    Returns
    -------
    (F,) array
        In nats a unit of each feature.
    """
    hold = ridge * loss.price**2
    theta = np.zeros(difference.shape[-1])

    def cost(at: FloatArray) -> float:
        return float(weight @ loss.value(difference @ at) + hold / 2 * at @ at)

    for _ in range(STEPS):
        gap = difference @ theta
        slope = difference.T @ (weight * loss.slope(gap)) + hold * theta
        curved = (weight * loss.curvature(gap))[:, None] * difference
        step = np.linalg.solve(difference.T @ curved + hold * np.eye(len(theta)), slope)
        before = cost(theta)
        while cost(theta - step) > before and np.abs(step).max() > SETTLED:
            step /= 2  # too long a step: the curve flattens further out
        theta = theta - step
        if np.abs(step).max(initial=0.0) < SETTLED:
            break
    return theta


def _each_reply(
    shape: tuple[int, ...],
    compared: tuple[IntArray, IntArray, IntArray],
    weight: FloatArray,
    loss: Loss,
    ridge: float,
) -> FloatArray:
    """Return the score of every reply, (P, R), each on its own: no prompt teaches another one."""
    prompt, won, lost = compared
    scores, one_each = np.zeros(shape), np.eye(shape[-1])
    for asked in np.unique(prompt):
        here = prompt == asked
        difference = one_each[won[here]] - one_each[lost[here]]
        scores[asked] = fit_gaps(difference, weight[here], loss, ridge)
    return scores


def fit_table(
    reference: FloatArray, wins: FloatArray, loss: Loss, ridge: float = 1e-9
) -> FloatArray:
    """Return the policy of one prompt that fits how often each reply beat each other one.

    Every reply has its own score: no feature ties them together.

    Parameters
    ----------
    reference : (K,) array
        Probabilities of the reference, above 0.
    wins : (K, K) array
        How often row was chosen over column: counts, or shares.
    loss : Loss
        DPO's or IPO's.
    ridge : float
        See `fit_gaps`. Nearly 0 for exact shares; say 0.1 for counts, where some reply may never
        have lost.

    Returns
    -------
    (K,) array
        Probabilities.
    """
    won, lost = np.nonzero(wins)
    one_each = np.eye(len(reference))
    scores = fit_gaps(one_each[won] - one_each[lost], wins[won, lost], loss, ridge)
    return np.exp(log_softmax(np.log(reference) + scores))
