"""Views as data: what the page is promised."""

import json
import math
import re
from dataclasses import fields
from typing import get_args

import numpy as np
import pytest

from proxygap.content import content_root
from proxygap.labs import discover
from proxygap.labs._views import Block, Chart, LabView, Link, PageLink, Score, Scores, Section, Text
from proxygap.simulations import Bars, Line

KINDS = {fields(kind)[-1].default for kind in get_args(Block)}
BARS = Bars("At the end", (Line("last", "score", "truth"),), "points", (0.0, 1.0))


def view_with(*blocks) -> dict:
    return LabView((Section("only", "Only", "result", blocks),)).as_data()


def test_the_page_draws_every_kind_of_block():
    web = (content_root() / "web" / "src" / "lab").glob("*types.ts")
    types = "".join(path.read_text(encoding="utf-8") for path in web)
    known = set(re.findall(r'extends BlockOf<"(\w+)">', types))
    assert known == KINDS


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


@pytest.mark.parametrize("name", ["..", "a/b", "Goodhart", "x#y", ""])
def test_a_way_to_a_section_cannot_lead_out_of_the_course(name):
    with pytest.raises(ValueError, match=r"is no name of a chapter or a section"):
        PageLink("link", "Title", "Text", "Read it", "goodhart", name)


@pytest.mark.parametrize("lab", discover().values(), ids=lambda lab: lab.slug)
def test_a_labs_first_view_keeps_the_renderers_rules(lab):
    sections = lab.view(lab.initial()).as_data()["sections"]
    ids = [block["id"] for section in sections for block in section["blocks"]]
    assert len(ids) == len(set(ids))
    shown = [block for section in sections for block in section["blocks"]]
    assert {block["kind"] for block in shown} <= KINDS
    # One button moves the lab on; where rows are picked instead, none has to.
    picks = any(block["kind"] == "table" and block["action"] for block in shown)
    primary = sum(block.get("primary", False) for block in shown)
    assert primary == 1 or (picks and primary == 0)
    for table in (block for block in shown if block["kind"] == "table"):
        assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])
    for chart in (block for block in shown if block["kind"] == "chart"):
        assert chart["alt"]
