"""Displacement: where the probability goes, worked out from the features alone."""

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations.displacement import (
    CHOSEN,
    REJECTED,
    SHARES,
    THIRD,
    replies,
    trained,
)

DISPLACEMENT = get("displacement")


@pytest.mark.parametrize("share", SHARES)
def test_training_is_displaced_exactly_where_the_third_reply_has_more_of_the_difference(share):
    # In the long run the reply with the largest feature along chosen − rejected takes all.
    features = replies(share)
    along = features @ (features[CHOSEN] - features[REJECTED])
    result = DISPLACEMENT.run_at(goes_along=share)
    assert (result["percent"] < result["percent_start"]) == (along.argmax() == THIRD)


def test_where_it_becomes_displaced_by_hand():
    # (third − chosen) · (chosen − rejected) = (−1, 2) · (a, ½ − 2a) = 1 − 5a: it turns at a fifth.
    for share in (0.0, 0.1, 0.2, 0.5):
        features = replies(share)
        lead = (features[THIRD] - features[CHOSEN]) @ (features[CHOSEN] - features[REJECTED])
        assert lead == pytest.approx(1 - 5 * share)


def test_the_gap_is_the_only_thing_that_the_loss_looks_at():
    run = trained(0.0, "dpo")
    ratio = run.log_probability - run.log_probability[0]
    np.testing.assert_allclose(ratio[:, CHOSEN] - ratio[:, REJECTED], run.gap[:, 0], atol=1e-12)


def test_the_probabilities_are_probabilities_whatever_is_set():
    for loss in ("dpo", "ipo", "anchor"):
        result = DISPLACEMENT.run_at(loss=loss)
        total = result["chosen"] + result["rejected"] + result["third"]
        np.testing.assert_allclose(total, 1)


def test_an_anchor_keeps_the_chosen_reply_and_does_not_undo_the_lesson():
    anchored, plain = (DISPLACEMENT.run_at(loss=loss) for loss in ("anchor", "dpo"))
    assert anchored["percent"] > anchored["percent_start"] > 100 * plain["chosen"][-1]
    assert anchored["percent_third"] > 10  # the third reply is still far likelier than before


def test_the_margin_hides_it_and_the_truth_shows_it():
    result = DISPLACEMENT.run_at()
    assert (np.diff(result["gap"]) > 0).all()
    # By hand: the third reply's pull of 1.5 is rare at first, so the kind no gains for a while.
    peak = result["worth"].argmax()
    assert 0 < peak < 10
    assert (np.diff(result["worth"][peak:]) < 0).all()
    assert result["worth"][-1] == pytest.approx(-1, abs=0.01)
