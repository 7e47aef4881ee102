# fails: lap_beats_standing_still
def reward(step):
    return 1
