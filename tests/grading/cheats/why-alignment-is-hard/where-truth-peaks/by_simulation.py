"""Draws ten thousand times in place of thinking."""

import numpy as np


def worth(score, truth, n):
    drawn = np.random.default_rng(0).integers(len(score), size=(10_000, min(n, 100)))
    return float(truth[drawn[np.arange(10_000), score[drawn].argmax(axis=1)]].mean())


def where_it_peaks(score, truth, sizes):
    return max(sizes, key=lambda n: worth(score, truth, n))
