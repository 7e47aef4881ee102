"""The exercise directive, in a book of one page."""

import json
import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from proxygap.grading import exercises
from proxygap.site.directives.exercise import describe, element

RACE = exercises.find("specification-gaming/ungameable-reward")


@pytest.fixture
def build(tmp_path):
    """Build a page from Markdown; return (its HTML, the warnings)."""

    def _build(text: str) -> tuple[BeautifulSoup, str]:
        (tmp_path / "index.md").write_text(text, encoding="utf-8")
        warnings = StringIO()
        with docutils_namespace():
            app = Sphinx(
                srcdir=tmp_path, confdir=None, outdir=tmp_path / "html",
                doctreedir=tmp_path / "doctrees", buildername="html", status=None,
                warning=warnings, freshenv=True,
                confoverrides={
                    "extensions": ["myst_parser", "proxygap.site.directives.exercise"],
                },
            )  # fmt: skip
            app.build()
        page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
        said = re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())
        return BeautifulSoup(page, "lxml"), said.replace(str(tmp_path), "…")

    return _build


def test_a_page_shows_the_text_the_editor_and_the_command(build):
    page, warnings = build(f"# Page\n\n```{{exercise}} {RACE.slug}\n```\n")
    assert warnings == ""
    assert page.select_one("h3.pg-exercise-title").text == RACE.title
    assert page.select_one("table code").text == "step.bump"
    assert page.select_one("pg-exercise .pg-exercise-still pre").text == RACE.starter.rstrip()
    assert page.select_one(".pg-exercise-note code").text == f"proxygap check {RACE.slug} my.py"
    assert "whoever can read the page can read them" in page.select_one(".pg-exercise-note").text
    spec = json.loads(page.select_one("pg-exercise script").string)
    assert spec == describe(RACE)
    assert [check["name"] for check in spec["checks"]] == [c.name for c in RACE.checks()]


def test_an_unknown_exercise_is_a_warning_with_its_line(build):
    _, warnings = build("# Page\n\nText.\n\n```{exercise} specification-gaming/ungameable\n```\n")
    assert warnings.startswith(
        "…/index.md:5: ERROR: exercise: Unknown exercise 'specification-gaming/ungameable'. "
        f"Did you mean '{RACE.slug}'?"
    )


def test_code_cannot_end_the_script_that_carries_it():
    described = {**describe(RACE), "starter": "x = '</script><b>'"}
    html = element(described)
    assert html.count("</script>") == 1
    assert "<b>" not in html
    inside = re.search(r'<script type="application/json">(.*?)</script>', html)[1]
    assert json.loads(inside)["starter"] == described["starter"]
