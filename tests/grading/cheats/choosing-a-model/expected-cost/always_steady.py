"""Right about costs; never tries another price."""


def expected_cost(model, work):
    prevalence, refusal, harm = work
    return (1 - prevalence) * model[0] * refusal + prevalence * model[1] * harm


def break_even(first, second, refusal, harm):
    saved, risked = refusal * (first[0] - second[0]), harm * (second[1] - first[1])
    if saved * risked <= 0:
        return None
    return saved / (saved + risked)


def choose(models, ceilings, work, limit):
    allowed = [name for name in models if ceilings[name] <= limit]
    return min(allowed, key=lambda name: expected_cost(models[name], work), default=None)


def holds(models, work):
    return True
