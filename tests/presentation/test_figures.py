"""Figures keep the house style and say what the simulation found."""

from __future__ import annotations

import itertools
import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

from proxygap.presentation import figures
from proxygap.presentation._style import styles
from proxygap.presentation.figures import figure, picture
from proxygap.simulations import Grid, Line, Result, get
from tests.presentation.builders import make_simulation, two_lines
from tests.presentation.toy_views import log_toy, plane_toy, room_toy

MAP = Grid("A walk", ("####", "#A>#", "#  #", "####"), "path", (Line("seen", "seen", "truth"),),
           walker="robot", legend={"A": "start"})  # fmt: skip


def texts(axes):
    """Return what is written in a panel, line breaks undone."""
    return [text.get_text().replace("\n", " ") for text in axes.texts if text.get_text()]


def lines_of(drawn):
    """Return the drawn series of the first panel: everything with more than two points."""
    return [line for line in drawn.axes[0].lines if len(line.get_xdata()) > 2]


def test_the_finding_is_the_title_of_the_default_run():
    drawn = figure(make_simulation(two_lines))
    assert drawn.get_suptitle() == "The lines part."


def test_another_run_does_not_claim_the_finding_of_the_default_run():
    simulation = make_simulation(two_lines)
    drawn = figure(simulation, simulation.run_at(pressure=2.0, mood="wild"))
    assert drawn.get_suptitle() == "A toy"


def test_the_proxy_is_vermillion_and_dashed_and_the_truth_blue_and_solid():
    proxy, truth = lines_of(figure(make_simulation(two_lines)))
    assert (to_hex(proxy.get_color()), proxy.is_dashed()) == ("#d55e00", True)
    assert (to_hex(truth.get_color()), truth.is_dashed()) == ("#0072b2", False)
    assert proxy.get_zorder() > truth.get_zorder()  # where they coincide both are visible


def test_lines_are_labelled_directly_and_not_by_a_legend():
    axes = figure(make_simulation(two_lines)).axes[0]
    assert texts(axes) == ["what is paid", "what we wanted"]
    assert axes.get_legend() is None


def test_a_line_is_drawn_with_the_numbers_of_the_result():
    simulation = make_simulation(two_lines)
    result = simulation.run_at(pressure=2.0)
    proxy, truth = lines_of(figure(simulation, result))
    np.testing.assert_array_equal(proxy.get_ydata(), [0, 2, 4, 6, 8])
    np.testing.assert_array_equal(truth.get_ydata(), [0, 1, 2, 3, np.nan])


def test_a_label_stands_at_the_last_number_and_not_at_the_gap():
    axes = figure(make_simulation(two_lines)).axes[0]
    truth = next(text for text in axes.texts if "wanted" in text.get_text())
    assert truth.xy[0] == 3


@pytest.mark.parametrize("mood", ["calm", "wild"])
def test_labels_do_not_cover_each_other(mood):
    simulation = make_simulation(two_lines)
    drawn = figure(simulation, simulation.run_at(pressure=1.0, mood=mood))
    drawn.canvas.draw()
    boxes = [text.get_window_extent() for text in drawn.axes[0].texts if text.get_text()]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_bars_are_as_long_as_their_numbers_and_say_them():
    axes = figure(make_simulation(two_lines)).axes[1]
    (bar,) = axes.patches
    assert bar.get_width() == pytest.approx(4 - 1 / 3)
    assert texts(axes) == ["final score: 3.7"]


def test_the_trail_has_one_arrow_for_each_direction_of_each_edge():
    walk = {"path": [5.0, 6.0, 5.0, 6.0, 10.0], "seen": [0.0, 1.0, 2.0, 3.0, 4.0]}
    axes = figure(make_simulation(lambda *_: walk | {"last": 0.0}, views=(MAP,))).axes[0]
    arrows = [patch for patch in axes.patches if type(patch).__name__ == "FancyArrowPatch"]
    assert len(arrows) == 2 * 3  # a line and a head each: 5→6, 6→5, 6→10
    assert "seen 4 after 4 steps" in texts(axes)


def test_the_same_simulation_gives_the_same_bytes():
    assert picture(make_simulation(two_lines)).svg == picture(make_simulation(two_lines)).svg


def test_the_picture_has_the_size_it_claims_no_date_and_text_that_is_text():
    drawn = picture(make_simulation(two_lines))
    root = ET.fromstring(drawn.svg)  # noqa: S314 (our own bytes)
    points = float(root.attrib["width"].removesuffix("pt"))
    assert drawn.width == round(points * 96 / 72)
    assert b"<dc:date>" not in drawn.svg
    assert "what we wanted" in "".join(root.itertext())


def test_on_a_phone_the_views_stand_in_a_column_that_fits():
    wide, narrow = (picture(make_simulation(two_lines), narrow=n) for n in (False, True))
    assert narrow.width <= 360 < wide.width
    assert narrow.height > narrow.width


def test_the_paper_is_painted_so_that_the_figure_reads_on_a_dark_page():
    assert to_hex(figure(get("boat-race")).get_facecolor()) == "#fdfcf9"


def test_drawing_leaves_matplotlibs_global_state_alone():
    before = dict(mpl.rcParams)
    picture(make_simulation(two_lines))
    assert dict(mpl.rcParams) == before
    code = "import sys, proxygap.presentation.figures; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --- Logarithmic axes, markers, bands and single points ----------------------------------------


def test_a_logarithmic_axis_has_powers_of_ten_as_ticks():
    axes = figure(log_toy()).axes[0]
    axes.figure.canvas.draw()
    assert axes.get_xscale() == "log"
    shown = [tick.get_text() for tick in axes.get_xticklabels()]
    assert shown == ["1", "10", "100", "1k", "10k"]


def test_the_marker_stands_where_the_setting_is_with_a_dot_on_each_line():
    simulation = log_toy()
    axes = figure(simulation, simulation.run_at(pressure=2.0)).axes[0]
    rules = [line for line in axes.lines if list(line.get_xdata()) == [100.0, 100.0]]
    assert len(rules) == 1
    dots = {tuple(map(float, line.get_xydata()[0])) for line in axes.lines
            if line.get_marker() == "o" and len(line.get_xdata()) == 1}  # fmt: skip
    assert dots == {(100.0, 4.0), (100.0, 2.0), (100.0, 2.3)}


def test_a_band_is_as_wide_as_its_two_series():
    (band,) = figure(log_toy()).axes[0].collections
    heights = band.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (-0.5, 4.5)


def test_points_that_were_measured_are_not_joined():
    axes = figure(log_toy()).axes[0]
    measured = [line for line in axes.lines if len(line.get_xdata()) == 17][-1]
    assert (measured.get_linestyle(), measured.get_marker()) == ("None", "o")


def test_neutral_lines_are_told_apart_by_their_dashes():
    assert len({str(style.dash) for style in styles(["neutral", "proxy", "neutral"])}) == 3


# --- Planes --------------------------------------------------------------------------------------


def test_a_cloud_is_drawn_with_the_numbers_of_the_result():
    simulation = plane_toy()
    cloud = next(c for c in figure(simulation).axes[0].collections if len(c.get_offsets()) > 100)
    shown = np.ma.filled(cloud.get_offsets(), np.nan)
    result = simulation.run_at()
    known = np.isfinite(result["all_truth"])
    np.testing.assert_array_equal(shown[known, 0], result["all_proxy"][known])
    np.testing.assert_array_equal(shown[known, 1], result["all_truth"][known])


def test_the_titles_of_the_axes_have_the_ink_of_what_they_measure():
    axes = figure(plane_toy()).axes[0]
    assert to_hex(axes.xaxis.label.get_color()) == "#a84300"
    assert to_hex(axes.yaxis.label.get_color()) == "#00609a"


@pytest.mark.parametrize("pressure", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("mood", ["calm", "wild"])
def test_the_labels_of_a_plane_do_not_cover_each_other_and_stay_inside(pressure, mood):
    simulation = plane_toy()
    drawn = figure(simulation, simulation.run_at(pressure=pressure, mood=mood))
    drawn.canvas.draw()
    axes = drawn.axes[0]
    assert len(texts(axes)) == 5
    boxes = [text.get_window_extent() for text in axes.texts]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    frame = axes.get_window_extent().padded(8)
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)


# --- Rooms ---------------------------------------------------------------------------------------


def test_a_walk_that_ends_early_is_counted_to_its_end():
    axes = figure(room_toy()).axes[0]
    assert {"paid 12 after 4 steps", "wanted \N{MINUS SIGN}4 after 4 steps"} <= set(texts(axes))


def test_a_thing_that_left_the_map_is_not_drawn():
    simulation = room_toy()
    left = texts(figure(simulation).axes[0])  # the box leaves at step 3
    early = simulation.run_at()
    kept = {**early.series, "path": np.where(np.arange(9) < 3, early["path"], np.nan)}
    assert "B" not in left
    assert "B" in texts(figure(simulation, Result(kept)).axes[0])


def test_tiles_that_change_are_filled_as_they_are_at_the_end():
    patches = figure(room_toy()).axes[0].patches
    fills = [p.radius for p in patches if isinstance(p, Circle) and p.get_edgecolor()[3] == 0]
    assert fills == pytest.approx([0, 0, 0, 0.27])  # after 4 steps the fourth is still watered


def test_the_marker_reads_each_line_where_the_setting_stands():
    simulation = log_toy()
    axes = figure(simulation, simulation.run_at(pressure=2.0)).axes[0]
    assert {"4", "2", "2.3"} <= set(texts(axes))


@pytest.mark.parametrize("make", [log_toy, plane_toy])
def test_labels_on_a_phone_stay_inside_their_panel(make):
    drawn = figures._in_a_column(make(), make().run_at())
    drawn.canvas.draw()
    axes = drawn.axes[0]
    page = axes.get_window_extent().padded(10)
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
    assert len(boxes) >= 5
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for box in boxes)
    assert all(page.y0 <= box.y0 and box.y1 <= page.y1 for box in boxes)


def test_many_views_stand_in_rows_so_that_their_text_can_be_read():
    views = (make_simulation(two_lines).views[0],) * 5
    wide = picture(make_simulation(two_lines, views=views))
    assert wide.width < 1400
    assert wide.height > 500
