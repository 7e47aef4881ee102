"""From results to what a learner sees: figures, tables for pages, widgets for notebooks."""
