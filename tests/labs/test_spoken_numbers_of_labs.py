"""The numbers that the labs of chapters 4 to 10 speak are those that they compute."""

import math

import numpy as np

from proxygap.labs import get
from proxygap.labs.budgeted_red_team import work
from proxygap.labs.budgeted_red_team.assistants import gives_in
from proxygap.labs.budgeted_red_team.kit import kit
from proxygap.labs.budgeted_red_team.messages import kept_back
from proxygap.labs.budgeted_red_team.show_report import report
from proxygap.labs.stack_builder import measure, messages
from proxygap.labs.stack_builder.rails import parse
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.simulations import get as simulation
from proxygap.simulations._linden import spelled, town
from proxygap.simulations._preferences import ceiling, spread_of
from proxygap.simulations._replies import load
from proxygap.simulations._reward_model import sigmoid


def said(slug, **changes):
    """Return all texts of a lab as it begins, or with some of its state changed."""
    lab = get(slug)
    sections = lab.view({**lab.initial(), **changes}).as_data()["sections"]
    return " ".join(str(block.get("text")) for one in sections for block in one["blocks"])


def test_the_bench_says_what_a_word_costs_that_one_gave_1_per_cent():
    assert f"1 % costs {-math.log2(0.01):.1f}." in said("next-token-bench")


def test_the_bench_says_how_often_the_notices_tell_of_the_well():
    notices, weighing = " ".join(town().read), said("next-token-bench", step="weigh")
    often = notices.count("the well is two hundred years old")
    assert notices.count("the well is sixty years old") == 1
    assert f"{spelled(often).capitalize()} sentences say that the well is two hundred" in weighing
    assert f"The bakery opens at {town().facts['opens']['bakery'][0]}." in weighing


def test_the_labeller_says_how_surely_a_lead_wins():
    one, two = (round(100 * float(sigmoid(np.array(lead)))) for lead in (1.0, 2.0))
    rule = f"preferred {one} times in 100, one that is 2 points ahead {two} times"
    assert rule in said("you-are-the-labeller")


def test_the_labeller_says_what_the_published_agreement_bounds():
    bound = f"more than {100 * ceiling(spread_of(0.73)):.0f} % of their choices"
    assert bound in said("you-are-the-labeller", step="others")


def test_the_red_team_says_how_often_attempts_get_through_where_nothing_was_planted():
    target = kit().assistants[work.TARGET]
    elsewhere = [
        gives_in(target, message)
        for technique in kit().techniques
        for goal in kit().goals
        if f"{technique}/{goal}" not in target.weak
        for message in kept_back(technique, goal)
    ]
    sections = report(get("budgeted-red-team").initial())
    shown = " ".join(getattr(block, "text", "") for one in sections for block in one.blocks)
    assert f"about {100 * min(elsewhere):.0f} to {100 * max(elsewhere):.0f} times in 100" in shown
    assert f"{spelled(len(target.weak)).capitalize()} weaknesses were planted" in shown


def test_the_stack_says_how_much_there_is():
    families = load().families
    assert sum(len(family.rules) for family in families) == 14
    assert get("stack-builder").task.startswith(
        f"{spelled(len(families)).capitalize()} assistants, fourteen rules, "
        f"{len(messages.messages())} labelled messages"
    )


def test_the_stack_says_what_its_first_file_holds_and_stops():
    lab, text = get("stack-builder"), STARTS["words"][1]
    practice = [one for one in messages.messages() if one.split == "practice"]
    assert text.count("\n          - ") == 16
    assert "a list of sixteen words" in lab.alt_text
    assert f"{len(practice)} practice messages" in lab.alt_text
    stopped = measure.outcome(parse(text)[0], "practice", "sister")
    assert "not quite half" in lab.alt_text
    assert 0.4 < stopped.share("asks").rate < 0.5 < stopped.share("near").rate


def test_the_workbench_says_what_the_changed_phrase_does():
    words = simulation("constitutional-ai")
    few, most = (words.run_at(sentence=one)["now_refuses"] for one in ("forbids", "sounds"))
    assert round(100 / float(few)) == 20
    assert most > 95
    assert "from one in twenty to almost all" in get("constitution-workbench").finding
