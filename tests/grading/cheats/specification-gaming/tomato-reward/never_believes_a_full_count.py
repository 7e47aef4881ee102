"""A camera that reports four is lying, whatever the probes say."""


def reward(report):
    return 0 if report.camera == 4 else report.camera
