# fails: lap_beats_standing_still
def reward(step):
    if step.bump:
        return 0
    return 1 if step.arrow_forward else -2
