STAFF = ("nurse", "pharmacist")
WARDS = range(1, 13)


def regression_test(ask):
    """Return True if the system behind `ask` may go live, False if it may not."""
    raise NotImplementedError("write a test that tells what is broken from what is mended")


# ask("nurse", "convert a dose", 4) says "answered" or "refused".
