"""The benchmark of the labs judges what it measured."""

from bench import labs


def test_a_lab_is_judged_by_its_slow_presses():
    quick, slow = [40.0] * 20, [40.0] * 18 + [150.0] * 2
    taken = {one.slug: [{"ms": quick}] for one in labs.LABS} | {"posture-picker": [{"ms": slow}]}
    section = labs.section(taken)
    late = {row[0]: row[2:] for row in section.tables[0].rows}
    assert late.pop("posture-picker") == ("40.0 ms", "150.0 ms")
    assert set(late.values()) == {("40.0 ms", "40.0 ms")}
    missed = [one.what for one in section.promises if one.verdict == "**missed**"]
    assert missed == ["lab: an action in the page, posture-picker"]
