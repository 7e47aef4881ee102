"""A test that nothing passes keeps every broken system out."""


def regression_test(ask):
    return False
