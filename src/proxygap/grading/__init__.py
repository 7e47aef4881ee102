"""Grading: one ``checks.py`` serves the page, the command line and a notebook.

An author writes checks with `proxygap.grading.authoring`; a runner answers with a `Report`.
"""
