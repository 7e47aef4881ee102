def reward(step):
    """Return the pay for one step.

    step.bump, step.arrow_forward, step.arrow_backward
    and step.arrow_undone are True or False.
    """
    raise NotImplementedError("decide what a step pays")
