# fails: any_order
import numpy as np


def worth(score, truth, n):
    at_most = np.arange(1, len(score) + 1) / len(score)
    return float(np.sum((at_most**n - (at_most - 1 / len(score)) ** n) * truth))


def where_it_peaks(score, truth, sizes):
    return max(sizes, key=lambda n: worth(score, truth, n))
