# fails: cost
import math

import numpy as np


def ppv(prevalence, tpr, fpr):
    """Return the share of the alarms that are right; None where nothing raises one."""
    right = prevalence * tpr
    alarms = right + (1 - prevalence) * fpr
    return right / alarms if alarms > 0 else None


def expected_cost(threshold, harmful, harmless, prevalence, costs):
    """Return the expected cost of one request; harmful and harmless are arrays of scores."""
    miss, alarm = costs
    missed = float(np.mean(harmful <= threshold))
    stopped = float(np.mean(harmless > threshold))
    return prevalence * missed * miss + (1 - prevalence) * stopped * alarm


def best_threshold(harmful, harmless, prevalence, costs):
    """Return a threshold with the least expected cost."""
    # The cost changes only where a score lies; above all of them nothing is stopped.
    candidates = [*np.unique(np.concatenate([harmful, harmless])).tolist(), math.inf]

    def cost(threshold):
        return expected_cost(threshold, harmful, harmless, prevalence, costs)

    return min(candidates, key=cost)
