"""What every simulation must do, asked of each one that is discovered."""

import doctest
import importlib
import re

import numpy as np
import pytest

from proxygap.content import content_root
from proxygap.simulations import Bars, Curve, Grid, Line, Plane, Simulation, View, discover

ALL = pytest.mark.parametrize("simulation", discover().values(), ids=lambda s: s.slug)


def bibliography_keys() -> set[str]:
    text = (content_root() / "book" / "references.bib").read_text(encoding="utf-8")
    return set(re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE))


def ends(simulation: Simulation) -> list[dict]:
    """Every combination of the first and the last value of one parameter, others at default."""
    return [{p.name: value} for p in simulation.parameters for value in (p.values[0], p.values[-1])]


def of_line(line: Line) -> list[str]:
    """Every series that a line needs."""
    return [name for name in (line.series, line.low, line.high) if name]


def drawn_by(view: View) -> list[str]:
    """Every series that a view draws."""
    match view:
        case Curve():
            lines = [name for line in view.lines for name in of_line(line)]
            return [view.x, *lines, *([view.marker] if view.marker else [])]
        case Plane():
            return [name for mark in view.marks for name in (mark.x, mark.y)]
        case Grid():
            moving = [mover.path for mover in view.movers]
            changing = [faces.series for faces in view.faces]
            return [view.path, *(line.series for line in view.counters), *moving, *changing]
        case Bars():
            return [bar.series for bar in view.bars]


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
        used = [*drawn_by(view)]
        assert used
        assert set(used) <= set(series)


@ALL
def test_what_stands_in_one_picture_has_one_shape(simulation):
    series = simulation.run_at().series
    for view in simulation.views:
        match view:
            case Curve():
                along = [name for line in view.lines for name in of_line(line)]
                assert {series[name].shape for name in (view.x, *along)} == {series[view.x].shape}
                assert not view.marker or series[view.marker].shape == ()
            case Plane():
                for mark in view.marks:
                    assert series[mark.x].ndim == 1
                    assert series[mark.x].shape == series[mark.y].shape
            case Grid():
                moments = series[view.path].shape
                same = [*(line.series for line in view.counters), *(m.path for m in view.movers)]
                assert {series[name].shape for name in same} <= {moments}
                for faces in view.faces:
                    tiles = "".join(view.art).count(faces.tile)
                    assert series[faces.series].shape == (*moments, tiles)


@ALL
def test_what_walks_stays_on_its_map_and_stands_there_at_the_start(simulation):
    for view in simulation.views:
        if isinstance(view, Grid):
            cells = "".join(view.art)
            for values in ends(simulation):
                series = simulation.run_at(**values).series
                path = series[view.path]
                known = path[np.isfinite(path)]
                assert np.isfinite(path[0])
                assert np.isfinite(path[: len(known)]).all()  # it ends, it does not come back
                assert not {cells[int(cell)] for cell in known} & {"#"}
                for faces in view.faces:
                    states = series[faces.series][: len(known)]
                    assert np.isin(states, range(len(faces.names))).all()


@ALL
def test_every_sign_on_its_maps_is_in_the_legend(simulation):
    for view in simulation.views:
        if isinstance(view, Grid):
            assert set("".join(view.art)) - {" "} <= set("".join(view.legend))


@ALL
def test_a_logarithmic_axis_has_only_numbers_above_0(simulation):
    for view in simulation.views:
        if isinstance(view, Curve) and view.x_scale == "log":
            for values in ends(simulation):
                result = simulation.run_at(**values)
                assert (result[view.x] > 0).all()
                assert not view.marker or result[view.marker] > 0


@ALL
def test_its_curves_stay_inside_the_range_that_they_declare(simulation):
    for view in simulation.views:
        if isinstance(view, Curve):
            low, high = view.y_range
            for values in ends(simulation):
                result = simulation.run_at(**values)
                for name in (name for line in view.lines for name in of_line(line)):
                    assert np.nanmin(result[name], initial=low) >= low, (values, name)
                    assert np.nanmax(result[name], initial=high) <= high, (values, name)


@ALL
def test_the_dots_of_its_planes_stay_inside_the_range_that_they_declare(simulation):
    for view in simulation.views:
        if isinstance(view, Plane):
            for values in ends(simulation):
                result = simulation.run_at(**values)
                for mark in (mark for mark in view.marks if mark.shape == "dot"):
                    for name, (low, high) in ((mark.x, view.x_range), (mark.y, view.y_range)):
                        assert np.nanmin(result[name], initial=low) >= low, (values, name)
                        assert np.nanmax(result[name], initial=high) <= high, (values, name)


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
