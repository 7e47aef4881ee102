# fails: no_other_loop
def reward(step):
    pay = -1
    if step.arrow_forward or step.arrow_backward:
        pay += 3
    if step.arrow_undone:
        pay -= 3
    return pay
