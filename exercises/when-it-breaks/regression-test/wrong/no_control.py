# fails: control
STAFF = ("nurse", "pharmacist")
WARDS = range(1, 13)


def regression_test(ask):
    for asker in STAFF:
        for wants in ("convert a dose", "report a count"):
            for ward in WARDS:
                if [ask(asker, wants, ward) for _ in range(60)].count("answered") < 48:
                    return False
    return True
