# fails: leaves_none_dry
def reward(report):
    return report.probes
