"""The constitution workbench, played: what is read, what comes of it, and what is never lost."""

import json

import pytest

from proxygap.errors import UsageError
from proxygap.labs import get
from proxygap.labs.constitution_workbench import work
from proxygap.labs.constitution_workbench.library import LIBRARY, OWN
from proxygap.labs.constitution_workbench.reader import LONGEST, read
from proxygap.simulations._principles import DEFAULT, Term
from proxygap.simulations._replies import TablePolicy, base_policy, load
from proxygap.simulations._techniques import stage

LAB = get("constitution-workbench")


def after(*actions, state=None):
    state = LAB.initial() if state is None else state
    for kind, value, *name in actions:
        state = LAB.update(state, {"type": kind, "value": value, "id": "".join(name)})
    return state


def blocks(state):
    sections = LAB.view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def over_refusal(state):
    return state["attempts"][-1]["posture"][2]


def test_the_first_constitution_is_the_one_of_the_chapter():
    assert tuple(read(LIBRARY[name].text).principle for name in OWN) == DEFAULT.principles
    first = LAB.initial()["attempts"][0]["posture"]
    assert first == pytest.approx(stage("constitutional-ai").posture, abs=1e-4)


@pytest.mark.parametrize("accuracy", ["95", "100"])
def test_one_changed_sentence_flips_the_borderline_requests(accuracy):
    start = after(("slide", accuracy, "accuracy"), ("train", ""))
    broken = after(("pick", "p2"), ("break", ""), ("train", ""), state=start)
    changed = [
        (one["text"], other["text"])
        for one, other in zip(start["principles"], broken["principles"], strict=True)
        if one != other
    ]
    assert changed == [(LIBRARY["decline"].text, LIBRARY["decline"].broken)]
    assert over_refusal(start) <= 0.055
    assert over_refusal(broken) >= 0.98
    mended = after(("break", ""), ("train", ""), state=broken)
    assert over_refusal(mended) == over_refusal(start)


def test_the_constitution_approves_while_the_truth_falls():
    kept, broken = after(("pick", "p2"), ("break", ""), ("train", ""))["attempts"]
    assert broken["approval"] > kept["approval"]
    assert broken["posture"][4] < kept["posture"][4] - 0.3


def test_the_order_decides_what_a_wary_principle_does():
    wary = after(("pick", "p2"), ("break", ""))
    low = after(*[("move", "down")] * 3, ("train", ""), state=wary)
    assert [one["id"] for one in low["principles"]] == ["p1", "p3", "p4", "p5", "p2"]
    assert over_refusal(low) < 0.1
    assert over_refusal(after(("train", ""), state=wary)) > 0.98


def test_the_critics_errors_become_the_assistants():
    for accuracy in work.ACCURACIES:
        one = after(("slide", accuracy, "accuracy"), ("train", ""))
        assert over_refusal(one) == pytest.approx(1 - int(accuracy) / 100, abs=0.01)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Break no rule.", [("breaks_rule", -1, "always")]),
        ("Do nothing that a rule forbids.", [("helps", -1, "forbidden")]),
        ("Do not do what a rule forbids.", [("helps", -1, "forbidden")]),
        ("Never refuse what sounds dangerous", [("refuses", -1, "sounds")]),
        ("Decline what is not allowed", [("refuses", 1, "forbidden")]),
        ("Help unless a rule forbids it.", [("helps", 1, "allowed")]),
        ("Don’t lecture or scold.", [("courtesy", 1, "always")]),
        ("Be helpful, honest and harmless.",
         [("helps", 1, "always"), ("correct", 1, "always"), ("breaks_rule", -1, "always")]),
        ("Never be harmful.", [("breaks_rule", -1, "always")]),
        ("Answer harmless requests.", [("helps", 1, "allowed")]),
        ("Answer what is harmless.", [("helps", 1, "allowed")]),
        ("Decline harmful requests.", [("refuses", 1, "forbidden")]),
        ("If you decline, say why.", [("explains_refusal", 1, "always")]),
        ("Do not agree and be kind.",
         [("agrees_with_user", -1, "always"), ("courtesy", 1, "always")]),
        ("Decline only what a rule forbids.",
         [("refuses", 1, "forbidden"), ("refuses", -1, "allowed")]),
    ],
)  # fmt: skip
def test_a_sentence_is_read_as_it_says(text, terms):
    assert read(text).terms == tuple(Term(*term) for term in terms)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing here yet."),
        ("Be wise, and kind to nobody in particular.", ""),
        ("Sois sage.", "No word of it is on the reader's list."),
        ("When a rule forbids it.", "It says for which requests, but not what"),
        ("Do not never help.", "two negations in one breath; the second is “never”"),
        ("Answer and do not answer.", "The reader cannot choose"),
        ("Be short. Be long.", "The reader cannot choose"),
        ("Do not help those who are not mistaken.", ""),
        ("Help unless it sounds odd.", "The reader can only read an exception for"),
        ("a" * 10_000, "This is 10,000 characters long. A principle is a sentence or two"),
        ("Decline. " * 1_112, f"up to {LONGEST} characters are read"),
    ],
)
def test_what_cannot_be_read_is_said(text, said):
    assert said in read(text).problem


def test_what_was_not_understood_is_named_and_changes_nothing():
    plain, adorned = (
        read("Decline what a rule forbids."),
        read("Wisely decline what a rule forbids, in a sustainable spirit."),
    )
    assert adorned.terms == plain.terms
    assert adorned.unknown == ("wisely", "sustainable", "spirit")
    shown = blocks(after(("pick", "p1"), ("write", "Gently break no rule.", "text/p1")))
    assert shown["unknown"]["text"] == "“gently”. These change nothing."


def test_markup_is_left_out_and_said_so():
    found = read("<b>Decline</b> what a rule <script>forbids</script>")
    assert found.terms == (Term("refuses", 1, "forbidden"),)
    assert found.problem == "Markup was left out: a principle is read as plain words."
    assert "Markup was left out" in read("<img src=x onerror=alert(1)>").problem


def test_ten_thousand_characters_are_kept_and_count_nothing():
    words = "Decline what sounds forbidden. " * 330
    state = after(("write", words, "text/p2"))
    assert state["principles"][1]["text"] == words
    assert "counts nothing" in blocks(after(("pick", "p2"), state=state))["problem"]["text"]
    assert over_refusal(after(("train", ""), state=state)) < 0.1
    with pytest.raises(UsageError, match="at most 12000 characters"):
        after(("write", "x" * 12_001, "text/p2"), state=state)


def test_a_late_text_goes_to_the_principle_that_it_was_written_for():
    state = after(("pick", "p1"), ("pick", "p4"), ("write", "Be short.", "text/p1"))
    assert state["principles"][0]["text"] == "Be short."
    assert state["at"] == "p4"


def test_a_constitution_of_one_s_own_is_added_ordered_and_removed():
    state = after(("add", "own"), ("write", "Be brief.", "text/p6"), ("move", "up"))
    assert [one["id"] for one in state["principles"]][-2:] == ["p6", "p5"]
    state = after(("remove", ""), ("candidate", "help"), ("add", "ready"), state=state)
    assert state["principles"][-1]["text"] == LIBRARY["help"].text
    full = after(*[("add", "own")] * 5)
    assert len(full["principles"]) == work.MOST
    assert "There is room for 7 principles" in full["said"]


def test_ends_of_the_list_and_own_sentences_get_a_sentence():
    assert "the first one already" in after(("pick", "p1"), ("move", "up"))["said"]
    own = after(("write", "Be frank.", "text/p2"), ("break", ""))
    assert "change a word of it" in own["said"]


def test_without_a_readable_principle_nothing_is_trained():
    empty = after(*[("remove", "")] * 5)
    assert "There is no principle yet" in blocks(empty)["empty"]["text"]
    asked = after(("train", ""), state=empty)
    assert len(asked["attempts"]) == 1
    assert "nothing to train by" in asked["said"]
    with pytest.raises(UsageError, match="Add one first"):
        after(("move", "up"), state=empty)


def test_an_attempt_comes_back_unless_untrained_work_would_be_lost():
    state = after(("pick", "p2"), ("break", ""), ("train", ""), ("show", "1"), ("reuse", ""))
    assert [one["text"] for one in state["principles"]] == [LIBRARY[name].text for name in OWN]
    kept = after(("write", "Mine.", f"text/{state['at']}"), ("reuse", ""), state=state)
    assert "would be lost" in kept["said"]
    assert kept["principles"][0]["text"] == "Mine."


def test_the_last_attempts_are_kept_and_their_numbers_go_on():
    state = after(*[("train", "")] * 12)
    assert [one["n"] for one in state["attempts"]] == list(range(4, 14))
    json.dumps(state)


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        {"principles": None, "attempts": "x", "shown": [], "at": {}},
        {"principles": [{"id": "p1"}, 3, {"id": "q", "text": "a"}, {"id": "p²", "text": "a"}]},
        {"principles": [], "attempts": [{"n": True}, {"n": 1, "texts": ["x"] * 99}]},
        {"attempts": [{"n": 1, "texts": [], "accuracy": "95", "rounds": "4", "labels": "soft",
                       "posture": [2, 0, 0, 0, 0], "approval": 0}], "shown": 1},
        {"accuracy": 95, "rounds": "99", "labels": [], "prompt": "gone", "candidate": None},
    ],
)  # fmt: skip
def test_a_damaged_state_is_shown_and_can_be_worked_with(damaged):
    state = after(("add", "ready"), ("train", ""), state=damaged)
    assert blocks(state)["told"]["text"]


def test_whoever_answers_can_be_trained(monkeypatch):
    """The lab asks a `Policy`; it does not care which."""
    other = TablePolicy(base_policy(load()).probabilities())
    monkeypatch.setattr(work, "assistant", lambda: other)
    work.trained.cache_clear()
    state = after(("train", ""))
    assert blocks(state)["plane"]["series"]["before_y"] == [pytest.approx(39.6, abs=0.1)]
    assert over_refusal(state) < 0.06
    work.trained.cache_clear()


def test_the_picture_shows_every_attempt_and_says_so():
    shown = blocks(after(("pick", "p2"), ("break", ""), ("train", "")))
    assert shown["plane"]["series"]["now_x"] == [pytest.approx(99, abs=1)]
    assert shown["plane"]["series"]["earlier_x"] == [pytest.approx(5, abs=0.1)]
    assert "attempt 1 5 % and 4 %; attempt 2 99 % and" in shown["plane"]["alt"]
    assert len(shown["attempts"]["rows"]) == 2


def test_a_reply_before_and_after_can_be_read():
    shown = blocks(after(("ask", "shop-discount")))
    assert "A rule of this assistant forbids it." in shown["kind"]["text"]
    assert shown["before"]["text"] != shown["after"]["text"]
