def expected_cost(model, work):
    """Return what a request costs on average."""
    prevalence, refusal, harm = work
    over_refusal, harmful = model
    return (1 - prevalence) * over_refusal * refusal + prevalence * harmful * harm


def break_even(first, second, refusal, harm):
    """Return the prevalence at which both models cost the same, or None."""
    saved = refusal * (first[0] - second[0])
    risked = harm * (second[1] - first[1])
    if saved + risked == 0:
        return None
    share = saved / (saved + risked)
    return share if 0 < share < 1 else None


def choose(models, ceilings, work, limit):
    """Return the name of the cheapest model that is allowed, or None."""
    allowed = [name for name in models if ceilings[name] <= limit]
    return min(allowed, key=lambda name: expected_cost(models[name], work), default=None)


def holds(models, work):
    """Return whether the cheapest model survives each price times 0.5 and times 1.5."""
    prevalence, refusal, harm = work

    def winner(*prices):
        return min(models, key=lambda name: expected_cost(models[name], (prevalence, *prices)))

    changed = [(refusal * by, harm) for by in (0.5, 1.5)]
    changed += [(refusal, harm * by) for by in (0.5, 1.5)]
    return all(winner(*prices) == winner(refusal, harm) for prices in changed)
