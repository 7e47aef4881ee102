"""Views as data: what the page is promised."""

import json
import math

import numpy as np
import pytest

from proxygap.labs import discover
from proxygap.labs._views import Chart, LabView, Link, Score, Scores, Section, Text
from proxygap.simulations import Bars, Line

KINDS = {"text", "link", "number", "choice", "button", "scores", "chart", "table"}
BARS = Bars("At the end", (Line("last", "score", "truth"),), "points", (0.0, 1.0))


def view_with(*blocks) -> dict:
    return LabView((Section("only", "Only", "result", blocks),)).as_data()


def test_arrays_become_lists_and_missing_numbers_none():
    chart = Chart("c", BARS, {"last": np.array([0.5, np.nan])}, "alt")
    data = view_with(chart)["sections"][0]["blocks"][0]
    assert data["series"] == {"last": [0.5, None]}
    assert data["view"]["kind"] == "bars"


def test_a_score_that_is_no_number_does_not_break_the_page():
    data = view_with(Scores("s", "", (Score("a", "proxy", math.inf, 0, 1, "–"),)))
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_text_stays_text():
    assert view_with(Text("t", "<b>3 & 4</b>"))["sections"][0]["blocks"][0]["text"] == (
        "<b>3 & 4</b>"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org", "/elsewhere"])
def test_a_link_leads_to_a_safe_address_or_nowhere(url):
    with pytest.raises(ValueError, match=r"must start with https://"):
        Link("source", "Source:", "A paper", url)
    assert Link("source", "Source:", "A paper", "https://example.org/a").kind == "link"


@pytest.mark.parametrize("lab", discover().values(), ids=lambda lab: lab.slug)
def test_a_labs_first_view_keeps_the_renderers_rules(lab):
    sections = lab.view(lab.initial()).as_data()["sections"]
    ids = [block["id"] for section in sections for block in section["blocks"]]
    assert len(ids) == len(set(ids))
    shown = [block for section in sections for block in section["blocks"]]
    assert {block["kind"] for block in shown} <= KINDS
    assert sum(block.get("primary", False) for block in shown) == 1
    for table in (block for block in shown if block["kind"] == "table"):
        assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])
    for chart in (block for block in shown if block["kind"] == "chart"):
        assert chart["alt"]
