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
