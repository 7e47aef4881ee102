# fails: by_hand
import numpy as np
from math import comb


def worth(score, truth, n):
    ordered = truth[np.argsort(score)]
    total = comb(len(score), n)
    return float(sum(comb(rank, n - 1) / total * value for rank, value in enumerate(ordered)))


def where_it_peaks(score, truth, sizes):
    return max(sizes, key=lambda n: worth(score, truth, n))
