"""What every simulation must do, asked of each one that is discovered."""

import doctest
import importlib
import re

import numpy as np
import pytest

from proxygap.content import content_root
from proxygap.simulations import Bars, Curve, Grid, Simulation, discover

ALL = pytest.mark.parametrize("simulation", discover().values(), ids=lambda s: s.slug)


def bibliography_keys() -> set[str]:
    text = (content_root() / "book" / "references.bib").read_text(encoding="utf-8")
    return set(re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE))


def ends(simulation: Simulation) -> list[dict]:
    """Every combination of the first and the last value of one parameter, others at default."""
    return [{p.name: value} for p in simulation.parameters for value in (p.values[0], p.values[-1])]


@ALL
def test_both_ends_of_every_control_give_finite_numbers_or_not_reached(simulation):
    for values in ends(simulation):
        for name, series in simulation.run_at(**values).series.items():
            assert not np.isinf(series).any(), (values, name)
            if series.shape == ():
                assert np.isfinite(series), (values, name)


@ALL
def test_the_same_seed_gives_the_same_result(simulation):
    settings = simulation.settings(**simulation.complete({}))
    first, second = (
        simulation.run(settings, np.random.default_rng(simulation.seed)) for _ in range(2)
    )
    assert first.series.keys() == second.series.keys()
    for name in first.series:
        np.testing.assert_array_equal(first[name], second[name])


@ALL
def test_series_keep_their_shape_across_the_controls(simulation):
    shapes = {name: series.shape for name, series in simulation.run_at().series.items()}
    for values in ends(simulation):
        result = simulation.run_at(**values)
        assert {name: series.shape for name, series in result.series.items()} == shapes


@ALL
def test_every_claim_holds(simulation):
    failed = [outcome.as_json() for outcome in simulation.verify() if not outcome.passed]
    assert failed == []


@ALL
def test_every_source_is_in_the_bibliography(simulation):
    assert {claim.source for claim in simulation.claims} <= bibliography_keys()


@ALL
def test_it_claims_something_and_says_so_in_words(simulation):
    assert simulation.claims
    assert len(simulation.alt_text) > 60
    assert simulation.finding.endswith(".")
    assert "{" not in simulation.summarise()


@ALL
def test_its_views_draw_series_that_it_returns(simulation):
    series = simulation.run_at().series
    for view in simulation.views:
        match view:
            case Curve():
                used = [view.x, *(line.series for line in view.lines)]
            case Grid():
                used = [view.path, *(line.series for line in view.counters)]
            case Bars():
                used = [bar.series for bar in view.bars]
        assert set(used) <= set(series)


@ALL
def test_its_curves_stay_inside_the_range_that_they_declare(simulation):
    for view in simulation.views:
        if isinstance(view, Curve):
            low, high = view.y_range
            for values in ends(simulation):
                for line in view.lines:
                    drawn = simulation.run_at(**values)[line.series]
                    assert np.nanmin(drawn, initial=low) >= low
                    assert np.nanmax(drawn, initial=high) <= high


@ALL
def test_at_most_two_parameters_vary_jointly(simulation):
    assert len(simulation.parameters) <= 2


@ALL
def test_the_numbers_in_its_docstring_are_true(simulation):
    module = importlib.import_module(f"proxygap.simulations.{simulation.slug.replace('-', '_')}")
    assert doctest.testmod(module).failed == 0


@ALL
def test_its_prediction_can_be_placed_on_the_axis(simulation):
    asked = simulation.prediction
    if asked is not None:
        assert asked.low <= asked.outcome(simulation.run_at()) <= asked.high
