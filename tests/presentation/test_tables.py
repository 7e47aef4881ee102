"""A page reads from the table what Python computed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proxygap.presentation.tables import MISSING, TableTooLarge, build_table, grid_points
from proxygap.simulations import Parameter, get
from tests.presentation.builders import Counter, make_simulation, two_lines

POINTS = 6  # three pressures, two moods
SIZES = st.floats(-1e6, 1e6).map(lambda x: round(x, 6))


def tabled(values: np.ndarray):
    """Return the table of a simulation with the series `values`, one row a grid point."""
    order = list(itertools.product((0.0, 1.0, 2.0), ("calm", "wild")))
    return build_table(
        make_simulation(lambda p, m: {"x": values[order.index((p, m))], "last": 0.0})
    )


@settings(max_examples=60, deadline=None)
@given(arrays(float, (POINTS, 4), elements=SIZES | st.just(np.nan)))
def test_each_number_comes_back_within_half_a_quantum(values):
    table = tabled(values)
    entry = table.series[0]
    for point in range(POINTS):
        decoded = table.decode(point)["x"]
        np.testing.assert_array_equal(np.isnan(decoded), np.isnan(values[point]))
        measure = np.log if entry.scale == "log" else np.asarray
        error = np.nan_to_num(np.abs(measure(decoded) - measure(values[point])))
        assert error.max() <= entry.quantum * (0.5 + 1e-6) + 1e-9


@settings(max_examples=30, deadline=None)
@given(arrays(float, (POINTS, 4), elements=st.floats(1e-6, 1e6) | st.just(np.nan)))
def test_positive_numbers_that_differ_by_large_factors_keep_their_digits(values):
    values[0, 0], values[-1, -1] = 1e-6, 1e6
    table = tabled(values)
    assert table.series[0].scale == "log"
    for point in range(POINTS):
        # The codes span 10¹²: half a code is a factor of exp(ln(10¹²) / 65534 / 2) = 1.00021.
        np.testing.assert_allclose(table.decode(point)["x"], values[point], rtol=2.2e-4)


@settings(max_examples=30, deadline=None)
@given(arrays(float, (POINTS, 3), elements=st.integers(-30_000, 30_000).map(float)))
def test_whole_numbers_come_back_exactly(values):
    table = tabled(values)
    for point in range(POINTS):
        np.testing.assert_array_equal(table.decode(point)["x"], values[point])


def test_the_lowest_number_has_code_0_the_highest_65534_and_nan_65535():
    values = np.array([[0.5], [1.5], [np.nan], [0.75], [1.0], [1.25]])
    codes = np.frombuffer(tabled(values).data, "<u2")[:POINTS]
    assert list(codes) == [0, 65534, 65535, 16384, 32767, 49150]


def test_a_series_without_any_number_comes_back_as_nan():
    table = tabled(np.full((POINTS, 2), np.nan))
    assert np.isnan(table.decode(3)["x"]).all()


def test_a_series_that_no_parameter_changes_is_stored_once():
    # step does not vary: 5 numbers. proxy and truth vary: 6 × 5 each. last varies: 6.
    table = build_table(make_simulation(two_lines))
    assert len(table.data) == 2 * (5 + 30 + 30 + 6)
    assert [entry.varies for entry in table.series] == [False, True, True, True]


def test_nan_counts_as_equal_when_copies_are_compared():
    series = {"x": [1.0, np.nan], "last": 0.0}
    table = build_table(make_simulation(lambda *_: series))
    assert not table.series[0].varies


def test_each_grid_point_has_the_sentence_that_python_says_about_it():
    simulation = make_simulation(two_lines)
    table = build_table(simulation)
    assert table.summaries[0] == "At 0 nats, calm: 0.0."
    assert table.summaries[3] == "At 1 nats, wild: 3.7."  # 4 − 1/3
    said = [simulation.summarise(**values) for values in grid_points(simulation)]
    assert list(table.summaries) == said


def test_the_description_for_the_page_is_json_able():
    described = build_table(make_simulation(two_lines)).as_json()
    assert described["bytes"] == 142
    assert described["series"][1] == {
        "name": "proxy", "shape": (5,), "offset": 5, "varies": True, "low": 0.0,
        "high": 65534.0, "scale": "linear", "missing": MISSING,
    }  # fmt: skip


def test_a_table_over_budget_says_how_large_it_is_and_what_to_thin():
    with pytest.raises(TableTooLarge) as refused:
        build_table(make_simulation(two_lines), budget=100)
    message = str(refused.value)
    assert message.startswith("tests/presentation/builders.py:")
    assert message.partition(": ")[2] == (
        "the table of 'toy' takes 142 bytes; a page may fetch 100 bytes. Thin the parameter "
        "'pressure': offer about 2 of its 3 values. Or shorten the series 'proxy', which takes "
        "60 bytes."
    )


def test_a_hopeless_grid_is_refused_before_it_is_computed():
    many = tuple(float(n) for n in range(100_000))
    counter = Counter()
    simulation = make_simulation(counter, parameters=(
        Parameter("pressure", "Pressure", many, 0.0), Parameter("mood", "Mood", ("calm",), "calm"),
    ))  # fmt: skip
    with pytest.raises(TableTooLarge, match="takes 1,200 kB; a page may fetch 400 kB"):
        build_table(simulation)
    assert counter.calls <= 4


@pytest.mark.slow
def test_the_boat_race_fits_and_says_what_python_says_everywhere():
    simulation = get("boat-race")
    table = build_table(simulation)
    assert len(table.data) < 150_000
    for point, values in enumerate(grid_points(simulation)):
        decoded = table.decode(point)
        result = simulation.run_at(**values)
        for entry in table.series:
            error = np.nan_to_num(np.abs(decoded[entry.name] - result[entry.name]))
            assert error.max() <= entry.quantum * 0.500001
        np.testing.assert_array_equal(decoded["path"], result["path"])
        assert table.summaries[point] == simulation.summarise(**values)
