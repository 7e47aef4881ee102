# fails: rocking_pays_less
def reward(step):
    return -1 + 3 * step.arrow_forward
