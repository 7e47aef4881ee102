"""`explore`: an element on a page, a widget in a notebook."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import ipywidgets
import pytest
import traitlets
from bs4 import BeautifulSoup

from proxygap.errors import SetupError, UsageError
from proxygap.presentation import _citations, _explorer_files, widget
from proxygap.presentation._page_element import PageExplorer
from proxygap.presentation.explorer import explore, specification
from proxygap.presentation.widget import ExplorerWidget
from proxygap.quiz.sources import bibliography_keys
from proxygap.simulations import Claim, Parameter, Simulation
from tests.presentation.builders import QUESTION, Counter, make_simulation, two_lines

# --- What the front end is told ---------------------------------------------------------------


def test_the_specification_names_defaults_by_position_and_labels_by_unit():
    pressure, mood = specification(make_simulation(two_lines))["parameters"]
    assert pressure == {
        "name": "pressure", "label": "Pressure", "unit": "nats", "values": [0.0, 1.0, 2.0],
        "labels": ["0 nats", "1 nats", "2 nats"], "default": 1,
    }  # fmt: skip
    assert (mood["labels"], mood["default"]) == (["calm", "wild"], 0)


def test_the_question_carries_the_number_that_python_computed():
    question = specification(make_simulation(two_lines, prediction=QUESTION))["prediction"]
    assert question["outcome"] == pytest.approx(4 - 1 / 3)
    assert (question["low"], question["high"], question["tolerance"]) == (-10, 10, 10.0)


def test_the_question_can_be_left_out():
    assert specification(make_simulation(two_lines, prediction=QUESTION), predict=False)[
        "prediction"
    ] is None  # fmt: skip


def test_sources_are_named_by_author_and_year_and_say_where_they_were_published():
    claims = tuple(
        Claim("It holds", key, lambda _: 0.0, 0, 0) for key in ("ng1999", "leike2017", "ng1999")
    )
    assert specification(make_simulation(two_lines, claims=claims))["sources"] == [
        {
            "key": "leike2017",
            "text": "Leike et al. 2017",
            "url": "https://arxiv.org/abs/1711.09883",
        },
        {"key": "ng1999", "text": "Ng et al. 1999", "url": ""},
    ]


@pytest.mark.parametrize(
    ("authors", "read"),
    [
        ("Watkins, Christopher J. C. H. and Dayan, Peter", "Watkins and Dayan"),
        ("Goodhart, Charles A. E.", "Goodhart"),
        ("Leo Gao and John Schulman and Jacob Hilton", "Gao et al."),
        ("{Consumer Financial Protection Bureau}", "Consumer Financial Protection Bureau"),
        (r"G{\"o}del, Kurt and {\'E}tienne, A.", "Gödel and Étienne"),
    ],
)
def test_authors_are_shortened_as_in_a_text(authors, read):
    assert _citations._names(authors) == read


def test_every_work_of_the_bibliography_has_a_short_name():
    for key in bibliography_keys():
        text = _citations.citation(key)["text"]
        assert re.fullmatch(r"[\w' ./-]+ \d{4}", text), (key, text)


def test_a_book_without_an_author_is_known_by_its_editors():
    assert _citations.citation("beyer2016")["text"] == "Beyer et al. 2016"


def test_negative_values_are_written_with_a_true_minus_sign():
    pressure = Parameter("pressure", "Pressure", (-1.0, 0.0), 0.0, unit="nats")
    mood = Parameter("mood", "Mood", ("calm", "well-made, -2 a step"), "calm")
    spec = specification(make_simulation(two_lines, parameters=(pressure, mood)))
    assert [p["labels"] for p in spec["parameters"]] == [
        ["−1 nats", "0 nats"], ["calm", "well-made, −2 a step"],
    ]  # fmt: skip


def test_an_unknown_slug_suggests_the_nearest_name():
    with pytest.raises(UsageError) as refused:
        explore("boat-rase")
    assert str(refused.value) == (
        "Unknown simulation 'boat-rase'. Did you mean 'boat-race'? All simulations: proxygap list"
    )


# --- On a page --------------------------------------------------------------------------------


def element(simulation, served: Path) -> BeautifulSoup:
    shown = PageExplorer(simulation, specification(simulation), served)
    return BeautifulSoup(shown._repr_mimebundle_()["text/html"], "html.parser")


def payload(page: BeautifulSoup) -> dict:
    return json.loads(page.select_one("pg-explorer > script[type='application/json']").string)


def test_while_a_site_is_built_explore_returns_an_element(tmp_path, monkeypatch):
    monkeypatch.setenv("PROXYGAP_SERVED", str(tmp_path))
    assert isinstance(explore("boat-race"), PageExplorer)


def test_the_element_carries_the_specification_and_where_its_table_is(tmp_path):
    simulation = make_simulation(two_lines)
    given = payload(element(simulation, tmp_path))
    assert given["kind"] == "explorer"
    assert given["spec"] == json.loads(json.dumps(specification(simulation)))
    assert (tmp_path / given["table"]["url"]).stat().st_size == given["table"]["bytes"]


def test_served_files_carry_the_hash_of_their_content(tmp_path):
    page = element(make_simulation(two_lines), tmp_path)
    image = page.select_one("noscript img")["src"].removeprefix("pg-static:")
    for name in (payload(page)["table"]["url"], image):
        content = (tmp_path / name).read_bytes()
        assert name.split(".")[1] == hashlib.sha256(content).hexdigest()[:8]


def test_without_javascript_a_page_shows_the_figure_and_the_finding(tmp_path):
    page = element(make_simulation(two_lines), tmp_path)
    image = page.select_one("pg-explorer > noscript > figure > picture > img")
    phone = page.select_one("picture > source")
    assert image["alt"] == "Two lines <part> & a bar."
    assert int(image["width"]) > int(image["height"]) > 100
    assert (tmp_path / phone["srcset"].removeprefix("pg-static:")).is_file()
    assert int(phone["height"]) > int(phone["width"])
    assert page.select_one("figcaption").text == "The lines part."


def test_no_text_can_end_the_script_element_early(tmp_path):
    wicked = "</script><script>alert(1)</script>"
    page = element(make_simulation(two_lines, title=wicked), tmp_path)
    assert len(page.find_all("script")) == 1
    assert payload(page)["spec"]["title"] == wicked


def test_a_page_reserves_less_room_when_a_question_comes_first(tmp_path):
    asking = element(make_simulation(two_lines, prediction=QUESTION), tmp_path)
    assert asking.select_one("pg-explorer").has_attr("data-asks")
    plain = element(make_simulation(two_lines), tmp_path)
    assert not plain.select_one("pg-explorer").has_attr("data-asks")


def test_a_second_chapter_reuses_what_the_first_one_computed(tmp_path, monkeypatch):
    counter = Counter()
    quick = make_simulation(counter, slug="boat-race")
    monkeypatch.setattr(_explorer_files, "get", {"boat-race": quick}.get)
    kept, pages = tmp_path / "kept", tmp_path / "pages"
    first = PageExplorer(quick, specification(quick), pages, kept).html()
    computed = counter.calls
    assert PageExplorer(quick, specification(quick), pages, kept).html() == first
    _explorer_files.make_ready("boat-race", kept)  # the claims are missing yet; there are none
    assert counter.calls == computed
    assert _explorer_files.is_ready("boat-race", kept)


def test_nothing_is_kept_of_a_simulation_that_is_none_of_the_courses_own(tmp_path):
    counter = Counter()
    simulation = make_simulation(counter)
    PageExplorer(
        simulation, specification(simulation), tmp_path / "pages", tmp_path / "kept"
    ).html()
    assert not (tmp_path / "kept").exists()
    assert counter.calls == 6


# --- In a notebook ----------------------------------------------------------------------------


@pytest.fixture
def toy() -> ExplorerWidget:
    simulation = make_simulation(two_lines, prediction=QUESTION)
    return ExplorerWidget(simulation, specification(simulation))


def from_the_front_end(live: ExplorerWidget, **state: object) -> None:
    """Deliver what the front end sends when the learner moves a control."""
    live.set_state(state)


def test_outside_a_build_explore_returns_a_widget_with_the_front_end_inside(monkeypatch):
    monkeypatch.delenv("PROXYGAP_SERVED", raising=False)
    live = explore("boat-race")
    assert isinstance(live, ExplorerWidget)
    assert live._esm == (widget.BUNDLE / "interactive.mjs").read_text(encoding="utf-8")
    assert live._css == (widget.BUNDLE / "interactive.css").read_text(encoding="utf-8")


def test_the_widget_starts_at_the_defaults_with_a_result(toy):
    assert toy.values == {"pressure": 1, "mood": 0}
    assert toy.chosen() == {"pressure": 1.0, "mood": "calm"}
    assert toy.result["series"]["proxy"] == [0, 1, 2, 3, 4]
    assert toy.result["summary"] == "At 1 nats, calm: 3.7."


def test_moving_a_control_computes_what_run_at_returns(toy):
    from_the_front_end(toy, values={"pressure": 2, "mood": 1})
    expected = toy.simulation.run_at(pressure=2.0, mood="wild")
    assert toy.result["series"]["proxy"] == list(expected["proxy"])
    assert toy.result["summary"] == "At 2 nats, wild: 7.3."
    assert (toy.pressure, toy.mood) == (2.0, "wild")


def test_what_is_sent_to_the_front_end_is_json_without_nan(toy):
    assert toy.result["series"]["truth"] == [0, 1, 2, 3, None]
    json.dumps({name: toy.get_state()[name] for name in ("spec", "values", "result")},
               allow_nan=False)  # fmt: skip


def test_a_notebook_shows_a_widget_and_plain_text_names_its_state(toy):
    bundle = toy._repr_mimebundle_()[0]
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == toy.model_id
    assert bundle["text/plain"] == "explore('toy', pressure=1.0, mood='calm')"


def test_a_parameter_can_be_set_observed_and_linked(toy):
    seen = []
    toy.observe(lambda change: seen.append((change["old"], change["new"])), "pressure")
    slider = ipywidgets.FloatSlider(value=1, min=0, max=2, step=1)
    ipywidgets.link((slider, "value"), (toy, "pressure"))
    slider.value = 2
    assert toy.values == {"pressure": 2, "mood": 0}
    from_the_front_end(toy, values={"pressure": 0, "mood": 0})
    assert slider.value == 0
    assert seen == [(1.0, 2.0), (2.0, 0.0)]


def two_toys() -> list[Simulation]:
    return [make_simulation(two_lines), make_simulation(two_lines)]


def test_a_linked_pair_of_explorers_moves_together():
    one, other = (ExplorerWidget(toy, specification(toy)) for toy in two_toys())
    ipywidgets.link((one, "mood"), (other, "mood"))
    one.mood = "wild"
    assert other.result["summary"] == "At 1 nats, wild: 3.7."


def test_the_widget_goes_into_a_box(toy):
    assert ipywidgets.HBox([toy]).children == (toy,)


def test_setting_a_value_that_is_not_on_offer_says_what_is(toy):
    with pytest.raises(traitlets.TraitError) as refused:
        toy.mood = "wilde"
    assert str(refused.value) == (
        "mood=wilde is not on offer. Did you mean 'wild'? Allowed: calm, wild."
    )
    assert toy.mood == "calm"


@pytest.mark.parametrize("index", [3, -1, 1.5, "1"])
def test_a_position_outside_the_values_is_refused(toy, index):
    with pytest.raises(traitlets.TraitError, match="0 to 2; got "):
        toy.values = {"pressure": index}
    assert toy.values == {"pressure": 1, "mood": 0}


def test_an_unknown_parameter_is_refused_with_the_nearest_name(toy):
    with pytest.raises(traitlets.TraitError, match="Did you mean 'pressure'"):
        toy.values = {"presure": 1}


def test_positions_that_are_left_out_stay_as_they_are(toy):
    toy.values = {"mood": 1}
    assert toy.values == {"pressure": 1, "mood": 1}


def test_what_the_learner_predicted_reaches_python(toy):
    given = {"id": "toy-last", "given": 2, "skipped": False, "confidence": 75, "outcome": 3.7}
    from_the_front_end(toy, prediction=given)
    assert toy.prediction == given


class Moody:
    """Computes `two_lines`, but fails while it is wild and ill."""

    ill = True

    def __call__(self, pressure, mood):
        if mood == "wild" and self.ill:
            raise ZeroDivisionError("division by zero")
        return two_lines(pressure, mood)


def test_a_failure_becomes_a_sentence_keeps_the_last_result_and_can_be_retried(capsys):
    moody = Moody()
    simulation = make_simulation(moody)
    live = ExplorerWidget(simulation, specification(simulation))
    before = live.result
    live.mood = "wild"
    assert live.problem == (
        "The simulation could not be computed at these settings (division by zero). "
        "Choose others, or try again."
    )
    assert live.result == before
    moody.ill = False
    live._handle_custom_msg({"type": "retry"}, [])
    assert (live.problem, live.result["summary"]) == ("", "At 1 nats, wild: 3.7.")
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_missing_front_end_says_how_to_build_it(tmp_path, monkeypatch):
    monkeypatch.setattr(widget, "BUNDLE", tmp_path)
    simulation = make_simulation(two_lines)
    with pytest.raises(SetupError) as refused:
        ExplorerWidget(simulation, specification(simulation))
    assert str(refused.value) == (
        "The interactive front end was not built: interactive.mjs is missing. In the course's "
        "checkout, run: make bundle"
    )
