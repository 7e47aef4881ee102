# fails: pays_a_number
def reward(report):
    if report.probes == 2 or report.camera < 4:
        return report.camera
