# fails: rocking_pays_less
def reward(step):
    pay = -1
    if step.arrow_forward:
        pay += 3
    if step.arrow_backward:
        pay -= 3
    return pay
