"""Posture: how often a model refuses what it should do, and does what it should refuse.

Items to ask, graders to judge the answers, and what a buyer keeps: a posture card and a decision
record. Everything but the runner works in the page.
"""
