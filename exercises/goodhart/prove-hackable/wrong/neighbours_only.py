# fails: any_policies
import numpy as np


def find_pair(wanted, paid, policies):
    pay, worth = policies @ paid, policies @ wanted
    for i in range(len(policies) - 1):
        if pay[i + 1] > pay[i] and worth[i + 1] < worth[i]:
            return i, i + 1
    return None


def prove(wanted, paid):
    return None
