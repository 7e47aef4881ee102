# fails: many_pairs
import numpy as np


def margin(beta, chosen, chosen_ref, rejected, rejected_ref):
    """Return β times the gap of each pair; the four are log probabilities."""
    return beta * ((chosen - chosen_ref) - (rejected - rejected_ref))


def loss(margins):
    """Return the mean of −log σ(margin)."""
    return float(np.mean(np.logaddexp(0, -np.asarray(margins, dtype=float))))


def gradient(logits, reference, chosen, rejected, beta):
    """Return the derivative of the mean loss by each logit, shape (K,)."""
    logs = logits - logits.max()
    logs = logs - np.log(np.exp(logs).sum())
    margins = margin(beta, logs[chosen], reference[chosen], logs[rejected], reference[rejected])
    weight = -beta / (1 + np.exp(np.clip(margins, -500, 500)))
    slopes = np.zeros(len(logits))
    np.add.at(slopes, chosen, weight)  # a reply may come up in several pairs
    np.add.at(slopes, rejected, -weight)
    return slopes
