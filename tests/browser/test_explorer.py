"""The explorer on a page: what a learner sees is what Python computed."""

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

from proxygap.simulations import get
from proxygap.site.server import serve
from tests.browser import toy_page
from tests.browser.axe import violations
from tests.browser.reach import box_of, eventually, expect_no_sideways, reach
from tests.browser.toy_page import SIX, toy, write_page

pytestmark = pytest.mark.browser
toy_guard, context, visit = toy_page.toy_guard, toy_page.context, toy_page.visit

CHAPTER = "chapters/specification-gaming.html"


@pytest.fixture(scope="module")
def toy_url(tmp_path_factory) -> Iterator[str]:
    subprocess.run([sys.executable, "-m", "proxygap.site.bundle"], check=True)
    root = tmp_path_factory.mktemp("toy")
    write_page(root, "open.html", toy())
    write_page(root, "asks.html", toy(predict=True))
    write_page(root, "six.html", toy(moods=SIX))
    write_page(root, "far.html", toy(), above=4000)
    with serve(root, base="/sub/path/") as address:
        yield address


def summary(page: Page):
    return page.locator("pg-explorer .pg-summary")


def slider(page: Page, label: str = "Pressure"):
    return page.get_by_role("slider", name=label)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# --- What is shown ------------------------------------------------------------------------------


def test_the_chapter_shows_at_each_slider_value_what_run_at_returns(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    element = page.locator("pg-explorer").first
    skip = element.get_by_role("button", name="Skip, just show me")
    reach(element, skip)
    skip.press("Enter")
    episodes = element.get_by_role("slider", name="Races trained")
    simulation = get("boat-race")
    expect(element.locator(".pg-summary")).to_have_text(simulation.summarise())
    episodes.press("Home")
    expect(element.locator(".pg-summary")).to_have_text(simulation.summarise(episodes=10.0))
    for _ in range(3):
        episodes.press("ArrowRight")
    expect(element.locator(".pg-summary")).to_have_text(simulation.summarise(episodes=40.0))
    element.get_by_role("radio", name="each clockwise step").press("Space")
    now = simulation.summarise(episodes=40.0, reward="goal")
    expect(element.locator(".pg-summary")).to_have_text(now)


def test_everything_can_be_done_with_the_keyboard_alone(visit):
    page = visit("asks.html")
    press(page, "Tab")
    expect(slider(page, "Your prediction")).to_be_focused()
    press(page, "ArrowRight", "ArrowRight", "Tab", "ArrowDown", "ArrowDown", "Tab", "Enter")
    expect(page.locator(".pg-outcome-text")).to_be_focused()
    expect(page.locator(".pg-foot")).to_be_visible()  # the numbers are here, too
    press(page, *["Tab"] * 4)  # predict again, and the buttons of the map that can do something
    assert page.evaluate("document.activeElement.closest('.pg-explorer') !== null")
    slider(page).focus()
    press(page, "End", "Tab", "ArrowDown")
    expect(summary(page)).to_have_text(toy().summarise(pressure=3.0, mood="wild"))


def test_the_headline_is_the_finding_at_the_start_and_else_says_what_was_chosen(visit):
    page = visit()
    headline = page.locator(".pg-finding")
    expect(headline).to_have_text("The lines part.")
    slider(page).press("ArrowRight")
    expect(headline).to_have_text("Your settings: 2 nats; calm")
    page.get_by_role("button", name="Reset").press("Enter")
    expect(headline).to_have_text("The lines part.")
    expect(slider(page)).to_have_value("1")


def test_a_slider_says_its_value_in_words(visit):
    page = visit()
    slider(page).press("End")
    expect(slider(page)).to_have_attribute("aria-valuetext", "3 nats")
    expect(page.locator(".pg-control output")).to_have_text("3 nats")


def test_more_than_five_names_become_a_list(visit):
    page = visit("six.html")
    page.get_by_label("Mood").select_option("even")
    expect(summary(page)).to_have_text(toy(moods=SIX).summarise(mood="even"))


def test_the_summary_is_announced_once_the_learner_pauses(visit):
    page = visit()
    status = page.locator(".pg-explorer > [role=status]")
    expect(status).to_have_text("")
    slider(page).focus()
    press(page, "ArrowRight", "ArrowRight")
    expect(status).to_have_text(toy().summarise(pressure=3.0))
    expect(status).to_have_attribute("aria-live", "polite")


def cells(page: Page, caption: str) -> list[list[str]]:
    rows = page.get_by_role("region", name=caption).locator("tbody tr")
    rows.first.wait_for()
    return [row.locator("th, td").all_text_contents() for row in rows.all()]


def number(text: str) -> float:
    return float("nan") if text == "–" else float(text.replace("−", "-"))


def test_the_table_of_numbers_is_what_python_returns(visit):
    page = visit()
    page.get_by_text("The numbers behind this").press("Enter")
    slider(page).press("ArrowRight")
    result = toy().run_at(pressure=2.0)
    first_row = page.get_by_role("region", name="Scores").locator("tbody tr").nth(1)
    expect(first_row).to_have_text("111")  # proxy climbs by 1 a step now
    shown = np.array([[number(text) for text in row] for row in cells(page, "Scores")])
    expected = np.stack([result["step"], result["proxy"], result["truth"]], axis=1)
    np.testing.assert_allclose(shown, expected, atol=0.05)
    ((label, last),) = cells(page, "At the end")
    assert (label, number(last)) == ("final score", pytest.approx(float(result["last"]), abs=0.01))
    assert cells(page, "A walk")[3] == ["3", "row 2, column 3", "9", "−3"]


def test_rows_that_nothing_reached_are_left_out(visit):
    page = visit()
    page.get_by_text("The numbers behind this").press("Enter")
    slider(page).press("Home")
    truth = toy().run_at(pressure=0.0)["truth"]
    assert np.isfinite(truth).sum() == 3
    fourth = page.get_by_role("region", name="Scores").locator("tbody tr").nth(3)
    expect(fourth).to_have_text("30–")
    assert [row[2] for row in cells(page, "Scores")] == ["0", "1", "2", *"–" * 6]


def test_a_line_is_drawn_where_its_numbers_are_and_ends_where_they_end(visit):
    page = visit()
    slider(page).press("Home")
    chart = page.locator(".pg-chart-curve")

    def check() -> None:
        ticks = chart.locator(".pg-axis-y .tick").all()
        heights = {number(tick.text_content()): middle(box_of(tick)) for tick in ticks}
        per_point = (heights[-10] - heights[10]) / 20
        end = middle(box_of(chart.locator(".pg-dot.pg-mark-truth")))
        assert (heights[0] - end) / per_point == pytest.approx(2, abs=0.15)  # truth ends at (2, 2)

    eventually(page, check)


def middle(box: dict) -> float:
    return box["y"] + box["height"] / 2


def test_the_map_and_the_charts_are_images_with_a_text_alternative(visit):
    page = visit()
    names = [
        "A walk: a map with a boat and the trail of its path.",
        "Scores: a line chart of what is paid and what we wanted (and never measured), by steps.",
        "At the end: a bar chart of final score.",
    ]
    for place, name in enumerate(names):
        expect(page.get_by_role("img").nth(place)).to_have_attribute("aria-label", name)


# --- Predict, then reveal -----------------------------------------------------------------------


def stored(page: Page) -> dict:
    """Return what the browser keeps about the prediction, as soon as it keeps something."""
    found: list[dict] = []

    def check() -> None:
        found[:] = [page.evaluate(STORED)]
        assert found[0] is not None, "nothing is kept"

    eventually(page, check)
    return found[0]


STORED = """() => new Promise((resolve) => {
          indexedDB.open("proxygap").onsuccess = ({ target }) => {
            const store = target.result.transaction("records").objectStore("records");
            store.get(["prediction", "toy-last"]).onsuccess = (event) => {
              target.result.close();
              resolve(event.target.result?.value);
            };
          };
        })"""


def predict(page: Page, steps: int, confidence: str) -> None:
    slider(page, "Your prediction").focus()
    press(page, *["ArrowRight"] * steps)
    page.get_by_role("radio", name=confidence).press("Space")
    page.get_by_role("button", name="Show me", exact=True).press("Enter")


def test_the_result_is_held_back_until_the_learner_commits(visit):
    page = visit("asks.html")
    expect(page.get_by_text("Where does the score end?")).to_be_visible()
    expect(page.locator(".pg-chart, .pg-summary")).to_have_count(0)


def test_prediction_and_outcome_stand_side_by_side_with_the_distance_in_words(visit):
    page = visit("asks.html")
    predict(page, 7, "Very sure")
    # Python: 7/3 − 1 = 1.33, written as precisely as a learner can predict.
    expect(page.locator(".pg-outcome-text")).to_have_text(
        "You predicted 7. It came out at 1: 6 lower. You gave 90\u00a0% that it would end within 2 "
        "of your point. It did not."
    )
    labels = page.locator(".pg-outcome-line .pg-label")
    expect(labels).to_have_text(["you: 7", "came out: 1"])
    expect(summary(page)).to_have_text(toy().summarise())


def test_a_prediction_is_kept_with_its_confidence_and_shown_on_the_next_visit(visit):
    page = visit("asks.html")
    predict(page, 2, "Leaning")
    expect(page.locator(".pg-outcome-text")).to_contain_text("It did.")
    assert stored(page) == {
        "id": "toy-last", "given": 2, "skipped": False, "confidence": 60, "tolerance": 2,
        "outcome": pytest.approx(4 / 3),
    }  # fmt: skip
    page.reload()
    expect(page.locator(".pg-outcome-text")).to_contain_text("You predicted 2.")
    expect(summary(page)).to_have_text(toy().summarise())


def test_skipping_is_possible_and_recorded_as_skipped(visit):
    page = visit("asks.html")
    page.get_by_role("button", name="Skip, just show me").press("Enter")
    expect(page.locator(".pg-outcome-text")).to_have_text(
        "You skipped the prediction. It came out at 1 (points)."
    )
    kept = stored(page)
    assert (kept["skipped"], kept["given"], kept["confidence"]) == (True, None, None)


def test_predicting_again_keeps_the_first_prediction_until_there_is_another(visit):
    page = visit("asks.html")
    predict(page, 2, "Leaning")
    page.get_by_role("button", name="Predict again").press("Enter")
    expect(slider(page, "Your prediction")).to_be_focused()
    page.reload()
    expect(page.locator(".pg-outcome-text")).to_contain_text("You predicted 2.")


def test_what_is_missing_is_said_and_focused(visit):
    page = visit("asks.html")
    page.get_by_role("button", name="Show me", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Place your point first.")
    expect(slider(page, "Your prediction")).to_be_focused()
    press(page, "Space")  # the middle is a prediction too
    expect(page.locator(".pg-control output")).to_have_text("0 points")
    page.get_by_role("button", name="Show me", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Say how sure you are.")
    expect(page.get_by_role("radio", name="A coin toss")).to_be_focused()


# --- The moving map -----------------------------------------------------------------------------


def counters(page: Page) -> Locator:
    return page.locator(".pg-counters dd")


def test_with_reduced_motion_nothing_moves_but_each_step_can_be_taken(visit):
    page = visit()
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    expect(counters(page)).to_have_text(["40 of 40", "120", "−40"])  # the end, with the whole trail
    page.get_by_role("button", name="Back to start").press("Enter")
    expect(counters(page)).to_have_text(["0 of 40", "0", "0"])
    press(page, "Shift+Tab", "Enter")
    result = toy().run_at()
    expect(counters(page)).to_have_text(["1 of 40", f"{result['paid'][1]:.0f}", "−1"])
    status = page.locator(".pg-explorer > [role=status]")
    expect(status).to_have_text("Step 1 of 40: paid 3, wanted −1.")
    page.get_by_role("button", name="To the end").press("Enter")
    expect(counters(page).first).to_have_text("40 of 40")


def test_the_boat_plays_once_by_itself_and_can_be_paused_and_played(visit):
    page = visit(motion=True)
    step, play = page.locator(".pg-counters dd").first, page.locator(".pg-player button").first
    expect(play).to_have_text("Pause")
    expect(step).to_have_text(re.compile("^[1-9]"))
    play.press("Enter")
    expect(play).to_have_text("Play")
    at = step.text_content()
    page.evaluate("new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
    expect(step).to_have_text(at)
    play.press("Enter")
    expect(step).not_to_have_text(at)
    expect(step).to_have_text("40 of 40")
    expect(play).to_have_text("Play")


def test_the_trail_has_a_lane_for_each_direction_that_was_taken(visit):
    page = visit()
    page.get_by_role("radio", name="wild").press("Space")
    lanes = page.locator("g:not([style*=none]) > .pg-trail")
    expect(lanes).to_have_count(2)
    page.get_by_role("button", name="Back to start").press("Enter")
    expect(lanes).to_have_count(0)
    page.get_by_role("button", name="Step").press("Enter")
    expect(lanes).to_have_count(1)


# --- Without, late and broken -------------------------------------------------------------------


def test_without_javascript_the_figure_and_the_finding_are_there(visit):
    page = visit(wait=None, javascript=False)
    image = page.get_by_role("img", name="Two lines <part> & a bar.")
    expect(image).to_be_visible()
    assert box_of(image)["width"] > 300
    expect(page.locator("figcaption")).to_have_text("The lines part.")


def test_the_table_is_fetched_when_the_explorer_comes_near(context, toy_url):
    page = context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(toy_url + "far.html", wait_until="networkidle")
    assert not [url for url in asked if url.endswith(".bin") or "interactive.mjs" in url]
    with page.expect_request(re.compile(r"tables/toy\.[0-9a-f]{8}\.bin$")):
        page.locator("#after").scroll_into_view_if_needed()


def test_a_table_that_cannot_be_fetched_is_explained_and_can_be_tried_again(
    context, toy_url, toy_guard
):
    toy_guard.expect("Failed to load resource")
    page = context().new_page()
    page.route("**/*.bin", lambda route: route.abort())
    page.goto(toy_url + "open.html")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(
        "The numbers behind this picture could not be fetched. Check your connection, then try "
        "again. Nothing that you did is lost."
    )
    page.unroute("**/*.bin")
    alert.get_by_role("button", name="Try again").press("Enter")
    expect(summary(page)).to_have_text(toy().summarise())
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_table_that_arrives_damaged_is_not_shown(context, toy_url):
    page = context().new_page()
    page.route("**/*.bin", lambda route: route.fulfill(body=b"half"))
    page.goto(toy_url + "open.html")
    expect(page.get_by_role("alert")).to_contain_text("arrived damaged")
    expect(page.locator(".pg-chart")).to_have_count(0)


def test_code_that_cannot_be_fetched_is_explained_and_can_be_tried_again(
    context, toy_url, toy_guard
):
    toy_guard.expect("Failed to load resource")
    page = context().new_page()
    page.route("**/interactive.mjs*", lambda route: route.abort())
    page.goto(toy_url + "open.html")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    page.unroute("**/interactive.mjs*")
    page.get_by_role("button", name="Try again").press("Enter")
    expect(summary(page)).to_have_text(toy().summarise())


def test_an_explorer_that_is_taken_out_and_put_back_works_again(visit):
    page = visit()
    page.evaluate(
        """() => {
          const element = document.querySelector("pg-explorer");
          const parent = element.parentNode;
          element.remove();
          parent.append(element);
        }"""
    )
    expect(page.locator(".pg-explorer")).to_have_count(1)
    slider(page).press("End")
    expect(summary(page)).to_have_text(toy().summarise(pressure=3.0))


# --- Looks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["open.html", "asks.html"])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps_while_the_explorer_arrives(visit, name, width):
    page = visit(name, width=width)
    page.wait_for_selector(".pg-chart-bars" if name == "open.html" else ".pg-ask")
    shift = page.evaluate(
        """() => new Promise((resolve) => {
          new PerformanceObserver((list) => resolve(
            list.getEntries().reduce((sum, entry) => sum + entry.value, 0),
          )).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
        })"""
    )
    assert shift < 0.1  # up to here Web Vitals call a layout stable


def test_at_360_pixels_nothing_overflows_and_chart_text_keeps_its_size(visit):
    page = visit(width=360)
    page.wait_for_selector(".pg-chart-bars")
    expect_no_sideways(page, 360)
    sizes = page.evaluate(
        """[...document.querySelectorAll(".pg-chart text")].map((text) =>
          parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert min(sizes) >= 12.9
    boxes = [box_of(svg) for svg in page.locator(".pg-chart-body > svg").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)


HALO = 4  # pixels of paper around a label's letters


def overlap(one: dict, other: dict) -> bool:
    return all(
        one[at] + HALO < other[at] + other[size] - HALO
        and other[at] + HALO < one[at] + one[size] - HALO
        for at, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_stay_inside_the_picture_and_off_each_other(visit, width):
    page = visit(width=width)
    chart = page.locator(".pg-chart-curve")
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight"):
        slider(page).press(key)
        eventually(page, partial(labels_stand_apart, chart, f"after {key}"))


def labels_stand_apart(chart: Locator, when: str) -> None:
    """Every label is inside the picture and off the others: measured at once, as drawn."""
    picture, *labels = chart.evaluate(
        """(node) => [node, ...node.querySelectorAll(".pg-label")]
          .map((part) => part.getBoundingClientRect().toJSON())"""
    )
    left, right = picture["x"] - HALO, picture["x"] + picture["width"] + HALO
    for label in labels:
        assert left <= label["x"], when
        assert label["x"] + label["width"] <= right, when
    assert not any(overlap(*pair) for pair in itertools.combinations(labels, 2)), when


def test_charts_follow_the_width_of_their_container(visit):
    page = visit()
    chart = page.locator(".pg-chart-curve svg")
    before = box_of(chart)["width"]
    page.set_viewport_size({"width": 400, "height": 800})
    expect(chart).not_to_have_attribute("width", str(round(before)))
    expect_no_sideways(page, 400)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["open.html", "asks.html"])
def test_the_explorer_is_accessible_and_has_enough_contrast(visit, name, scheme):
    page = visit(name, width=360, scheme=scheme)
    page.wait_for_selector(".pg-chart-bars" if name == "open.html" else ".pg-ask")
    if name == "open.html":
        page.get_by_text("The numbers behind this").press("Enter")
    assert violations(page, "pg-explorer") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_proxy_and_truth_keep_their_colours_and_dashes(visit, scheme):
    page = visit(scheme=scheme)
    styles = page.evaluate(
        """["proxy", "truth"].map((role) => {
          const line = document.querySelector(`.pg-chart-curve .pg-line.pg-mark-${role}`);
          const style = getComputedStyle(line);
          return [style.stroke, style.strokeDasharray];
        })"""
    )
    expected = {
        "light": [["rgb(213, 94, 0)", "7px, 4px"], ["rgb(0, 114, 178)", "none"]],
        "dark": [["rgb(255, 140, 66)", "7px, 4px"], ["rgb(92, 179, 236)", "none"]],
    }
    assert styles == expected[scheme]
