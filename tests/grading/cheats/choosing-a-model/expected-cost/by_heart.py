"""Knows the worked example."""


def expected_cost(model, work):
    return 3.323 if model == (0.45, 0.02) else 6.3528


def break_even(first, second, refusal, harm):
    return 0.99 / 200.99


def choose(models, ceilings, work, limit):
    return "cautious"


def holds(models, work):
    return True
