def expected_cost(model, work):
    """Return what a request costs on average."""
    raise NotImplementedError("say what a request costs on average")


def break_even(first, second, refusal, harm):
    """Return the prevalence at which both models cost the same, or None."""
    raise NotImplementedError("say where the two models cost the same")


def choose(models, ceilings, work, limit):
    """Return the name of the cheapest model that is allowed, or None."""
    raise NotImplementedError("choose: constraint first, then cost")


def holds(models, work):
    """Return whether the cheapest model survives each price times 0.5 and times 1.5."""
    raise NotImplementedError("change the prices and see who wins")
