# fails: one_request
def expected_cost(model, work):
    prevalence, refusal, harm = work
    over_refusal, harmful = model
    return (1 - prevalence) * over_refusal + prevalence * harmful


def break_even(first, second, refusal, harm):
    saved = refusal * (first[0] - second[0])
    risked = harm * (second[1] - first[1])
    if saved + risked == 0:
        return None
    share = saved / (saved + risked)
    return share if 0 < share < 1 else None


def cheapest(models, work):
    return min(models, key=lambda name: expected_cost(models[name], work))


def choose(models, ceilings, work, limit):
    allowed = {name: model for name, model in models.items() if ceilings[name] <= limit}
    if not allowed:
        return None
    return cheapest(allowed, work)


def holds(models, work):
    winner = cheapest(models, work)
    prevalence, refusal, harm = work
    changed = [(prevalence, refusal * by, harm) for by in (0.5, 1.5)]
    changed += [(prevalence, refusal, harm * by) for by in (0.5, 1.5)]
    return all(cheapest(models, other) == winner for other in changed)
