"""Right about costs; chooses the model that answers the fewest harmful requests."""


def expected_cost(model, work):
    prevalence, refusal, harm = work
    return (1 - prevalence) * model[0] * refusal + prevalence * model[1] * harm


def break_even(first, second, refusal, harm):
    saved, risked = refusal * (first[0] - second[0]), harm * (second[1] - first[1])
    if saved * risked <= 0:
        return None
    return saved / (saved + risked)


def choose(models, ceilings, work, limit):
    strictest = min(models, key=lambda name: models[name][1])
    return strictest if ceilings[strictest] <= limit else None


def holds(models, work):
    return False
