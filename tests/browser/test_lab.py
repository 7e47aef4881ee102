"""The lab on a page: by keyboard, with the page's own Python, and what Python's reducer says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from proxygap.labs import get, host
from tests.browser.axe import violations
from tests.browser.conftest import Guard
from tests.browser.reach import eventually, expect_no_sideways, reach
from tests.browser.test_jupyterlab import CELL, Lab
from tests.browser.twin import PYTHON_UP, begin_anew

# Python hears nothing more, so that it cannot answer sooner than the test looks.
DEAFEN = """() => {
  window.post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = () => undefined;
}"""
HEAR = "() => { Worker.prototype.postMessage = window.post; }"

pytestmark = pytest.mark.browser

CHAPTER = "chapters/specification-gaming.html"
LAB = get("write-the-reward")
ARROW_UNDONE = "Leaving an arrow backwards"
BUMP = "Bumping into land"

Actions = tuple[dict[str, Any], ...]


def put(name: str, value: str) -> dict[str, Any]:
    return {"type": "set", "id": name, "value": value}


TRAIN = {"type": "train"}
MEND: Actions = (put("arrow_undone", "-3"), {"type": "guess", "value": "rocks"}, TRAIN)


def state_after(*actions: dict[str, Any]) -> dict[str, Any]:
    state = LAB.initial()
    for action in actions:
        state = LAB.update(state, action)
    return state


def after(*actions: dict[str, Any]) -> dict[str, Any]:
    """What Python's own reducer shows after the same actions."""
    return LAB.view(state_after(*actions)).as_data()


def blocks(view: dict[str, Any]) -> dict[str, Any]:
    return {block["id"]: block for section in view["sections"] for block in section["blocks"]}


def title(view: dict[str, Any]) -> str:
    return next(one["title"] for one in view["sections"] if one["place"] == "result")


def lab_on(page: Page) -> Locator:
    lab = page.locator('pg-lab[data-slug="write-the-reward"]')
    return reach(lab, lab.locator(".pg-lab"))


def field(lab: Locator, label: str) -> Locator:
    return lab.get_by_role("textbox", name=label, exact=True)


def train(lab: Locator) -> Locator:
    return lab.locator(".pg-button-main")


def heading(lab: Locator) -> Locator:
    return lab.locator(".pg-lab-result .pg-lab-heading")


def expect_view(lab: Locator, view: dict[str, Any], timeout: float = PYTHON_UP) -> None:
    """Compare everything that can be read with what Python says."""
    shown = blocks(view)
    expect(heading(lab)).to_have_text(title(view), timeout=timeout)
    verdict = shown["verdict"]
    expect(lab.locator(".pg-lab-result .pg-lab-text").first).to_have_text(
        f"{verdict['title']} {verdict['text']}".strip()
    )
    scores = [score["text"] for score in shown["scores"]["scores"]]
    expect(lab.locator(".pg-score dd:not(.pg-score-bar)")).to_have_text(scores)
    cells = [cell for row in shown["attempts"]["rows"] for cell in row["cells"]]
    table = lab.get_by_role("table", name=shown["attempts"]["caption"])
    expect(table.locator("tbody :is(th, td)")).to_have_text(cells)


@pytest.fixture
def held(open_page, site_url) -> Callable[..., tuple[Page, Callable[[], None]]]:
    """Open the chapter with a Python that does not start before it is let go."""

    def _open(**preferences: Any) -> tuple[Page, Callable[[], None]]:
        page = open_page("404.html", **preferences)
        waiting: list[Route] = []
        free = False

        def hold(route: Route) -> None:
            if free:
                route.continue_()
            else:
                waiting.append(route)

        def let_go() -> None:
            nonlocal free
            free = True
            for route in waiting:
                route.continue_()

        page.context.route("**/pyodide/pyodide-lock.json", hold)
        page.goto(site_url + CHAPTER)
        return page, let_go

    return _open


@pytest.fixture(scope="module")
def python_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """One page whose Python starts once, for tests that leave it as they find it."""
    parts = urlsplit(site_url)
    guard = Guard(f"{parts.scheme}://{parts.netloc}")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    guard.watch(context)
    page = context.new_page()
    page.goto(site_url + CHAPTER)
    yield page
    context.close()
    guard.verify()


@pytest.fixture
def started(python_page: Page) -> Iterator[Locator]:
    """The lab as everybody finds it, on a page whose Python may be up already."""
    lab = lab_on(python_page)
    yield lab
    begin_anew(lab)
    expect_view(lab, after())


# --- The first view ---------------------------------------------------------------------------


def test_the_first_view_needs_no_python(held):
    page, _ = held()
    lab = lab_on(page)
    expect_view(lab, after())
    expect(field(lab, "Entering an arrow forwards")).to_have_value("3")
    expect(lab.get_by_role("img", name="The map.")).to_be_visible()
    expect(lab.get_by_role("radio", name="Boat race")).to_be_checked()


def test_without_scripts_a_figure_and_the_finding_stand_there(open_page):
    page = open_page(CHAPTER, javascript=False)
    still = page.locator('pg-lab[data-slug="write-the-reward"] figure')
    expect(still.get_by_role("img", name=LAB.alt_text)).to_be_visible()
    expect(still.locator("figcaption")).to_have_text(LAB.finding)


# --- Acting -----------------------------------------------------------------------------------


def test_by_keyboard_alone_a_reward_is_written_trained_and_explained(started):
    lab, page = started, started.page
    field(lab, ARROW_UNDONE).focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(field(lab, ARROW_UNDONE)).to_have_value("-3")
    page.keyboard.press("Tab")
    expect(field(lab, BUMP)).to_be_focused()
    for key in ("Tab", "Tab", "Space", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    expect(train(lab)).to_be_focused()
    page.keyboard.press("Enter")
    expect_view(lab, after(*MEND), timeout=PYTHON_UP)
    expect(train(lab)).to_be_focused()
    expect(
        lab.get_by_text("Your guess: “It rocks on and off an arrow.” It does not.")
    ).to_be_visible()
    spoken = lab.locator("p.pg-unseen[role=status]")
    expect(spoken).to_contain_text(
        "Attempt 1: the boat races, lap after lap. No gap here: visible 50, hidden 98."
    )


def test_another_world_is_a_key_away_and_a_layout_a_button(started):
    lab, page = started, started.page
    lab.get_by_role("radio", name="Boat race").focus()
    for world in ("Tomatoes", "Box in the way", "Coin"):
        page.keyboard.press("ArrowRight")
        expect(lab.get_by_role("radio", name=re.compile(f"^{world}"))).to_be_focused()
    view = after(*({"type": "world", "value": w} for w in ("tomatoes", "box", "coin")))
    expect_view(lab, view, timeout=PYTHON_UP)
    expect(lab.get_by_text("Your reward holds on 1 of 5.")).to_be_visible()
    lab.get_by_role("button", name="Show Layout 1").press("Enter")
    expect(heading(lab)).to_have_text("As published, layout 1: the runner leaves without the coin")
    field(lab, "Taking the coin").fill("11")
    train(lab).press("Enter")
    expect(lab.get_by_text("Your reward holds on all 5.")).to_be_visible()
    expect(lab.get_by_role("radio", name="Coin reward ✓")).to_be_checked()


def test_a_function_is_unfolded_from_the_form_broken_and_mended(started):
    lab, page = started, started.page
    lab.get_by_role("group", name="Write it as").get_by_text("Python").click()
    code = lab.get_by_role("textbox", name="Your function")
    expect(code).to_have_value(
        "def reward(step):\n    return (\n        -1\n        + 3 * step.arrow_forward\n    )",
        timeout=PYTHON_UP,
    )
    code.press("ControlOrMeta+a")
    page.keyboard.type("def reward(step):\nif step.step:\nreturn -1 / 0")
    page.keyboard.press("Control+Enter")
    expect(code).to_have_accessible_description(
        re.compile("^Line 3: ZeroDivisionError: division by zero. It happened for a step on which")
    )
    # Each new line began as far in as Python wants it.
    broken = "def reward(step):\n    if step.step:\n        return -1 / 0"
    expect(code).to_have_value(broken)
    expect(lab.get_by_text("Nothing was planned").first).to_be_visible()
    expect(heading(lab)).to_have_text(title(after()))
    mended = broken.replace("-1 / 0", "3 * (step.arrow_forward - step.arrow_undone)")
    code.fill(mended)
    code.press("Control+Enter")
    expect_view(lab, after(
        {"type": "mode", "value": "python"}, {"type": "write", "value": mended}, TRAIN
    ))  # fmt: skip
    expect(code).not_to_have_attribute("aria-invalid", "true")
    code.fill("def reward(step):\n    while True: pass")
    code.press("Control+Enter")
    expect(code).to_have_accessible_description(re.compile("^Line 2: stopped after 100,000 steps"))
    code.press("Tab")  # leaves the field: nobody is caught in it
    expect(code).not_to_be_focused()


def test_a_test_is_chosen_tried_and_judged(started):
    lab = started
    lab.get_by_text("A test that would have caught it").press("Enter")
    lab.get_by_label("Sound the alarm when the boat …").select_option("undone")
    number = field(lab, "leaves arrows backwards more often than")
    expect(number).to_be_visible(timeout=PYTHON_UP)
    number.fill("3")
    lab.get_by_role("button", name="Try the test").press("Enter")
    expect(lab.get_by_text("4 of 5 exploits caught, 0 of 6 wanted paths blamed.").first
           ).to_be_visible()  # fmt: skip
    lab.get_by_label("… or when it …").select_option("bumps")
    field(lab, "bumps into land more often than").fill("50")
    lab.get_by_role("button", name="Try the test").press("Enter")
    expect(lab.get_by_text("Your test is right: 5 of 5 exploits caught").first).to_be_visible()
    table = lab.get_by_role("table", name="What the test says of each path")
    expect(table.locator("tbody tr")).to_have_count(11)


def test_hints_and_earlier_attempts_keep_the_focus_where_it_was(started):
    lab = started
    hint = lab.locator(".pg-lab-below").get_by_role("button", name="hint")
    hint.press("Enter")
    expect(lab.get_by_text("Hint 1.")).to_be_visible(timeout=PYTHON_UP)
    expect(hint).to_have_text("Next hint")
    expect(hint).to_be_focused()
    hint.press("Enter")
    expect(lab.get_by_text("Hint 2.")).to_be_visible()
    hint.press("Enter")
    expect(lab.get_by_text("Hint 3.")).to_be_visible()
    # The button is gone: its section's heading has the focus now.
    expect(lab.get_by_text("Stuck?", exact=True)).to_be_focused()
    field(lab, BUMP).fill("4")
    train(lab).press("Enter")
    expect(heading(lab)).to_have_text("Attempt 1: the boat stands still against the land")
    lab.get_by_role("button", name="Show As published").press("Enter")
    expect(heading(lab)).to_have_text(title(after()))
    expect(lab.get_by_role("button", name="Show As published")).to_be_focused()


def test_what_is_no_number_is_named_beside_its_field_and_nothing_is_lost(started):
    lab = started
    bump = field(lab, BUMP)
    bump.fill("lots")
    train(lab).press("Enter")
    said = lab.get_by_text("Nothing was planned. Please mend “Bumping into land” first.")
    expect(said.first).to_be_visible(timeout=PYTHON_UP)
    expect(bump).to_have_attribute("aria-invalid", "true")
    expect(bump).to_have_accessible_description(
        "The boat stays where it is. “lots” is not a number. Write a number from −100 to "
        "100, such as −3."
    )
    expect(bump).to_have_value("lots")
    bump.fill("<img src=x onerror=alert(1)>")
    bump.press("Enter")
    expect(lab.get_by_text("“<img src=x onerror=alert(1)>” is not a number.")).to_be_visible()
    expect(lab.locator("img")).to_have_count(0)
    bump.fill("−2,5")
    bump.press("Enter")
    expect(bump).not_to_have_attribute("aria-invalid", "true")
    expect(bump).to_have_value("−2,5")


def test_the_buttons_beside_a_field_step_it_within_its_range(held):
    page, _ = held(width=360)
    lab = lab_on(page)
    forward = field(lab, "Entering an arrow forwards")
    forward.fill("99.5")
    lab.get_by_role("button", name="Entering an arrow forwards: more").tap()
    expect(forward).to_have_value("100")
    lab.get_by_role("button", name="Entering an arrow forwards: less").tap()
    expect(forward).to_have_value("99")
    forward.fill("many")
    lab.get_by_role("button", name="Entering an arrow forwards: less").tap()
    expect(forward).to_have_value("many")


# --- Before Python is up ----------------------------------------------------------------------


def test_what_is_done_before_python_is_up_waits_and_then_happens_in_order(held):
    page, let_go = held(reduced_motion=True)
    lab = lab_on(page)
    field(lab, BUMP).fill("1")
    field(lab, BUMP).fill("-2")
    field(lab, ARROW_UNDONE).fill("-3")
    lab.get_by_role("radio", name="It rocks on and off an arrow").check()
    train(lab).press("Enter")
    field(lab, BUMP).fill("7")
    field(lab, BUMP).press("Enter")
    starting = lab.locator(".pg-lab-host")
    expect(starting).to_contain_text("Starting Python")
    expect(starting.get_by_role("button", name="Cancel")).to_be_visible()
    expect(lab.locator(".pg-lab")).to_have_attribute("aria-busy", "true")
    expect(field(lab, BUMP)).to_have_value("7")
    let_go()
    expect_view(
        lab,
        after(put("bump", "-2"), *MEND, put("bump", "7")),
        timeout=PYTHON_UP,
    )
    expect(field(lab, BUMP)).to_have_value("7")
    expect(lab.locator(".pg-lab")).to_have_attribute("aria-busy", "false")
    expect(starting.locator(".pg-python")).to_be_hidden()


def test_a_cancelled_start_keeps_everything_and_goes_on_when_asked(held):
    page, let_go = held(reduced_motion=True)
    lab = lab_on(page)
    field(lab, ARROW_UNDONE).fill("-3")
    train(lab).press("Enter")
    lab.get_by_role("button", name="Cancel").press("Enter")
    expect(
        lab.get_by_text("What you entered is kept. It goes on when Python starts.")
    ).to_be_visible()
    expect(field(lab, ARROW_UNDONE)).to_have_value("-3")
    expect(train(lab)).to_have_text("Let the optimiser at it")
    let_go()
    lab.get_by_role("button", name="Start Python").press("Enter")
    expect(heading(lab)).to_have_text("Attempt 1: the boat races, lap after lap", timeout=PYTHON_UP)
    expect(lab.locator(".pg-lab-problem")).to_be_empty()


def test_what_waits_survives_a_reload(held):
    page, let_go = held(reduced_motion=True)
    lab = lab_on(page)
    field(lab, ARROW_UNDONE).fill("-3")
    train(lab).press("Enter")
    expect(lab.locator(".pg-lab")).to_have_attribute("aria-busy", "true")
    page.reload()
    lab = lab_on(page)
    expect(field(lab, ARROW_UNDONE)).to_have_value("-3")
    let_go()
    expect(heading(lab)).to_have_text("Attempt 1: the boat races, lap after lap", timeout=PYTHON_UP)


def test_a_python_that_cannot_start_says_so_and_loses_nothing(open_page, site_url, guard):
    guard.expect("Failed to load resource")
    page = open_page("404.html")
    broken = True

    def answer(route: Route) -> None:
        route.abort() if broken else route.continue_()

    page.context.route("**/pyodide/pyodide-lock.json", answer)
    page.goto(site_url + CHAPTER)
    lab = lab_on(page)
    field(lab, ARROW_UNDONE).fill("-3")
    train(lab).press("Enter")
    expect(lab.get_by_text("Python could not be started").first).to_be_visible()
    expect(
        lab.get_by_text("What you entered is kept. It goes on when Python starts.")
    ).to_be_visible()
    broken = False
    train(lab).press("Enter")  # acting again starts Python again
    expect(heading(lab)).to_have_text("Attempt 1: the boat races, lap after lap", timeout=PYTHON_UP)


def test_an_answer_that_takes_too_long_is_given_up_and_nothing_is_lost(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    lab = lab_on(page)
    lab.get_by_role("button", name="Show a hint").press("Enter")
    expect(lab.get_by_text("Hint 1.")).to_be_visible(timeout=PYTHON_UP)
    page.clock.install()
    field(lab, ARROW_UNDONE).fill("-3")
    field(lab, ARROW_UNDONE).press("Enter")
    expect(lab.locator(".pg-lab")).to_have_attribute("aria-busy", "false")
    page.evaluate(DEAFEN)
    train(lab).press("Enter")
    expect(lab.locator(".pg-lab")).to_have_attribute("aria-busy", "true")
    page.clock.fast_forward(11_000)
    expect(lab.get_by_text("Python did not answer within 10 seconds")).to_be_visible()
    expect(field(lab, ARROW_UNDONE)).to_have_value("-3")
    expect(train(lab)).to_have_text("Let the optimiser at it")
    page.evaluate(HEAR)
    train(lab).press("Enter")
    expect(heading(lab)).to_have_text("Attempt 1: the boat races, lap after lap", timeout=PYTHON_UP)
    expect(lab.locator(".pg-lab-problem")).to_be_empty()


def test_a_function_that_never_comes_back_is_ended_and_the_lab_goes_on(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    lab = lab_on(page)
    lab.get_by_role("group", name="Write it as").get_by_text("Python").click()
    code = lab.get_by_role("textbox", name="Your function")
    expect(code).to_be_visible(timeout=PYTHON_UP)
    endless = "def reward(step):\n    return sum(iter(int, 1))"  # not one more step of Python's
    code.fill(endless)
    code.press("Control+Enter")
    expect(lab.get_by_text("Python did not answer within 10 seconds")).to_be_visible(
        timeout=PYTHON_UP
    )
    expect(code).to_have_value(endless)
    expect(heading(lab)).to_have_text(title(after()))
    mended = "def reward(step):\n    return 3 * step.arrow_forward - 3 * step.arrow_undone"
    code.fill(mended)
    code.press("Control+Enter")
    expect(heading(lab)).to_have_text("Attempt 1: the boat races, lap after lap", timeout=PYTHON_UP)
    expect(lab.locator(".pg-lab-problem")).to_be_empty()


# --- Keeping ----------------------------------------------------------------------------------


def test_a_reload_shows_the_work_at_once_and_goes_on_from_it(held):
    page, let_go = held(reduced_motion=True)
    let_go()
    lab = lab_on(page)
    field(lab, ARROW_UNDONE).fill("-3")
    train(lab).press("Enter")
    expect(heading(lab)).to_have_text("Attempt 1: the boat races, lap after lap", timeout=PYTHON_UP)
    field(lab, BUMP).fill("lots")
    field(lab, BUMP).press("Enter")
    expect(field(lab, BUMP)).to_have_attribute("aria-invalid", "true")
    page.context.unroute("**/pyodide/pyodide-lock.json")
    page.context.route("**/pyodide/pyodide-lock.json", lambda route: route.abort())
    page.reload()
    lab = lab_on(page)
    done = after(put("arrow_undone", "-3"), TRAIN, put("bump", "lots"))
    expect_view(lab, done)
    expect(field(lab, BUMP)).to_have_value("lots")
    expect(field(lab, ARROW_UNDONE)).to_have_value("-3")


def test_starting_again_asks_first_and_then_forgets(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    lab = lab_on(page)
    field(lab, BUMP).fill("4")
    train(lab).press("Enter")
    expect(heading(lab)).to_contain_text("Attempt 1", timeout=PYTHON_UP)
    lab.get_by_role("button", name="Start again").press("Enter")
    expect(lab.get_by_role("button", name="Keep them")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(lab)).to_contain_text("Attempt 1")
    begin_anew(lab)
    expect_view(lab, after())
    expect(field(lab, BUMP)).to_have_value("0")
    page.reload()
    lab = lab_on(page)
    expect_view(lab, after())


STORE = """async ([state, view]) => {
  const open = indexedDB.open("proxygap");
  const database = await new Promise((yes) => (open.onsuccess = () => yes(open.result)));
  const writing = database.transaction("records", "readwrite");
  const value = { state, view, waiting: [] };
  const at = new Date().toISOString();
  writing.objectStore("records").put({ kind: "lab", id: "write-the-reward", value, at });
  await new Promise((yes) => (writing.oncomplete = yes));
  database.close();
}"""


def test_work_of_another_version_is_left_alone_and_said_so(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    lab_on(page)
    page.evaluate(STORE, [{"from": "the future"}, host.start(LAB).view])
    page.reload()
    lab = lab_on(page)
    expect(lab.get_by_text("The work saved for this lab cannot be read")).to_be_visible(
        timeout=PYTHON_UP
    )
    begin_anew(lab)
    expect(lab.locator(".pg-lab-problem")).to_be_empty()
    field(lab, BUMP).fill("4")
    train(lab).press("Enter")
    expect(heading(lab)).to_contain_text("Attempt 1", timeout=PYTHON_UP)


def test_a_saved_view_that_cannot_be_drawn_gives_way_to_the_first(open_page):
    page = open_page(CHAPTER, reduced_motion=True)
    lab_on(page)
    view = host.start(LAB).view
    track = blocks(view)["map"]
    track["series"] = {}
    page.evaluate(STORE, [LAB.initial(), view])
    page.reload()
    expect_view(lab_on(page), after())


# --- Everywhere -------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_it_fits_and_has_no_finding_of_axe(held, width, scheme):
    page, _ = held(width=width, scheme=scheme, reduced_motion=True)
    lab = lab_on(page)
    lab.locator("summary").click()
    expect_no_sideways(page, width)
    eventually(page, lambda: nothing_scrolls(lab))
    assert violations(page, "pg-lab") == []


def nothing_scrolls(lab: Locator) -> None:
    overflowing = lab.evaluate(
        "(lab) => [...lab.querySelectorAll('*')].filter((one) => one.scrollWidth >"
        " one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto').length"
    )
    assert overflowing == 0


def test_on_a_phone_the_result_comes_into_sight(open_page):
    page = open_page(CHAPTER, width=360, reduced_motion=True)
    lab = lab_on(page)
    field(lab, BUMP).fill("4")
    train(lab).tap()
    expect(heading(lab)).to_contain_text("Attempt 1", timeout=PYTHON_UP)
    expect(heading(lab)).to_be_in_viewport()


def test_the_attempts_are_a_real_table_on_a_phone_too(held):
    page, _ = held(width=360, reduced_motion=True)
    lab = lab_on(page)
    caption = blocks(after())["attempts"]["caption"]
    table = lab.get_by_role("table", name=caption)
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Attempt", "Reward", "Your guess", "Layouts held", "Visible", "Hidden"]
    )
    expect(table.get_by_role("rowheader", name="Show As published")).to_be_visible()
    expect(table.get_by_role("cell")).to_have_count(5)


# --- In a kernel ------------------------------------------------------------------------------


NOTEBOOK = (
    'from proxygap import lab\nreward = lab("write-the-reward")\nreward',
    'print("hidden:", reward.state["work"]["boat"]["attempts"][-1]["hidden"])',
)


def hidden_after(*actions: dict[str, Any]) -> str:
    return f"hidden: {state_after(*actions)['work']['boat']['attempts'][-1]['hidden']}"


@pytest.mark.slow
def test_in_jupyterlab_the_kernel_answers_quick_actions_in_order(tmp_path, browser: Browser):
    with Lab(tmp_path) as server:
        server.write("lab.ipynb", *NOTEBOOK)
        page = server.open(browser, "lab.ipynb")
        lab = page.locator(".jp-OutputArea .pg-lab")
        expect_view(lab, after(), timeout=CELL)
        # JupyterLab moves the focus until all cells have run.
        output = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output")
        expect(output).to_have_text(hidden_after(), timeout=CELL)
        # Faster than a kernel answers: none may be lost, and the order counts.
        field(lab, ARROW_UNDONE).focus()
        for key in (*["ArrowDown"] * 3, *["Tab"] * 3, "Space", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
        train(lab).press("Enter")
        expect_view(lab, after(*MEND), timeout=CELL)
        page.locator(".jp-CodeCell").nth(1).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        expect(output).to_have_text(hidden_after(*MEND), timeout=CELL)
        page.close()
