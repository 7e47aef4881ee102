"""The stack builder, played: what the rails stop is counted again, and nothing written is lost."""

import copy
import itertools
import json
import re
import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs import get, host
from proxygap.labs.stack_builder import measure, messages
from proxygap.labs.stack_builder.lab import initial, update, view
from proxygap.labs.stack_builder.messages import HELD_OUT_FROM, SORTS, of_split
from proxygap.labs.stack_builder.rails import parse
from proxygap.labs.stack_builder.scores import KIN, classifier, scores
from proxygap.labs.stack_builder.show_more import percent
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.labs.stack_builder.work import MOST_LOOKS, read
from proxygap.simulations._replies import load
from tests.simulations.test_replies import BLOCKED

LAB = get("stack-builder")
RUN, LOOK, PLUG, BACK = ({"type": kind} for kind in ("run", "look", "plug", "back"))


def write(text):
    return {"type": "write", "id": "text", "value": text}


def start(name):
    return {"type": "start", "id": "start", "value": name}


def put(name, value):
    return {"type": "set", "id": name, "value": value}


def after(*actions, state=None):
    state = initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def blocks(state):
    sections = view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def cells(state, table):
    return {row["id"]: row["cells"][1:] for row in blocks(state)[table]["rows"]}


def one_rail(flow, section, **entries):
    lines = [f"rails:\n  input:\n    flows: [{flow}]\n  config:\n    {section}:"]
    return "\n".join([*lines, *(f"      {name}: {value}" for name, value in entries.items())])


def stack_of(name):
    return parse(STARTS[name][1])[0]


# The messages -----------------------------------------------------------------------------------


def test_there_are_400_messages_of_which_140_sound_forbidden_and_are_allowed():
    count = Counter(one.sort for one in messages.messages())
    assert count == {"asks": 140, "near": 140, "ordinary": 120}
    assert len({one.text for one in messages.messages()}) == 400


def test_no_line_is_in_practice_and_in_the_hidden_test():
    practice, hidden = ({one.line for one in of_split(split)} for split in messages.SPLITS)
    assert practice & hidden == set()
    assert (len(of_split("practice")), len(of_split("held-out"))) == (238, 162)
    assert set(HELD_OUT_FROM) == set(SORTS)


@pytest.mark.parametrize("split", messages.SPLITS)
def test_a_frame_tells_nothing_about_the_sort(split):
    # Every sort meets every frame equally often, give or take one line.
    frames = [Counter(one.text.replace(one.line, "{}") for one in of_split(split) if one.sort == s)
              for s in SORTS]  # fmt: skip
    assert all(max(count.values()) - min(count.values()) <= 2 for count in frames)
    assert all(len(count) == 8 for count in frames)


def test_the_messages_are_harmless_and_every_family_gets_them():
    for one in messages.messages():
        assert not any(re.search(blocked, one.text.lower()) for blocked in BLOCKED), one.text
    assert {one.family for one in messages.messages()} == {f.slug for f in load().families}


# The rails --------------------------------------------------------------------------------------


def test_a_list_of_words_stops_what_holds_a_word_and_nothing_else():
    found = measure.outcome(parse(one_rail("keyword check input", "keyword_detection",
                                           input="\n        words: [password]"))[0],
                            "practice", "other")  # fmt: skip
    by_hand = ["password" in one.text.lower() for one in of_split("practice")]
    assert found.stopped.tolist() == by_hand
    assert sum(by_hand) > 4


def test_what_is_shown_is_what_is_counted():
    state = after(start("layers"))
    stack, practice = stack_of("layers"), of_split("practice")
    forbidden = [one for one in practice if one.sort == "asks"]
    caught = scores("classifier", forbidden, "sister") >= 0.6
    shown = cells(state, "by-rail")
    assert shown["classifier-check-input"][1] == percent(caught.mean())
    found = measure.outcome(stack, "practice", "sister")
    assert found.stopped.tolist() == found.blocked.any(axis=0).tolist()
    assert shown["all-together"][1] == percent(1 - found.missed)


def test_the_classifier_is_worse_on_what_it_was_not_fitted_on():
    text = one_rail("classifier check input", "classifier", threshold=0.5)
    known, new = (measure.outcome(parse(text)[0], split, "other") for split in messages.SPLITS)
    assert known.missed < 0.15
    assert new.missed > known.missed + 0.2


def test_a_lower_threshold_stops_more_of_everything():
    rates = []
    for threshold in (0.7, 0.5, 0.3):
        text = one_rail("self check input", "self_check", threshold=threshold)
        found = measure.outcome(parse(text)[0], "held-out", "sister")
        rates.append([found.share(sort).rate for sort in SORTS])
    assert (np.diff(np.array(rates), axis=0) >= 0).all()


def test_the_same_model_errs_where_the_classifier_errs_and_another_makers_elsewhere():
    forbidden = [one for one in of_split("held-out") if one.forbidden]
    first = scores("classifier", forbidden, "same")
    joined = {kin: np.corrcoef(first, scores("self_check", forbidden, kin))[0, 1] for kin in KIN}
    assert joined["other"] < 0.45 < joined["sister"] < joined["same"]
    assert joined["same"] > 0.7


def test_layers_are_compared_with_the_product_of_their_misses():
    found = measure.outcome(stack_of("layers"), "practice", "sister")
    assert found.multiplied == pytest.approx(np.prod(found.misses))
    assert found.missed > 1.5 * found.multiplied
    assert 0.1 < measure.correlation_like(found) < 0.9
    assert (
        f"In fact {percent(0.083)} pass all of them"
        in blocks(after(start("layers")))["together"]["text"]
    )


def test_a_rail_that_misses_everything_does_not_hide_that_the_others_miss_together():
    found = measure.outcome(stack_of("layers"), "practice", "sister")
    nothing = np.zeros_like(found.blocked[:1])
    joined = measure.Outcome(
        found.messages, (*found.rails, found.rails[0]), np.vstack([found.blocked, nothing])
    )
    assert measure.correlation_like(joined) == pytest.approx(measure.correlation_like(found))


def test_one_rail_has_nothing_to_be_multiplied_with():
    assert "together" not in blocks(initial())


# A day, an outage, the whole system ---------------------------------------------------------------


def test_a_day_is_bayes_by_hand():
    state = after(start("layers"), put("prevalence", "1 in 100"), put("volume", "1,000"))
    found = measure.outcome(stack_of("layers"), "practice", "sister")
    near, ordinary = found.share("near").rate, found.share("ordinary").rate
    wrong = 990 * (0.05 * near + 0.95 * ordinary)
    right = 10 * (1 - found.missed)
    today = measure.day(found, 0.01, 1000)
    assert (today.right, today.wrong) == pytest.approx((right, wrong))
    assert today.worth == pytest.approx(right / (right + wrong))
    assert measure.worth(found, 0.01) == pytest.approx(today.worth)
    assert today.people == pytest.approx((right + wrong) * 3 / 360)
    assert cells(state, "day")["forbidden"] == ["10"]


def test_where_harm_is_rarer_alarms_are_worth_less_and_the_rates_stay():
    shown = [cells(after(start("layers"), put("prevalence", often)), "by-rail")
             for often in ("1 in 10", "1 in 10,000")]  # fmt: skip
    assert shown[0] == shown[1]
    worth = [measure.worth(measure.outcome(stack_of("layers"), "practice", "sister"), p)
             for p in (0.1, 0.0001)]  # fmt: skip
    assert worth[0] > 10 * worth[1]


def test_an_outage_lets_pass_or_stops_all_according_to_the_setting():
    state = after(start("layers"), PLUG)
    opened = cells(state, "outage")
    closed = cells(after(put("failure", "closed"), state=state), "outage")
    found = measure.outcome(stack_of("layers"), "practice", "sister")
    only_regex = measure.without(found, measure.CAN_FAIL, closed=False)
    assert only_regex.stopped.tolist() == found.blocked[0].tolist()
    assert float(opened["missed"][1]) > float(opened["missed"][0])
    assert closed["missed"][1] == "0.0"
    assert closed["wrong"][1] == "416"  # all 10,000 / 24 of the hour but for the forbidden one
    assert "outage" not in blocks(after(PLUG, state=state))


def test_words_alone_cannot_be_out_of_reach():
    assert "nothing-fails" in blocks(initial())


def test_side_by_side_rails_take_as_long_as_the_slowest():
    stack = stack_of("layers")
    assert measure.waiting(stack) == pytest.approx(700 + 0.1)
    one_after_the_other = parse(STARTS["layers"][1].replace("    parallel: true\n", ""))[0]
    assert measure.waiting(one_after_the_other) == pytest.approx(0.1 + 20 + 700 + 0.1)


def test_the_whole_system_harms_less_and_helps_no_more_behind_rails():
    before, behind = measure.plain(), measure.whole_system(stack_of("layers"), "sister")
    assert behind.harm < before.harm
    assert behind.helpfulness <= before.helpfulness
    shown = cells(after(start("layers")), "system")
    assert shown["plain"] != shown["railed"]


def test_an_output_rail_stops_replies_and_no_request():
    text = STARTS["layers"][1]
    without = text.replace("  output:\n    flows:\n      - regex check output\n", "")
    assert (
        measure.whole_system(parse(without)[0], "other").harm
        > measure.whole_system(parse(text)[0], "other").harm
    )
    assert any("“regex check output” is not among" in said for said in parse(without)[1])


# The hidden test ----------------------------------------------------------------------------------


def test_a_look_shows_counts_and_no_hidden_message():
    state = after(start("patterns"), LOOK)
    shown = json.dumps(view(state).as_data(), ensure_ascii=False)
    assert not any(one.text in shown for one in of_split("held-out"))
    found = measure.outcome(stack_of("patterns"), "held-out", "sister")
    assert read(state).looks[0].asks == found.share("asks")
    assert blocks(state)["verdict"]["title"] == "Not yet."


def test_looks_are_counted_and_only_the_latest_are_kept():
    state = after(*[LOOK] * (MOST_LOOKS + 3))
    assert len(cells(state, "looks")) == MOST_LOOKS
    assert "changed since" in blocks(after(start("layers"), state=state))["verdict"]["text"]


def test_the_aim_can_be_reached():
    text = one_rail("self check input", "self_check", threshold=0.6)
    state = after(put("kin", "other"), write(text), RUN, LOOK)
    assert blocks(state)["verdict"]["title"] == "There."


# Nothing is lost ----------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_stays_as_it_is_and_the_last_one_runs_on():
    state = after(start("layers"), write("rails:\n\tinput:"), RUN)
    assert read(state).text == "rails:\n\tinput:"
    assert blocks(state)["text"]["problem"].startswith("Line 2: a tab")
    assert "Below still stands" in blocks(state)["stands"]["text"]
    assert cells(state, "by-rail") == cells(after(start("layers")), "by-rail")


def test_an_example_takes_the_place_of_a_text_that_can_be_brought_back():
    state = after(write("# mine\nrails: x"), start("layers"), start("patterns"))
    assert read(after(BACK, state=state)).text == "# mine\nrails: x"
    with pytest.raises(UsageError, match="nothing to bring back"):
        after(BACK)


def test_a_text_that_is_too_long_is_refused_with_a_sentence():
    answer = host.apply(LAB, initial(), write("x" * 9000))
    assert "at most" in answer.problem
    assert answer.state == initial()


@given(st.dictionaries(
    st.sampled_from([*initial(), "said"]),
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=30), st.just("rails:"),
              st.lists(st.dictionaries(st.sampled_from(list(SORTS)), st.lists(st.integers())),
                       max_size=2)),
))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_damaged_state_shows_something(state):
    for action in (None, RUN, LOOK, PLUG, start("layers")):
        answer = host.apply(LAB, copy.deepcopy(state), action)
        assert answer.view is not None
        json.dumps(answer.view, allow_nan=False)


def test_every_action_is_quick():
    LAB.prepare()
    state = initial()
    moves = [start("layers"), LOOK, PLUG, *(put("kin", kin) for kin in KIN), RUN, BACK]
    for action in moves[:-1]:
        began = time.perf_counter()
        state = host.apply(LAB, state, action).state
        assert time.perf_counter() - began < 0.5, action  # 20 ms alone; the machine may be busy


def test_the_examples_leave_no_rail_without_effect():
    for name in STARTS:
        assert not any(block.startswith("idle") for block in blocks(after(start(name))))


def test_every_block_has_a_name_of_its_own():
    for name, down in itertools.product(STARTS, (False, True)):
        state = after(start(name), LOOK, *([PLUG] if down else []))
        sections = view(state).as_data()["sections"]
        names = [block["id"] for section in sections for block in section["blocks"]]
        assert len(names) == len(set(names))


def test_the_classifier_is_the_same_each_time():
    weights = classifier().weights
    classifier.cache_clear()
    assert classifier().weights == weights
