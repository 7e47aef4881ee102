# fails: holding_pays_less
def reward(report):
    return 0.02 * report.camera
