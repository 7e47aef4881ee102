def reward(step):
    """Count like a meter that also runs backwards."""
    pay = -1  # every step costs, a bump included
    if step.arrow_forward:
        pay += 3
    if step.arrow_undone:
        pay -= 3  # what the arrow earned, its undoing costs
    return pay
