"""``{terms}``, links to terms, and ``{misconceptions}`` in a small book of their own."""

import re
import subprocess
import sys
from functools import cache

import pytest
from bs4 import BeautifulSoup

from proxygap.content import content_root
from proxygap.glossary import load_glossary
from proxygap.presentation.claims import in_words, measured
from proxygap.quiz import load_bank, load_misconceptions
from proxygap.quiz.rules import notes_of
from proxygap.quiz.sources import days_looked_up
from proxygap.simulations import Claim, Simulation, get
from proxygap.site.directives.claims import looked_up, shown_by
from proxygap.site.directives.misconceptions import asked_about
from proxygap.site.places import reading_order, title_of

CONFIGURATION = f"""
extensions = ["myst_parser", "sphinxcontrib.bibtex", "proxygap.site.directives.quiz",
              "proxygap.site.directives.terms", "proxygap.site.directives.misconceptions"]
bibtex_reference_style = "author_year"
bibtex_bibfiles = [{str(content_root() / "book" / "references.bib")!r}]
nitpicky = True
"""
CHAPTER = """\
# Why alignment is hard

## The case

A **proxy objective** stands for the goal, and so do all **Proxy Objectives**.

**Alignment.** Bold text that ends like a sentence leads a paragraph.

```{quiz} why-alignment-is-hard
```

## Why it happens

Some {term}`RLHF` and **an emphasis**.

### **Alignment** in a heading
"""
INDEX = """\
# Course

```{toctree}
chapters/why-alignment-is-hard
glossary
misconceptions
```

```{bibliography}
```
"""
PAGES = {
    "index": INDEX,
    "chapters/why-alignment-is-hard": CHAPTER,
    "glossary": "# Glossary\n\n```{terms}\n```\n",
    "misconceptions": "# Misconceptions\n\n```{misconceptions}\n```\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Build the pages once; return one of them by its name."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "chapters").mkdir()
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", folder, folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert re.sub(r"\x1b\[[\d;]*m", "", done.stderr) == ""

    @cache
    def page(name):
        text = (folder / "out" / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    return page


@pytest.fixture(scope="module")
def chapter(book):
    return book("chapters/why-alignment-is-hard")


def test_a_bold_term_leads_to_its_entry_and_carries_its_definition(chapter):
    link = chapter.find("a", class_="pg-term")
    assert link.get_text() == "proxy objective"
    assert link.strong, "it stays bold"
    assert link["href"] == "../glossary.html#term-proxy-objective"
    term = load_glossary().terms["proxy-objective"]
    assert (link["data-name"], link["data-card"]) == (term.name, term.definition)


def test_plurals_and_other_names_lead_there_too(chapter):
    shown = {link.get_text(): link["href"].partition("#")[2] for link in chapter("a", "pg-term")}
    assert shown["Proxy Objectives"] == "term-proxy-objective"
    assert shown["RLHF"] == "term-rlhf"


def test_emphasis_headings_and_answers_are_left_alone(chapter):
    assert {link.get_text() for link in chapter("a", "pg-term")} == {
        "proxy objective", "Proxy Objectives", "RLHF",
    }  # fmt: skip
    assert chapter.find("pg-quiz").find("strong", string="Alignment"), "bold in an explanation"


def test_the_glossary_lists_every_term_in_alphabetical_order(book):
    listed = [dt.find(string=True, recursive=False).strip() for dt in book("glossary")("dt")]
    terms = sorted((term.name for term in load_glossary().terms.values()), key=str.lower)
    assert listed == terms


def test_an_entry_has_its_names_its_source_and_a_way_on(book):
    name = book("glossary").find(id="term-rlhf")
    assert name.find(class_="pg-term-also").get_text().strip() == "RLHF"
    entry = name.find_next("dd")
    term = load_glossary().terms["rlhf"]
    assert entry.p.get_text() == term.definition
    assert "For your business. " in entry.get_text()
    assert "Source: [Ouyang et al., 2022]" in entry.get_text()
    ways = [link["href"] for link in entry("a") if link["href"].startswith("#term-")]
    assert ways == [f"#term-{other}" for other in term.see]
    assert all(book("glossary").find(id=way[1:]) for way in ways)


def test_a_term_without_a_source_says_whose_it_is(book):
    entry = book("glossary").find(id="term-posture-card").find_next("dd")
    assert "A term of this course." in entry.get_text()


def test_an_entry_leads_back_to_the_first_section_that_uses_it(book):
    entry = book("glossary").find(id="term-proxy-objective").find_next("dd")
    back = entry.find("a", href=re.compile("chapters/"))
    assert back["href"] == "chapters/why-alignment-is-hard.html#the-case"
    assert back.get_text() == "Why alignment is hard: The case"
    unused = book("glossary").find(id="term-brier-score").find_next("dd")
    assert "In the course" not in unused.get_text()


def test_each_letter_leads_to_its_first_term(book):
    letters = book("glossary").find(class_="pg-letters")("a")
    assert [letter.get_text() for letter in letters] == sorted(
        {term.name[0].upper() for term in load_glossary().terms.values()}
    )
    for letter in letters:
        assert book("glossary").find(id=letter["href"][1:]).get_text()[0] == letter.get_text()


def test_the_index_and_the_search_know_the_terms(book):
    assert "Over-optimisation" in book("genindex").get_text()


def test_every_misconception_stands_below_the_chapter_that_mends_it(book):
    page = book("misconceptions")
    for belief in load_misconceptions().values():
        entry = page.find(id=belief.id)
        assert entry.h3.get_text().startswith(f"“{belief.title}”".replace("'", "’")[:20])
        assert entry.find_parent("section")["id"] == f"chapter-{belief.chapter}"
        assert "What is so." in entry.get_text()


def test_the_chapters_come_in_reading_order(book):
    shown = [section["id"] for section in book("misconceptions")(id=re.compile("^chapter-"))]
    order = [f"chapter-{slug}" for slug in reading_order()]
    assert shown == sorted(shown, key=order.index)


def test_a_misconception_says_where_it_is_mended_and_asked_about(book):
    entry = book("misconceptions").find(id="rare-stays-rare")
    mended, *asked = entry.find(class_="pg-belief-facts")("a")
    assert mended["href"] == "chapters/why-alignment-is-hard.html#why-it-happens"
    assert [link["href"].partition("#")[0] for link in asked] == [
        "chapters/why-alignment-is-hard.html"
    ] * len(asked)
    assert asked


def test_what_is_asked_is_counted_by_item_and_not_by_answer():
    bank = [item for quiz in load_bank() for item in quiz.items]
    standing = {
        item.id for item in bank
        if any(note.misconception == "rare-stays-rare" for note in notes_of(item).values())
    }  # fmt: skip
    assert standing
    assert sum(asked_about()["rare-stays-rare"].values()) == len(standing)


def test_a_chapter_that_is_not_written_yet_goes_by_its_slug():
    assert title_of("not-yet") == "not-yet"
    assert title_of("why-alignment-is-hard") == "Why alignment is hard"
    assert title_of("goodhart") == "Goodhart’s law"


def test_the_ledger_knows_where_each_simulation_is_shown_first():
    assert shown_by()["boat-race"] == "specification-gaming"
    assert shown_by()["best-of-n"] == "why-alignment-is-hard"


def test_the_ledger_holds_what_the_simulation_measures(tmp_path):
    dial = get("capability-dial")
    rows = measured(dial, tmp_path)
    assert [row["text"] for row in rows] == [claim.text for claim in dial.claims]
    assert [row["measured"] for row in rows] == [in_words(o.measured) for o in dial.verify()]
    assert measured(dial, tmp_path) == rows
    assert len(list(tmp_path.iterdir())) == 1, "it is measured once and kept"


def test_a_claim_that_does_not_hold_stops_the_build():
    dial = get("capability-dial")
    wrong = Claim("Two is three.", "leike2017", lambda _: 2.0, 3.0, 3.0)
    fields = {name: getattr(dial, name) for name in Simulation.__dataclass_fields__}
    broken = Simulation(**{**fields, "slug": "toy", "claims": (wrong,)})
    with pytest.raises(ValueError, match=r"'toy' claims: Two is three\. Measured: 2, claimed: 3\."):
        measured(broken)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.0, "0"), (-57.04321, "−57.04"), (12345.6, "12346"), (2.5e-16, "2.5 × 10⁻¹⁶")],
)
def test_measured_numbers_are_printed_in_the_course_s_typography(number, words):
    assert in_words(number) == words


def test_the_day_on_which_a_work_was_looked_up_comes_from_the_bibliography():
    assert days_looked_up()["bradley1952"] == "2026-11-23"
    assert "no-such-work" not in days_looked_up()


def test_the_ledger_counts_the_works_that_nobody_looked_up():
    assert looked_up({"bradley1952"}) == "Each of the 1 works that these claims cite was looked up."
    assert looked_up({"bradley1952", "a1900", "b1900"}) == (
        "Of the 3 works that these claims cite, 2 were not looked up."
    )
