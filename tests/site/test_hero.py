"""The landing page's race is what the simulation computed."""

import json

import pytest
from bs4 import BeautifulSoup

from proxygap.simulations import get
from proxygap.site.directives.hero import parse
from proxygap.site.hero import Choice, Words, hero

WORDS = Words("Is it <winning>?", "Pay for", "Read on", "chapters/x.html")
CHOICES = (
    Choice("arrows", "arrows", "{paid} points, {laps} laps"),
    Choice("goal", "laps & more", "{paid} points, {laps} laps"),
)


@pytest.fixture(scope="module")
def drawn() -> BeautifulSoup:
    html = hero(get("boat-race"), WORDS, CHOICES)
    return BeautifulSoup(html, "lxml")


def test_the_findings_hold_the_scores_of_the_race(drawn):
    said = [p.get_text() for p in drawn.select(".pg-hero-finding p")]
    assert said == ["50 points, 0 laps", "100 points, 12.5 laps"]


def test_the_script_gets_the_very_numbers_that_run_at_returns(drawn):
    races = json.loads(drawn.script.string)["races"]
    for reward in ("arrows", "goal"):
        result = get("boat-race").run_at(reward=reward)
        assert races[reward]["path"] == result["path"].tolist()
        assert races[reward]["paid"] == result["path_return"].tolist()
        assert races[reward]["wanted"] == result["path_performance"].tolist()


def test_without_a_script_the_finished_race_is_drawn(drawn):
    arrows = drawn.select_one('.pg-hero-chart > [data-reward="arrows"]')
    labels = [text.get_text(" ", strip=True) for text in arrows.select("text")]
    assert labels == ["we pay 50", "we get 0"]
    assert len(arrows.select_one("polyline.pg-mark-proxy")["points"].split()) == 101


def test_the_first_choice_is_checked(drawn):
    checked = [button.has_attr("checked") for button in drawn("input")]
    assert checked == [True, False]


def test_text_is_never_html(drawn):
    assert drawn.select_one(".pg-hero-question").get_text() == "Is it <winning>?"
    assert drawn.select("label span")[1].get_text() == "laps & more"


def test_labels_that_would_overlap_stand_apart(drawn):
    goal = drawn.select('.pg-hero-chart > [data-reward="goal"] text')
    heights = [float(text["y"]) for text in goal]
    assert abs(heights[0] - heights[1]) == 18


def test_the_directives_keys_are_checked():
    from proxygap.errors import UsageError

    with pytest.raises(UsageError, match="begin, chapter, choices, control"):
        parse("question: only this")
