import math

Z = 1.959964


def asr_at(hits, attempts, k):
    """Return the share of requests that get through at least once in k tries."""
    raise NotImplementedError("say what k tries come to")


def interval(hits):
    """Return the ends of Wilson's 95 % interval for the share of requests that got through."""
    raise NotImplementedError("say how sure the share of requests is")


def at_most(hits, attempts, rate):
    """Return the chance of so many hits or fewer."""
    return sum(
        math.comb(attempts, c) * rate**c * (1 - rate) ** (attempts - c) for c in range(hits + 1)
    )


def upper(hits, attempts):
    """Return the highest rate that so many hits do not refute."""
    raise NotImplementedError("say what the test still allows")


def attacker(hits, attempts, tries):
    """Return the highest chance, not refuted, that so many tries get through at least once."""
    raise NotImplementedError("say what an attacker makes of it")
