"""Sliders, files, documents and intervals: what they promise the page, and what they refuse."""

import json

import pytest

from proxygap.labs._views import (
    Checks,
    Download,
    Interval,
    Intervals,
    LabView,
    Option,
    Section,
    Sheet,
    SheetPart,
    Slider,
    Upload,
)


def as_data(block) -> dict:
    view = LabView((Section("only", "Only", "result", (block,)),)).as_data()
    return json.loads(json.dumps(view))["sections"][0]["blocks"][0]


def test_a_slider_stands_at_one_of_its_stops_or_is_refused():
    assert as_data(Slider("n", "Items", ("20", "40"), "40", "items"))["value"] == "40"
    with pytest.raises(ValueError, match=r"Items is 30. Allowed: 20, 40."):
        Slider("n", "Items", ("20", "40"), "30")


@pytest.mark.parametrize("name", ["card.json", "posture-card_fernmoor-1.md"])
def test_a_file_may_have_a_plain_name(name):
    assert as_data(Download("d", "Save", name, "application/json", "{}"))["file_name"] == name


@pytest.mark.parametrize(
    "name", ["../card.json", "Card.json", "card", "a b.json", ".json", "a/b.md"]
)
def test_a_file_name_that_leads_elsewhere_or_cannot_be_kept_is_refused(name):
    with pytest.raises(ValueError, match=r"cannot be called"):
        Download("d", "Save", name, "application/json", "{}")


def test_every_kind_of_block_survives_json():
    blocks = [
        Checks("c", "Which?", (Option("a", "A"), Option("b", "B")), ("b",)),
        Upload("u", "A file"),
        Sheet("s", "Card", (SheetPart("table", (("a", "b"), ("1", "2"))),)),
        Intervals("i", "Rates", (Interval("A", 0.1, 0.0, 0.2, "1 of 10"),), 0, 1, ("0", "1")),
    ]
    kinds = ["checks", "upload", "sheet", "intervals"]
    assert [as_data(block)["kind"] for block in blocks] == kinds
    assert as_data(blocks[0])["ticked"] == ["b"]
    assert as_data(blocks[3])["limit"] is None
