"""The bucket does not reach the probes, so nothing else is looked at."""


def reward(report):
    return report.probes
