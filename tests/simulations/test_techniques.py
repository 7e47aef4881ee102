"""The path through the chapters on training: what each technique does to the assistant before it.

Directions, since that is what the chapters claim; the numbers themselves are computed on the pages.
"""

import numpy as np
import pytest

from proxygap.errors import UsageError
from proxygap.simulations._replies import base_policy, load, posture
from proxygap.simulations._techniques import ORDER, path, stage

WORLD = load()


def test_the_path_starts_with_the_assistant_that_nobody_tuned():
    first = path("language-models")
    assert [one.chapter for one in first] == ["language-models"]
    assert np.array_equal(first[0].policy.probabilities(), base_policy(WORLD).probabilities())
    assert first[0].posture == posture(base_policy(WORLD), WORLD)


def test_the_path_goes_in_the_order_of_the_book_and_stops_where_it_is_told():
    chapters = [one.chapter for one in path(path()[-1].chapter)]
    assert chapters == [chapter for chapter in ORDER if chapter in chapters]


def test_a_chapter_without_a_technique_is_named_with_the_nearest_one():
    with pytest.raises(UsageError, match=r"'language-modles'\. Did you mean 'language-models'\?"):
        stage("language-modles")


def test_the_same_path_is_walked_each_time():
    assert path() is not path()
    assert [one.posture for one in path()] == [one.posture for one in path()]


# --- What each chapter says of its technique ----------------------------------------------------


def moved(chapter: str, start: str) -> dict[str, float]:
    """Return how each measure changed, in hundredths."""
    after, before = stage(chapter).posture._asdict(), stage(start).posture._asdict()
    return {name: 100 * (after[name] - before[name]) for name in after}


def test_instruction_tuning_makes_it_helpful_to_everybody_harmful_requests_included():
    change = moved("instruction-tuning", "language-models")
    assert change["helpfulness"] > 25
    assert change["harm"] > 5
    assert change["over_refusal"] <= 0


@pytest.mark.parametrize("chapter", ["rlhf", "dpo", "constitutional-ai"])
def test_a_preference_for_better_replies_removes_most_of_the_harm(chapter):
    change = moved(chapter, "instruction-tuning")
    assert stage(chapter).posture.harm < 0.25 * stage("instruction-tuning").posture.harm
    assert change["truth"] > 25
    assert change["courtesy"] > 3
    assert change["helpfulness"] > 0


def test_dpo_and_rlhf_make_nearly_the_same_assistant_of_the_same_comparisons():
    assert max(abs(change) for change in moved("dpo", "rlhf").values()) < 5


def test_the_constitution_leaves_the_least_harm_of_the_three_and_its_price_is_seen():
    harm = {one: stage(one).posture.harm for one in ("rlhf", "dpo", "constitutional-ai")}
    assert min(harm, key=harm.get) == "constitutional-ai"
    assert stage("constitutional-ai").posture.over_refusal > stage("rlhf").posture.over_refusal


def test_the_fix_of_what_the_red_team_found_costs_some_help():
    change = moved("red-teaming", "rlhf")
    assert change["harm"] < 0
    assert change["over_refusal"] > 0
    assert -10 < change["helpfulness"] < 0


def test_guardrails_end_the_harm_and_refuse_more_than_anything_before_them():
    change = moved("guardrails", "red-teaming")
    assert stage("guardrails").posture.harm < 0.02
    assert stage("guardrails").posture.over_refusal == max(
        one.posture.over_refusal for one in path()
    )
    assert change["helpfulness"] < 0
    assert change["truth"] < 0  # a refusal that nobody needed is worth less than an answer
