import math

import numpy as np


def ppv(prevalence, tpr, fpr):
    """Return the share of the alarms that are right; None where nothing raises one."""
    raise NotImplementedError("say what an alarm is worth")


def expected_cost(threshold, harmful, harmless, prevalence, costs):
    """Return the expected cost of one request; harmful and harmless are arrays of scores."""
    raise NotImplementedError("say what a threshold costs")


def best_threshold(harmful, harmless, prevalence, costs):
    """Return a threshold with the least expected cost."""
    raise NotImplementedError("find the best threshold")
