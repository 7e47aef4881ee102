# fails: over_requests
import math

Z = 1.959964


def asr_at(hits, attempts, k):
    """Return the share of requests that get through at least once in k tries."""
    # Requests differ, so each is judged by its own attempts before the mean is taken.
    missed = [math.comb(attempts - c, k) / math.comb(attempts, k) for c in hits]
    return 1 - sum(missed) / len(hits)


def interval(hits):
    """Return the ends of Wilson's 95 % interval for the share of requests that got through."""
    # A request is the item. Its attempts resemble each other and are no items of their own.
    n = len(hits)
    p = sum(c > 0 for c in hits) / n
    half = Z * math.sqrt(p * (1 - p) / n)
    return p - half, p + half


def at_most(hits, attempts, rate):
    """Return the chance of so many hits or fewer."""
    return sum(
        math.comb(attempts, c) * rate**c * (1 - rate) ** (attempts - c) for c in range(hits + 1)
    )


def upper(hits, attempts):
    """Return the highest rate that so many hits do not refute."""
    if hits == attempts:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if at_most(hits, attempts, middle) > 0.05:
            low = middle
        else:
            high = middle
    return high


def attacker(hits, attempts, tries):
    """Return the highest chance, not refuted, that so many tries get through at least once."""
    return 1 - (1 - upper(hits, attempts)) ** tries
