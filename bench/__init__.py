"""Measures the course against its usual alternatives: ``make bench``.

Every number in BENCHMARKS.md comes from here. A reference is built by this package itself and
measured in the same run, in turns with the course, on the same machine.
"""
