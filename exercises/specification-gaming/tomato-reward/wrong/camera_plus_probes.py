# fails: unseen
def reward(report):
    return report.camera + report.probes
