"""The published site in a browser: every page, as readers with different needs meet it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import TWO_FRAMES, violations
from tests.browser.reach import box_of, eventually, expect_no_sideways, settle
from tests.browser.twin import PYTHON_UP

pytestmark = pytest.mark.browser

CHAPTER = "chapters/specification-gaming.html"
SCRIPT_KILOBYTES = 60  # gzipped, before the first interaction


@pytest.fixture(scope="session")
def pages(built_site: Path) -> list[str]:
    """Every page of the site."""
    found = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html")]
    return sorted(page for page in found if not page.startswith("_"))


def read_to_the_end(page: Page) -> None:
    """Scroll down a screen at a time, as a reader does, and wait until nothing more loads."""
    settle(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 700):
        page.evaluate("top => window.scrollTo({ top, behavior: 'instant' })", top)
    page.wait_for_load_state("networkidle", timeout=PYTHON_UP)
    page.evaluate(TWO_FRAMES)


def test_the_kinds_of_pages_that_the_other_tests_visit_are_all_there(pages):
    assert {"index.html", CHAPTER, "search.html", "genindex.html", "404.html"} <= set(pages)


def test_no_page_scrolls_sideways_as_opened_or_turned(open_page, pages):
    for name in pages:
        page = open_page(name, width=320)
        for width in (320, 360, 768):
            page.set_viewport_size({"width": width, "height": 800})
            read_to_the_end(page)
            expect_no_sideways(page, width, name)
        page.context.close()


STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_read_to_its_end_is_accessible_asks_nobody_else_and_says_nothing(
    open_page, pages, guard, width, scheme
):
    for name in pages:
        page = open_page(name, width=width, scheme=scheme, reduced_motion=True)
        read_to_the_end(page)
        expect_scheme(page, scheme)
        found = violations(page, "html", {"type": "tag", "values": STANDARDS})
        page.context.close()
        assert found == [], f"{name}:\n" + "\n".join(found)
        assert guard.foreign == [], name
        assert guard.console == [], name


FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return {
    name: element.outerHTML.slice(0, 120),
    seen: ring || style.boxShadow !== 'none',
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


@pytest.mark.parametrize("name", ["index.html", CHAPTER, "search.html"])
def test_the_tab_key_reaches_things_that_show_their_focus(open_page, name):
    page = open_page(name)
    settle(page)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) is None:  # past the last thing on a short page
            break
        eventually(page, lambda: shows_its_focus(page))
        reached.append(page.evaluate(FOCUS)["name"])
    assert len(reached) >= 6


def shows_its_focus(page: Page) -> None:
    focus = page.evaluate(FOCUS)
    assert focus["seen"], f"no visible focus: {focus['name']}"
    assert focus["inside"], f"focus out of sight: {focus['name']}"


def test_the_first_tab_skips_to_the_text(open_page):
    page = open_page(CHAPTER)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_contents_open_and_close_with_the_keyboard(open_page):
    page = open_page(CHAPTER)
    summary = page.locator(".pg-contents summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pg-contents a", has_text="Specification gaming")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".pg-contents")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_contents_open_without_javascript(open_page):
    page = open_page("index.html", javascript=False)
    page.locator(".pg-contents summary").click()
    page.locator(".pg-contents a", has_text="Specification gaming").click()
    expect(page.locator("h1")).to_contain_text("Specification gaming")


def test_the_outline_marks_the_section_that_is_being_read(open_page):
    page = open_page(CHAPTER)
    settle(page)
    page.locator(".pg-outline a", has_text="Why it happens").click()
    expect(page.locator(".pg-outline [aria-current]")).to_have_text("Why it happens")


def expect_scheme(page: Page, scheme: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)


def test_the_scheme_follows_the_system_until_the_reader_chooses(open_page):
    page = open_page("index.html", scheme="dark")
    button = page.locator(".pg-scheme")
    expect_scheme(page, "dark")
    page.emulate_media(color_scheme="light")
    expect_scheme(page, "light")
    button.press("Enter")  # automatic → light
    button.press("Enter")  # light → dark
    expect_scheme(page, "dark")
    expect(button).to_have_attribute("aria-label", "Colours: dark. Change to automatic.")
    page.reload()
    expect_scheme(page, "dark")


def test_the_scheme_can_be_chosen_where_storage_is_refused(open_page):
    page = open_page("404.html")
    page.add_init_script("""Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('refused', 'SecurityError'); } })""")
    page.reload()
    page.locator(".pg-scheme").press("Enter")
    page.locator(".pg-scheme").press("Enter")
    expect_scheme(page, "dark")


def test_search_finds_a_chapter_and_leads_there(open_page):
    page = open_page("search.html")
    page.get_by_label("Words to look for").fill("boat")
    page.keyboard.press("Enter")
    result = page.locator("#search-results a", has_text="Specification gaming")
    result.click()
    expect(page).to_have_url(re.compile(CHAPTER))


def test_search_says_when_nothing_is_found(open_page):
    page = open_page("search.html?q=xylophone")
    expect(page.locator("#search-results")).to_contain_text("did not match any documents")


def test_a_page_that_does_not_exist_leads_on(open_page):
    page = open_page("404.html")
    page.get_by_role("link", name="The first page").click()
    expect(page.locator(".pg-hero-question")).to_be_visible()


def test_without_javascript_a_chapter_shows_its_figures_and_findings(open_page):
    page = open_page(CHAPTER, javascript=False)
    figures = page.locator("pg-explorer figure, pg-lab figure")
    assert figures.count() >= 1
    for number in range(figures.count()):
        figure = figures.nth(number)
        figure.scroll_into_view_if_needed()
        expect(figure.locator("figcaption")).not_to_be_empty()
        picture = figure.locator("img").first
        if picture.count() == 0:  # a lab without a chart is told in words
            expect(figure.locator("p").first).to_be_visible()
            continue
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.parametrize(
    ("name", "alive"),
    [("index.html", ".pg-hero-play"), (f"{CHAPTER}#predict", "pg-explorer[data-ready]")],
)
def test_the_first_element_waits_for_no_module_that_the_page_did_not_announce(
    open_page, name, alive
):
    page = open_page(name)
    page.locator(alive).first.wait_for()
    eventually(page, lambda: loads_what_it_announces(page))


def loads_what_it_announces(page: Page) -> None:
    announced = page.eval_on_selector_all("link[rel=modulepreload]", "all => all.map(l => l.href)")
    entries = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    modules = [entry for entry in entries if ".mjs" in entry]
    assert sorted(modules) == sorted(announced)  # each once


@pytest.mark.parametrize("name", ["index.html", CHAPTER])
def test_little_script_is_loaded_before_the_first_interaction(browser, site_url, name):
    page = browser.new_page()
    loaded = []
    page.on("response", lambda answer: loaded.append(answer))  # noqa: PLW0108  # no built-ins
    page.goto(site_url + name, wait_until="networkidle")
    scripts = [r for r in loaded if r.request.resource_type == "script"]
    sizes = {r.url: len(gzip.compress(r.body())) / 1024 for r in scripts}
    page.close()
    assert sum(sizes.values()) <= SCRIPT_KILOBYTES, sizes


def test_on_paper_the_text_is_whole_and_the_menus_are_gone(open_page):
    page = open_page(CHAPTER)
    page.emulate_media(media="print")
    expect(page.locator(".pg-menu")).to_be_hidden()
    expect(page.locator(".pg-outline")).to_be_hidden()
    folded = page.locator("details.sd-dropdown .katex").first
    assert box_of(folded)["height"] > 0
