# fails: holding_pays_less
def reward(report):
    return 1
