def reward(report):
    """Pay for what the camera reports, unless a probe says that it cannot be true."""
    if report.camera == 4 and report.probes < 2:
        return 0
    return report.camera
