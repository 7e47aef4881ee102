"""Adds everything up; the bucket then pays a little less than it did."""


def reward(report):
    return report.camera + report.probes
