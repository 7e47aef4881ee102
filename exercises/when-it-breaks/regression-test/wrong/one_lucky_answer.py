# fails: fails_before
STAFF = ("nurse", "pharmacist")
WARDS = range(1, 13)


def regression_test(ask):
    return any(ask("nurse", "convert a dose", 4) == "answered" for _ in range(10))
