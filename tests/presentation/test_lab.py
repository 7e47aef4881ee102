"""`lab`: an element on a page, a widget in a notebook, the same reducer behind both."""

from __future__ import annotations

import json
from pathlib import Path

import ipywidgets
import pytest
from bs4 import BeautifulSoup

from proxygap.errors import SetupError, UsageError
from proxygap.labs import Lab, LabView, get, host
from proxygap.labs._views import Section, Text
from proxygap.presentation import widget
from proxygap.presentation.lab import LabWidget, PageLab, lab

WRITE = get("write-the-reward")
MEND = {"type": "set", "id": "arrow_undone", "value": "-3"}


def toy(**overrides: object) -> Lab:
    """Return a lab that counts, and whose text tries to be markup."""

    def view(state: dict) -> LabView:
        return LabView((Section("s", "S", "result", (Text("t", f"</script>{state['n']}"),)),))

    def update(state: dict, action: dict) -> dict:
        if action["type"] == "burn":
            raise MemoryError("no room")
        return {"n": state["n"] + 1}

    fields = {"slug": "toy", "title": "T", "task": "Count.", "alt_text": "A <number>.",
              "finding": "It counts & counts.", "initial": lambda: {"n": 0}, "update": update,
              "view": view, **overrides}  # fmt: skip
    return Lab(**fields)


def test_an_unknown_slug_suggests_the_nearest_name():
    with pytest.raises(UsageError, match=r"Did you mean 'write-the-reward'\?"):
        lab("write-the-rewrd")


# --- On a page --------------------------------------------------------------------------------


def element(found: Lab, served: Path) -> BeautifulSoup:
    return BeautifulSoup(PageLab(found, served)._repr_mimebundle_()["text/html"], "html.parser")


def test_a_build_gets_an_element_and_a_notebook_a_widget(tmp_path, monkeypatch):
    monkeypatch.setenv("PROXYGAP_SERVED", str(tmp_path))
    assert isinstance(lab("write-the-reward"), PageLab)
    monkeypatch.delenv("PROXYGAP_SERVED")
    assert isinstance(lab("write-the-reward"), LabWidget)


def test_the_element_carries_the_first_view_so_that_it_shows_without_python(tmp_path):
    page = element(WRITE, tmp_path)
    payload = json.loads(page.select_one("pg-lab > script[type='application/json']").string)
    first = host.start(WRITE)
    assert payload == {
        "kind": "lab", "spec": WRITE.as_data(), "state": first.state, "view": first.view,
    }  # fmt: skip


def test_text_cannot_end_the_script(tmp_path):
    page = element(replace_charts(toy()), tmp_path)
    payload = json.loads(page.find("script").string)
    block = payload["view"]["sections"][0]["blocks"][0]
    assert block["text"] == "</script>0"


def replace_charts(found: Lab) -> Lab:
    """Return the lab with one chart of the real lab, since a page shows a figure."""
    chart = next(
        block
        for section in WRITE.view(WRITE.initial()).sections
        for block in section.blocks
        if block.kind == "chart"
    )

    def view(state: dict) -> LabView:
        section = found.view(state).sections[0]
        return LabView((Section("s", "S", "result", (*section.blocks, chart)),))

    return toy(view=view)


def test_without_scripts_a_figure_and_the_finding_stand_there(tmp_path):
    page = element(WRITE, tmp_path)
    image = page.select_one("noscript img")
    name = image["src"].removeprefix("pg-static:")
    picture = (tmp_path / name).read_bytes()
    assert picture.startswith(b"<?xml")
    assert name in {f"figures/{path.name}" for path in (tmp_path / "figures").iterdir()}
    assert image["alt"] == WRITE.alt_text
    assert min(int(image["width"]), int(image["height"])) > 0
    assert page.select_one("noscript figcaption").text == WRITE.finding


def test_without_scripts_a_lab_without_pictures_tells_its_first_text(tmp_path):
    gap = get("spot-the-gap")
    figure = element(gap, tmp_path).select_one("noscript figure")
    assert figure.select_one("p").text == gap.alt_text
    assert "CoastRunners" in figure.text
    assert figure.select_one("figcaption").text == gap.finding


def test_without_scripts_a_lab_of_cases_tells_a_few_with_their_answers_folded(tmp_path):
    sorter = get("incident-sorter")
    cases = element(sorter, tmp_path).select("noscript details")
    assert len(cases) == len(sorter.examples) == 6
    for shown, example in zip(cases, sorter.examples, strict=True):
        assert not shown.has_attr("open")
        assert (shown.summary.text, shown.p.text) == (example.case, example.answer)


def test_the_same_lab_is_written_the_same_way_twice(tmp_path):
    first, second = (PageLab(WRITE, tmp_path).html() for _ in range(2))
    assert first == second
    assert len(list((tmp_path / "figures").iterdir())) == 1


# --- In a kernel ------------------------------------------------------------------------------


def test_a_widget_starts_with_the_first_view():
    shown = LabWidget(WRITE)
    assert shown.kind == "lab"
    assert shown.view == host.start(WRITE).view
    assert shown.spec == WRITE.as_data()
    assert "render" in shown._esm
    assert repr(shown) == "lab('write-the-reward')"


def test_an_action_is_answered_with_state_view_and_its_number():
    shown = LabWidget(WRITE)
    shown.action = {**MEND, "seq": 1}
    shown.action = {"type": "train", "seq": 2}
    expected = WRITE.update(WRITE.update(WRITE.initial(), MEND), {"type": "train"})
    assert shown.state == expected
    assert shown.view == WRITE.view(expected).as_data()
    assert shown.status == {"done": 2, "problem": "", "stopped": False}


def test_a_refused_action_is_answered_with_a_sentence():
    shown = LabWidget(WRITE)
    before = shown.state
    shown.action = {"type": "swim", "seq": 7}
    assert shown.state == before
    assert shown.status["done"] == 7
    assert shown.status["problem"].startswith("This lab knows no action 'swim'.")


def test_a_failure_of_the_lab_itself_loses_nothing():
    shown = LabWidget(toy())
    shown.action = {"type": "count", "seq": 1}
    shown.action = {"type": "burn", "seq": 2}
    assert shown.state == {"n": 1}
    assert shown.status["problem"] == (
        "The lab could not answer (no room). What you entered is kept."
    )
    shown.action = {"type": "count", "seq": 3}
    assert (shown.state, shown.status["problem"]) == ({"n": 2}, "")


def test_a_saved_state_can_be_assigned():
    shown = LabWidget(toy())
    shown.state = {"n": 41}
    assert shown.view["sections"][0]["blocks"][0]["text"] == "</script>41"
    shown.state = {"m": 1}
    assert shown.status["problem"].startswith("The work saved for this lab cannot be read")


def test_it_composes_with_other_widgets():
    shown, seen = LabWidget(WRITE), []
    shown.observe(lambda change: seen.append(change["new"]["work"]["boat"]["attempts"]), "state")
    box = ipywidgets.HBox([shown])
    shown.action = {**MEND, "seq": 1}
    shown.action = {"type": "train", "seq": 2}
    assert box.children == (shown,)
    assert seen[-1][-1]["hidden"][0] > 90


def test_a_missing_front_end_says_how_to_build_it(tmp_path, monkeypatch):
    monkeypatch.setattr(widget, "BUNDLE", tmp_path)
    with pytest.raises(SetupError, match="run: make bundle"):
        LabWidget(WRITE)
