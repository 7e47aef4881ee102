# fails: unseen_track
def reward(step):
    if step.bump or step.arrow_backward or step.arrow_undone:
        return -1
    return 1
