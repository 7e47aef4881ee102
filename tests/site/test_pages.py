"""What every built page is made of."""

import re

import pytest
from bs4 import BeautifulSoup

pytestmark = [pytest.mark.slow, pytest.mark.book]

PAGES = ("index.html", "chapters/counting.html", "search.html", "genindex.html")


def read(built_course, page: str) -> BeautifulSoup:
    return BeautifulSoup((built_course / page).read_text(encoding="utf-8"), "lxml")


def scripts(page: BeautifulSoup) -> list[str]:
    return [re.sub(r"\?v=\w+$", "", script.get("src", "inline")) for script in page("script")]


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_forbids_other_origins_and_inline_scripts(built_course, name):
    page = read(built_course, name)
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["object-src"] == "'none'"
    assert rules["base-uri"] == "'none'"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_holds_an_inline_script_or_another_origin(built_course, name):
    page = read(built_course, name)
    assert "inline" not in scripts(page)
    loaded = [tag.get("src") or tag.get("href") for tag in page(["script", "link", "img"])]
    assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []


def test_a_chapter_loads_two_scripts_and_the_search_page_its_index(built_course):
    own = ["../_static/proxygap/theme.js", "../_static/proxygap/proxygap.mjs"]
    assert scripts(read(built_course, "chapters/counting.html")) == own
    assert "searchindex.js" in scripts(read(built_course, "search.html"))
    assert "searchindex.js" not in scripts(read(built_course, "index.html"))


def test_what_no_page_asks_for_is_not_published(built_course):
    published = {path.name for path in (built_course / "_static").rglob("*")}
    assert not {name for name in published if "fontawesome" in name or "fa-solid" in name}
    assert not {"bootstrap.js", "pydata-sphinx-theme.js", "thebe.js", "basic.css"} & published


def test_every_local_file_that_a_page_names_exists(built_course):
    for name in PAGES:
        page = built_course / name
        for tag in read(built_course, name)(["script", "link", "img"]):
            address = (tag.get("src") or tag.get("href")).partition("?")[0].partition("#")[0]
            if "figures/boat.svg" not in address:  # a name that this test made up
                assert (page.parent / address).is_file(), f"{name} names {address}"


def test_maths_is_rendered_at_build_time_and_styled_only_where_there_is_some(built_course):
    with_maths, without = (read(built_course, name) for name in PAGES[:2])
    assert with_maths.select_one(".katex-html").get_text() == "ex"
    sheets = [[link["href"] for link in page("link", rel="stylesheet")] for page in
              (with_maths, without)]  # fmt: skip
    assert [any("katex.css" in sheet for sheet in page) for page in sheets] == [True, False]


def test_katex_fonts_come_from_this_site(built_course):
    style = (built_course / "_static/proxygap/katex.css").read_text()
    fonts = re.findall(r"url\(\"?([^)\"]+)", style)
    assert fonts
    for font in fonts:
        assert (built_course / "_static/proxygap" / font).is_file()


def test_addresses_of_served_files_fit_the_depth_of_the_page(built_course):
    page = read(built_course, "index.html")
    assert page.find("img", alt="A boat")["src"] == "_static/proxygap/figures/boat.svg"


def test_the_search_page_which_no_file_describes_has_a_description_too(built_course):
    described = read(built_course, "search.html").find("meta", attrs={"name": "description"})
    assert described["content"].startswith("Search the chapters")


def test_the_description_comes_from_the_front_matter_or_the_first_paragraph(built_course):
    def described(name):
        return read(built_course, name).find("meta", attrs={"name": "description"})["content"]

    assert described("chapters/counting.html") == "A chapter that counts how often it is run."
    assert described("index.html") == "It has one formula, e^x, and one figure."


def test_the_empty_corner_of_a_table_is_no_heading(built_course):
    page = read(built_course, "index.html")
    assert [cell.name for cell in page.select("thead tr > *")] == ["td", "th"]


def test_a_page_names_its_language_its_icon_and_its_colours(built_course):
    page = read(built_course, "chapters/counting.html")
    assert page.html["lang"] == "en"
    assert page.find("link", rel="icon")["href"] == "../_static/favicon.svg"
    assert len(page("meta", attrs={"name": "theme-color"})) == 2


def test_fonts_that_show_first_are_preloaded(built_course):
    preloaded = [link["href"] for link in read(built_course, "index.html")("link", rel="preload")]
    assert [re.sub(r"-\w+\.woff2$", "", font.rpartition("/")[2]) for font in preloaded] == [
        "source-serif-4-latin-wght-normal", "source-sans-3-latin-wght-normal",
    ]  # fmt: skip
