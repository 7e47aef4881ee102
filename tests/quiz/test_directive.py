"""``{quiz}`` and ``{progress}`` in a small book of their own."""

import json
import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from proxygap.content import content_root
from proxygap.quiz import load_quiz, rule_of
from proxygap.site.directives.progress import catalogue
from proxygap.site.directives.quiz import script
from proxygap.slices import exercise_slugs

QUIZ = load_quiz("specification-gaming")
CONFIGURATION = f"""
extensions = ["myst_parser", "sphinxcontrib.bibtex", "proxygap.site.directives.quiz"]
bibtex_bibfiles = [{str(content_root() / "book" / "references.bib")!r}]
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathjax"
"""


def build(folder, pages):
    """Build `pages` with Sphinx; return what it complained about."""
    (folder / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", folder, folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return re.sub(r"\x1b\[[\d;]*m", "", done.stderr)


@pytest.fixture(scope="module")
def book_folder(tmp_path_factory):
    """A book with the whole quiz on its chapter's page and parts of it elsewhere."""
    folder = tmp_path_factory.mktemp("book")
    references = "\n```{bibliography}\n```\n"
    whole = "# A page\n\n```{quiz} specification-gaming\n```\n"
    parts = (
        "# Other\n\n```{toctree}\nchapters/specification-gaming\n```\n\n"
        "```{quiz} specification-gaming\n:section: try-it\n```\n\n"
        "```{quiz} specification-gaming\n:items: sg-design-a-test, sg-coastrunners\n```\n"
    )
    sets = "```{quiz} alignment-safety-ethics\n:sets: family\n```\n"
    said = build(
        folder,
        {"chapters/specification-gaming": whole, "index": parts + sets + references},
    )
    assert said == ""
    return folder


@pytest.fixture(scope="module")
def book(book_folder):
    """Return a page of the book by its name."""

    def page(name):
        text = (book_folder / "out" / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    return page


def data_of(element):
    return json.loads(element.find("script", type="application/json").string)


def test_a_whole_quiz_steps_through_its_items(book):
    [element] = book("chapters/specification-gaming").find_all("pg-quiz")
    data = data_of(element)
    assert (data["quiz"], data["mode"]) == ("specification-gaming", "steps")
    assert [item["id"] for item in data["items"]] == [item.id for item in QUIZ.items]
    assert [item["rule"] for item in data["items"]] == [rule_of(item) for item in QUIZ.items]


def test_a_section_and_a_choice_of_items_are_lists(book):
    section, chosen, _ = book("index").find_all("pg-quiz")
    assert [item["id"] for item in data_of(section)["items"]] == ["sg-entry-penalty"]
    assert data_of(section)["mode"] == "list"
    assert [item["id"] for item in data_of(chosen)["items"]] == [
        "sg-design-a-test", "sg-coastrunners",
    ]  # fmt: skip


def test_a_large_bank_is_offered_in_sets_that_fold_without_script(book):
    *_, element = book("index").find_all("pg-quiz")
    data = data_of(element)
    assert data["mode"] == "sets"
    assert [one["title"] for one in data["sets"]] == ["Classify", "Diagnose", "Compute", "Decide"]
    named = [name for one in data["sets"] for part in one["rounds"] for name in part]
    assert sorted(named) == sorted(item["id"] for item in data["items"])
    folded = element.select("details.pg-quiz-set")
    assert [one.summary.get_text() for one in folded] == [
        "Classify: 32 questions", "Diagnose: 16 questions", "Compute: 16 questions",
        "Decide: 16 questions",
    ]  # fmt: skip
    shown = [li["data-item"] for one in folded for li in one.select("li[data-item]")]
    assert shown == named


def test_sets_of_a_bank_without_families_are_refused_at_the_directives_line(tmp_path):
    said = build(tmp_path, {"index": "# A page\n\n```{quiz} goodhart\n:sets: family\n```\n"})
    assert "index.md:3: ERROR: quiz: Item 'gh-own-words' names no family" in said


def test_every_name_in_a_rule_has_its_text_on_the_page(book):
    [element] = book("chapters/specification-gaming").find_all("pg-quiz")
    for item in data_of(element)["items"]:
        root = element.find(attrs={"data-item": item["id"]})
        options = {o["data-option"] for o in root.find_all(attrs={"data-option": True})}
        notes = {n["data-note"] for n in root.find_all(attrs={"data-note": True})}
        rule = item["rule"]
        named = {*rule.get("credit", {}), *rule.get("sequence", []), *rule.get("home", {})}
        assert options == named
        assert set(item["beliefs"]) <= notes
        assert named <= notes or item["rule"]["type"] in ("number", "text")
        assert root.select_one(".pg-quiz-explanation").get_text(strip=True)


def test_markdown_is_rendered_when_the_book_is_built(book):
    [element] = book("chapters/specification-gaming").find_all("pg-quiz")
    first = element.find(attrs={"data-item": "sg-name-the-proxy"})
    assert first.select_one(".pg-quiz-scene em").string == "tickets closed"
    assert first.select_one(".pg-quiz-explanation strong").string == "proxy"
    record = element.find(attrs={"data-item": "sg-read-the-record"})
    assert len(record.select(".pg-quiz-scene table tr")) == 4
    assert record.select_one(".pg-quiz-ask").get_text(strip=True).startswith("Which statements")


def test_the_way_back_is_shown_on_the_chapters_own_page_only(book):
    chapter = book("chapters/specification-gaming")
    assert chapter.select_one('.pg-quiz-explanation a[href="#the-case"]').string == "The case"
    assert book("index").select('.pg-quiz-explanation a[href="#try-it"]') == []


def test_steps_are_not_shown_in_their_order_without_script(book):
    [element] = book("chapters/specification-gaming").find_all("pg-quiz")
    item = element.find(attrs={"data-item": "sg-order-of-repair"})
    shown = [o["data-option"] for o in item.find_all(attrs={"data-option": True})]
    assert shown != rule_of(QUIZ.item("sg-order-of-repair"))["sequence"]


WRONG = {
    "unknown": (
        "```{quiz} specification-gamin\n```",
        "There is no quiz called 'specification-gamin'. Did you mean 'specification-gaming'?",
    ),
    "section": (
        "```{quiz} specification-gaming\n:section: nowhere\n```",
        "no item of 'specification-gaming' belongs to the section 'nowhere'. Sections with items: ",
    ),
    "item": (
        "```{quiz} specification-gaming\n:items: sg-coast\n```",
        (
            "Unknown item 'sg-coast' in the quiz 'specification-gaming'. "
            "Did you mean 'sg-coastrunners'?"
        ),
    ),
}


def test_a_wrong_directive_is_named_with_its_line(tmp_path):
    pages = {
        name: f"---\norphan: true\n---\n\n# Page\n\n{directive}\n"
        for name, (directive, _) in WRONG.items()
    }
    said = build(tmp_path, {"index": "# Start\n", **pages})
    for name, (_, message) in WRONG.items():
        assert f"{name}.md:7: ERROR: quiz: {message}" in said


def test_data_cannot_end_its_element_early():
    html = script({"text": "</script><script>alert(1)</script>"})
    assert html.count("</script>") == 1
    inside = BeautifulSoup(html, "html.parser").script.string
    assert json.loads(inside) == {"text": "</script><script>alert(1)</script>"}


def test_the_progress_page_knows_what_there_is_to_do():
    found = catalogue("specification-gaming")
    assert found["items"] == [item.id for item in QUIZ.items]
    assert {"id": "boat-race-performance", "title": "The boat race"} in found["predictions"]
    assert {one["id"] for one in found["exercises"]} == {
        slug for slug in exercise_slugs() if slug.startswith("specification-gaming/")
    }


def test_the_schemas_are_served(book_folder):
    served = book_folder / "out/_static/proxygap/schemas/quiz.schema.json"
    source = content_root() / "quizzes/schema.json"
    assert json.loads(served.read_text()) == json.loads(source.read_text())
