"""The benchmark of the labs judges what it measured."""

from bench import labs


def test_a_lab_is_judged_by_its_slow_presses():
    quick, slow = [40.0] * 20, [40.0] * 18 + [150.0] * 2
    taken = {"write-the-reward": [{"ms": quick}], "posture-picker": [{"ms": slow}]}
    section = labs.section(taken)
    assert [row[2:] for row in section.tables[0].rows] == [
        ("40.0 ms", "40.0 ms"), ("40.0 ms", "150.0 ms"),
    ]  # fmt: skip
    assert [promise.verdict for promise in section.promises] == ["met", "**missed**"]
