"""Charts on a page: what is drawn is what Python computed, on a phone and in the dark too."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from proxygap.simulations import Claim
from proxygap.site.server import serve
from tests.browser import toy_page
from tests.browser.axe import violations
from tests.browser.reach import box_of, eventually, expect_no_sideways, reach
from tests.browser.test_explorer import (
    cells,
    counters,
    labels_stand_apart,
    number,
    press,
    slider,
)
from tests.browser.toy_page import toy, write_page
from tests.presentation.builders import make_simulation, two_lines
from tests.presentation.toy_views import log_toy, plane_toy, room_toy, warehouse_toy

pytestmark = pytest.mark.browser
toy_guard, context, visit = toy_page.toy_guard, toy_page.context, toy_page.visit

PAGES = {"log": log_toy, "plane": plane_toy, "room": room_toy, "warehouse": warehouse_toy}


@pytest.fixture(scope="module")
def toy_url(tmp_path_factory) -> Iterator[str]:
    subprocess.run([sys.executable, "-m", "proxygap.site.bundle"], check=True)
    root = tmp_path_factory.mktemp("charts")
    for name, make in PAGES.items():
        write_page(root, f"{name}.html", make())
    write_page(root, "five.html", toy(), log_toy(), plane_toy(), room_toy(), warehouse_toy())
    claims = (Claim("It holds", "leike2017", lambda _: 0.0, 0, 0),)
    write_page(root, "cited.html", make_simulation(two_lines, claims=claims))
    with serve(root, base="/sub/path/") as address:
        yield address


def places(page: Page, axis: str) -> dict[float, float]:
    """Return where the ticks of an axis stand on the screen, by their numbers."""
    side, length = ("x", "width") if axis == "x" else ("y", "height")
    ticks = page.locator(f".pg-axis-{axis} .tick")
    boxes = [(tick.text_content(), box_of(tick.locator("line"))) for tick in ticks.all()]
    return {number(text.replace("k", "000")): box[side] + box[length] / 2 for text, box in boxes}


def along(page: Page, axis: str, *, log: bool = False):
    """Return a function from numbers to pixels."""
    known = places(page, axis)
    scale = np.log10 if log else np.asarray
    slope, start = np.polyfit([scale(value) for value in known], list(known.values()), 1)
    return lambda value: start + slope * float(scale(value))


def middle(mark: Locator) -> tuple[float, float]:
    box = box_of(mark)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# --- Logarithmic axes, markers, bands and points -------------------------------------------------


def test_a_logarithmic_axis_has_powers_of_ten_at_equal_distances(visit):
    page = visit("log.html")
    expect(page.locator(".pg-axis-x .tick")).to_have_text(["1", "10", "100", "1k", "10k"])
    steps = np.diff(sorted(places(page, "x").values()))
    np.testing.assert_allclose(steps, steps[0], atol=0.6)


def test_the_marker_follows_the_slider_and_reads_each_line_there(visit):
    page = visit("log.html")
    slider(page).press("ArrowRight")
    result = log_toy().run_at(pressure=2.0)
    expect(page.locator(".pg-marker-value")).to_have_text("100")
    rule = page.locator(".pg-marker-rule")
    assert middle(rule)[0] == pytest.approx(along(page, "x", log=True)(100), abs=0.6)
    values = page.locator("text.pg-label.pg-number:not(.pg-marker-value)")
    shown = [float(text) for text in values.all_text_contents()]
    at = int(np.abs(result["samples"] - 100).argmin())
    expected = [result[name][at] for name in ("proxy", "truth", "measured")]
    np.testing.assert_allclose(shown, expected, atol=0.051)
    dot = page.locator(".pg-dot.pg-mark-proxy")
    assert middle(dot) == pytest.approx((middle(rule)[0], along(page, "y")(expected[0])), abs=0.7)


def test_the_number_of_the_marker_takes_the_place_of_the_axis_number(visit):
    page = visit("log.html")
    hidden = page.locator(".pg-axis-x .tick text[opacity='0']")
    expect(hidden).to_have_text(["10"])
    slider(page).press("End")
    expect(hidden).to_have_text(["1k"])


def test_a_band_reaches_from_its_lower_to_its_upper_series(visit):
    page = visit("log.html")
    result = log_toy().run_at()
    box = box_of(page.locator(".pg-band.pg-mark-truth[d]").first)
    y = along(page, "y")
    assert box["y"] == pytest.approx(y(result["truth_high"].max()), abs=0.7)
    assert box["y"] + box["height"] == pytest.approx(y(result["truth_low"].min()), abs=0.7)


def test_points_are_drawn_one_by_one_where_they_were_measured(visit):
    page = visit("log.html")
    outline = page.locator("path.pg-point.pg-mark-truth").get_attribute("d")
    assert outline.count("M") == np.isfinite(log_toy().run_at()["measured"]).sum()
    assert "L" not in outline


def test_edges_of_a_band_and_single_points_are_in_the_table(visit):
    page = visit("log.html")
    page.get_by_text("The numbers behind this").press("Enter")
    rows = cells(page, "More samples, more error")
    expect(page.locator(".pg-numbers thead th")).to_have_text([
        "samples (log scale)", "what is paid", "what we wanted", "what we wanted, lower edge",
        "what we wanted, upper edge", "measured",
    ])  # fmt: skip
    result = log_toy().run_at()
    names = ("samples", "proxy", "truth", "truth_low", "truth_high", "measured")
    expected = np.stack([result[name] for name in names], axis=1)
    shown = np.array([[number(text) for text in row] for row in rows])
    np.testing.assert_allclose(shown, expected, atol=0.005, rtol=0.001)


# --- Planes --------------------------------------------------------------------------------------


def test_a_cloud_has_every_point_and_leaves_out_those_without_numbers(visit):
    page = visit("plane.html")
    outlines = page.locator("path.pg-plane-cloud").all()
    points = [
        tuple(map(float, point))
        for outline in outlines
        for point in re.findall(r"M([-\d.]+),([-\d.]+)h0", outline.get_attribute("d"))
    ]
    result = plane_toy().run_at()
    known = np.isfinite(result["all_truth"])
    assert len(points) == known.sum()
    corner = box_of(page.locator(".pg-chart-plane svg"))
    x, y = along(page, "x"), along(page, "y")
    layers = [i for layer in range(5) for i in np.flatnonzero(known) if i % 5 == layer]
    expected = [
        (x(result["all_proxy"][i]) - corner["x"], y(result["all_truth"][i]) - corner["y"])
        for i in layers
    ]
    np.testing.assert_allclose(points, expected, atol=0.7)


@pytest.mark.parametrize("key", ["Home", "End"])
def test_a_dot_stands_where_python_puts_it_after_each_move(visit, key):
    page = visit("plane.html")
    slider(page).press(key)
    result = plane_toy().run_at(pressure=0.0 if key == "Home" else 3.0)
    for role, name in (("proxy", "best"), ("truth", "wanted")):
        at = (float(result[f"{name}_x"][0]), float(result[f"{name}_y"][0]))
        eventually(page, partial(dot_stands_at, page, role, at))


def dot_stands_at(page: Page, role: str, at: tuple[float, float]) -> None:
    expected = tuple(along(page, axis)(value) for axis, value in zip("xy", at, strict=True))
    assert middle(page.locator(f"path.pg-plane-dot.pg-mark-{role}")) == pytest.approx(
        expected, abs=1
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_of_a_plane_stay_inside_and_off_each_other(visit, width):
    page = visit("plane.html", width=width)
    chart = page.locator(".pg-chart-plane")
    for key, mood in itertools.product(("Home", "ArrowRight", "ArrowRight", "End"), (0, 1)):
        slider(page).press(key)
        page.get_by_role("radio").nth(mood).check()
        expect(chart.locator(".pg-label")).to_have_count(5)
        eventually(page, partial(labels_stand_apart, chart, f"{key}, {mood}"))


def test_labels_are_placed_anew_when_their_font_arrives_late(context, toy_url):
    page = context(width=360).new_page()
    held = []
    page.route("**/*.woff2", lambda route: held.append(route))  # noqa: PLW0108 – no builtin
    page.goto(toy_url + "plane.html", wait_until="commit")
    page.wait_for_selector("pg-explorer[data-ready]")
    chart = page.locator(".pg-chart-plane")
    before = box_of(chart.locator(".pg-label").first)["width"]
    eventually(page, lambda: has_some(held))
    for route in held:
        route.continue_()
    page.unroute("**/*.woff2")

    def check() -> None:
        assert box_of(chart.locator(".pg-label").first)["width"] != before
        labels_stand_apart(chart, "in the font that came late")

    eventually(page, check)


def has_some(things: list) -> None:
    assert things


@pytest.mark.parametrize(
    ("scheme", "inks"),
    [("light", ["rgb(168, 67, 0)", "rgb(0, 96, 154)"]),
     ("dark", ["rgb(255, 160, 102)", "rgb(124, 195, 242)"])],
)  # fmt: skip
def test_titles_of_axes_have_the_ink_of_what_they_measure(visit, scheme, inks):
    page = visit("plane.html", scheme=scheme)
    titles = page.locator(".pg-axis-title")
    expect(titles).to_have_text(["proxy score", "true score"])
    assert [
        title.evaluate("(node) => getComputedStyle(node).fill") for title in titles.all()
    ] == inks


def test_a_cloud_is_summed_up_in_the_table_and_other_points_are_listed(visit):
    page = visit("plane.html")
    page.get_by_text("The numbers behind this").press("Enter")
    rows = {row[0]: row[1:] for row in cells(page, "Each point is an answer")}
    assert list(rows) == [
        "where both agree", "all answers: mean of 1,499 points", "what we hoped for",
        "picked by the proxy", "picked by the truth",
    ]  # fmt: skip
    result = plane_toy().run_at()
    known = np.isfinite(result["all_truth"])
    means = [result["all_proxy"][known].mean(), result["all_truth"][known].mean()]
    shown = [number(text) for text in rows["all answers: mean of 1,499 points"]]
    np.testing.assert_allclose(shown, means, atol=0.006)
    best = [number(text) for text in rows["picked by the proxy"]]
    np.testing.assert_allclose(best, [result["best_x"][0], result["best_y"][0]], atol=0.006)


# --- Rooms ---------------------------------------------------------------------------------------


def test_a_walker_rests_where_its_path_ends(visit):
    page = visit("room.html")
    expect(counters(page)).to_have_text(["4 of 4", "12", "−4"])
    page.get_by_role("radio", name="wild").press("Space")
    expect(page.locator(".pg-counters dd").first).to_have_text("8 of 8")
    page.get_by_role("radio", name="calm").press("Space")
    expect(page.locator(".pg-counters dd").first).to_have_text("4 of 4")


def test_a_thing_moves_with_the_walker_and_leaves_with_its_last_number(visit):
    page = visit("room.html")
    box = page.locator(".pg-mover")
    expect(box).to_be_hidden()  # it leaves at step 3
    page.get_by_role("button", name="Back to start").press("Enter")
    at = middle(box)
    start = middle(page.locator(".pg-place").first)
    cell = at[0] - start[0]  # the box starts one cell to the right of the start
    page.get_by_role("button", name="Step").press("Enter")
    eventually(page, lambda: stands_at(box, (at[0] + cell, at[1])))
    page.get_by_role("button", name="Step").press("Enter")
    expect(box).to_be_visible()
    page.get_by_role("button", name="Step").press("Enter")
    expect(box).to_be_hidden()


def stands_at(mark: Locator, at: tuple[float, float]) -> None:
    assert middle(mark) == pytest.approx(at, abs=0.6)


def test_tiles_are_hollow_or_filled_as_python_says(visit):
    page = visit("room.html")
    page.get_by_role("button", name="Back to start").press("Enter")
    tomatoes = room_toy().run_at()["tomatoes"]
    fills = page.locator(".pg-chart-body > svg .pg-face-fill")
    for step in range(5):
        expect(counters(page).first).to_have_text(f"{step} of 4")
        drawn = [float(fill.get_attribute("r")) > 0 for fill in fills.all()]
        assert drawn == list(tomatoes[step] == 1), step
        page.get_by_role("button", name="Step").press("Enter")


def test_the_table_of_a_walk_says_where_things_are_and_how_tiles_look(visit):
    page = visit("room.html")
    page.get_by_text("The numbers behind this").press("Enter")
    rows = cells(page, "A walk through the room")
    assert len(rows) == 5
    assert rows[2] == ["2", "row 1, column 3", "row 1, column 4", "1 dry, 3 watered", "6", "−2"]
    assert rows[4] == ["4", "row 1, column 5", "–", "3 dry, 1 watered", "12", "−4"]


def test_the_legend_names_who_walks_what_moves_and_how_tiles_look(visit):
    page = visit("room.html")
    items = page.locator(".pg-legend li").all()
    assert [item.evaluate("(node) => node.lastChild.textContent") for item in items] == [
        "robot", "box", "tomato: dry", "watered", "start", "goal", "bucket",
    ]  # fmt: skip


# --- All of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_nothing_overflows_and_text_can_be_read(visit, name):
    page = visit(f"{name}.html", width=360)
    expect_no_sideways(page, 360)
    sizes = page.evaluate(
        """[...document.querySelectorAll(".pg-chart-body > svg text")].map((text) =>
          parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert min(sizes, default=13) >= 12.9
    box = box_of(page.locator(".pg-chart-body > svg").first)
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_charts_are_accessible_and_have_enough_contrast(visit, name, scheme):
    page = visit(f"{name}.html", width=360, scheme=scheme)
    page.get_by_text("The numbers behind this").press("Enter")
    assert violations(page, "pg-explorer") == []


def test_a_picture_says_what_it_shows(visit):
    page = visit("plane.html")
    expect(page.get_by_role("img").first).to_have_attribute(
        "aria-label",
        "Each point is an answer: a plot of true score against proxy score: where both agree, "
        "all answers, what we hoped for, picked by the proxy, picked by the truth.",
    )


# --- Several explorers on one page ---------------------------------------------------------------


@pytest.fixture
def five(visit):
    def _five(**preferences) -> Page:
        page = visit("five.html", wait=None, **preferences)
        for element in page.locator("pg-explorer").all():
            reach(element, element.locator(".pg-foot"))
        page.evaluate("scrollTo(0, 0)")
        return page

    return _five


def test_ids_are_unique_and_labels_find_their_controls(five):
    page = five()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    expect(page.get_by_role("slider", name="Pressure")).to_have_count(5)
    clips = page.evaluate(
        "[...document.querySelectorAll('[clip-path]')].map((n) => n.getAttribute('clip-path'))"
    )
    assert len(clips) == len(set(clips))


def test_one_explorer_moves_without_the_others(five):
    page = five()
    expect(page.locator(".pg-summary")).to_have_count(5)
    before = page.locator(".pg-summary").all_text_contents()
    page.get_by_role("slider", name="Pressure").nth(1).press("End")
    expect(page.locator(".pg-summary").nth(1)).to_have_text(log_toy().summarise(pressure=3.0))
    after = page.locator(".pg-summary").all_text_contents()
    assert [one == other for one, other in zip(before, after, strict=True)] == [
        True, False, True, True, True,
    ]  # fmt: skip


def test_the_keyboard_goes_through_the_explorers_in_reading_order(five):
    page = five()
    which = (
        "[...document.querySelectorAll('pg-explorer')]"
        ".indexOf(document.activeElement.closest('pg-explorer'))"
    )
    press(page, "Tab")
    visited = []
    while (place := page.evaluate(which)) >= 0:  # after the last one comes the end of the page
        visited.append(place)
        press(page, "Tab")
    assert visited == sorted(visited)
    assert set(visited) == {0, 1, 2, 3, 4}


def test_only_a_map_that_is_on_the_screen_moves(visit):
    page = visit("five.html", wait=".pg-foot", motion=True)
    step = page.locator(".pg-counters dd").first
    play_anew(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function(
        "document.querySelector('.pg-chart-grid').getBoundingClientRect().bottom < 0"
    )
    two_frames = "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))"
    for _ in range(3):
        page.evaluate(two_frames)
    eventually(page, lambda: stands_still(page, step))
    at = step.text_content()
    assert not at.startswith("40")
    page.evaluate("scrollTo(0, 0)")
    expect(step).not_to_have_text(at)


CLICK_AND_READ = """(radio) => {
  radio.click();
  return radio.closest("pg-explorer").querySelector(".pg-counters dd").textContent;
}"""


def play_anew(page: Page) -> None:
    """Play the first map from its start, wherever it has come to; wait until it moves."""
    page.get_by_role("button", name="Back to start").first.press("Enter")
    page.locator(".pg-player button").first.press("Enter")
    expect(page.locator(".pg-counters dd").first).to_have_text(re.compile("^[1-9]"))


def stands_still(page: Page, step: Locator) -> None:
    at = step.text_content()
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 500))")  # two steps would take 380
    assert step.text_content() == at


def test_a_control_that_changes_the_path_shows_all_of_it_at_once(visit):
    page = visit("five.html", wait=".pg-foot", motion=True)
    step = page.locator(".pg-counters dd").first
    play = page.locator(".pg-player button").first
    play_anew(page)
    slider(page).first.press("ArrowRight")  # the same path: it goes on
    expect(play).to_have_text("Pause")
    wild = page.get_by_role("radio", name="wild").first
    assert wild.evaluate(CLICK_AND_READ) == "40 of 40"  # without a moment in between
    expect(step).to_have_text("40 of 40")
    expect(play).to_have_text("Play")


def test_sources_are_named_and_lead_to_the_list_of_references(visit):
    page = visit("cited.html")
    link = page.locator(".pg-source a")
    expect(link).to_have_text("Leike et al. 2017")
    assert link.evaluate("(node) => node.href").endswith("/sub/path/references.html#cite-leike2017")
