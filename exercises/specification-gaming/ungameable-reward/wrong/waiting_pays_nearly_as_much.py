# fails: learners_race
def reward(step):
    if step.bump:
        return 0.6
    pay = -1
    if step.arrow_forward:
        pay += 7
    if step.arrow_undone:
        pay -= 7
    return pay
