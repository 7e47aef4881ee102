# fails: nearly_the_best
def reward(report):
    return report.camera if report.camera < 4 else 0
