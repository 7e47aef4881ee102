"""Right as long as Wilson's upper end may stand in for the exact bound."""

import math

Z = 1.959964


def asr_at(hits, attempts, k):
    missed = [math.comb(attempts - c, k) / math.comb(attempts, k) for c in hits]
    return 1 - sum(missed) / len(hits)


def ends(k, n):
    p = k / n
    middle = p + Z**2 / (2 * n)
    half = Z * math.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return (middle - half) / (1 + Z**2 / n), (middle + half) / (1 + Z**2 / n)


def interval(hits):
    return ends(sum(c > 0 for c in hits), len(hits))


def upper(hits, attempts):
    return ends(hits, attempts)[1]


def attacker(hits, attempts, tries):
    return 1 - (1 - upper(hits, attempts)) ** tries
