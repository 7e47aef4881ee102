"""Sphinx directives. A module in this folder that defines ``setup(app)`` is loaded."""
