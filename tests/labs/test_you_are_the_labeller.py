"""You are the labeller: the pairs, what is learned from clicks, and what comes of it."""

import copy
import doctest
import importlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs import host
from proxygap.labs.you_are_the_labeller import files, learning
from proxygap.labs.you_are_the_labeller import state as s
from proxygap.labs.you_are_the_labeller.lab import LAB, update, view
from proxygap.labs.you_are_the_labeller.pairs import ASKED, edition, pairs, twice
from proxygap.simulations._replies import FEATURES, expected, load, posture, tilt
from proxygap.simulations._reward_model import sigmoid

initial = s.initial
PAIRS = pairs()
NAMES = list(PAIRS)
WORLD = load()
TRUE = {name: pair.better for name, pair in PAIRS.items()}
LONGER = {
    name: "a" if pair.replies[0].length > pair.replies[1].length else "b"
    for name, pair in PAIRS.items()
}
TIES = dict.fromkeys(NAMES, "tie")


def answer(name: str, choice: str) -> dict:
    return {"type": "answer", "id": name, "value": choice}


def after(*actions: dict, state: dict | None = None) -> dict:
    state = initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def labelled(labels: dict, step: str = "compare", **chosen: str) -> dict:
    state = after(*(answer(name, choice) for name, choice in labels.items()))
    given_ = [{"type": "set", "id": name, "value": value} for name, value in chosen.items()]
    return after({"type": "go", "value": step}, *given_, state=state)


def blocks(state: dict) -> dict:
    sections = view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def learned(labels: dict) -> learning.Learned:
    return learning.learn(learning.votes(labels))


def stands(state: dict) -> dict[str, list[int]]:
    rows = blocks(state)["postures"]["rows"]
    return {
        row["id"]: [int(cell.split()[0].replace("−", "-")) for cell in row["cells"][1:]]
        for row in rows
    }


# The pairs ----------------------------------------------------------------------------------


def test_there_are_thirty_pairs_from_all_families_and_three_come_twice():
    assert len(PAIRS) == len(ASKED) == 30
    assert {pair.prompt.family for pair in PAIRS.values()} == {f.slug for f in WORLD.families}
    assert len(twice()) == 3
    for first, second in twice():
        assert (first.place, first.a, first.b) == (second.place, second.b, second.a)
        assert NAMES.index(second.id) - NAMES.index(first.id) >= 10


def test_no_side_wins_without_reading():
    assert 13 <= list(TRUE.values()).count("a") <= 17
    assert 13 <= list(LONGER.values()).count("a") <= 17


@pytest.mark.parametrize("feature", FEATURES)
def test_every_attribute_is_compared_at_least_five_times(feature):
    values = WORLD.feature(feature)
    differ = [values[p.place, p.a] != values[p.place, p.b] for p in PAIRS.values()]
    assert sum(differ) >= 5


def test_a_pair_that_a_later_edition_has_dropped_is_left_out(monkeypatch):
    module = importlib.import_module("proxygap.labs.you_are_the_labeller.pairs")
    monkeypatch.setattr(module, "ASKED", (("shop-gone", "good", "bare"), *ASKED[:3]))
    assert list(module.pairs.__wrapped__()) == NAMES[:3]


# What is learned ----------------------------------------------------------------------------


def test_one_click_moves_the_weights_along_the_difference_by_hand():
    # One comparison: w = c · z with c = σ(−c |z|²), since the ridge is 1.
    name = NAMES[2]
    pair = PAIRS[name]
    z = WORLD.standardised[pair.place, pair.a] - WORLD.standardised[pair.place, pair.b]
    weights = learned({name: "a"}).weights
    along = weights @ z / (z @ z)
    np.testing.assert_allclose(weights, along * z, atol=1e-9)
    assert along == pytest.approx(sigmoid(-along * (z @ z)))
    np.testing.assert_allclose(learned({name: "b"}).weights, -weights, atol=1e-9)


def test_without_labels_and_with_ties_alone_nothing_is_worth_anything():
    for labels in ({}, TIES, dict.fromkeys(NAMES, "skip")):
        assert np.abs(learned(labels).weights).max() < 1e-9
    assert learned({}).error == pytest.approx(np.ones(8))  # the prior
    assert (learned(TIES).error < learned({}).error).all()  # a tie says something


def test_a_contradiction_is_worth_as_much_as_two_ties():
    first, second = twice()[0]
    against = learned({first.id: "a", second.id: "a"})
    tied = learned({first.id: "tie", second.id: "tie"})
    np.testing.assert_allclose(against.weights, 0, atol=1e-9)
    np.testing.assert_allclose(against.error, tied.error)


def test_somebody_who_likes_length_teaches_length_and_nothing_else():
    paid = {p.feature: p for p in learning.payments(learned(LONGER))}
    assert [name for name, payment in paid.items() if payment.shown] == ["length"]
    # The price of ten words is ten times that of a word, which the reward of two replies shows.
    reward, words = learned(LONGER).reward, WORLD.feature("length")
    rest = np.delete(WORLD.features, FEATURES.index("length"), axis=-1)
    design = np.column_stack([words.ravel(), rest.reshape(-1, 7), np.ones(words.size)])
    fitted = np.linalg.lstsq(design, reward.ravel(), rcond=None)[0]
    assert paid["length"].value == pytest.approx(10 * fitted[0])


def test_intervals_hold_the_weights_of_somebody_who_decides_by_weights():
    truth = np.array([0.9, 0.5, 0.0, 0.3, -0.4, -0.6, 0.3, -0.9])
    gaps = {name: (WORLD.standardised[p.place, p.a] - WORLD.standardised[p.place, p.b]) @ truth
            for name, p in PAIRS.items()}  # fmt: skip
    rng, inside = np.random.default_rng(4), []
    for _ in range(150):
        labels = {n: "a" if rng.random() < sigmoid(gap) else "b" for n, gap in gaps.items()}
        found = learned(labels)
        inside.append(np.abs(found.weights - truth) < learning.SURE * found.error)
    assert np.mean(inside) > 0.93  # the prior pulls towards 0, and here the truth is near it


def test_the_votes_of_a_crowd_lie_between_its_members():
    clicks = learning.votes(TRUE)
    assert learning.mixed(clicks, "length", 0.0) == clicks
    swayed = dict(learning.of_rater("length"))
    halfway = dict(learning.mixed(clicks, "length", 0.5))
    assert halfway == {n: pytest.approx((v + swayed[n]) / 2) for n, v in clicks}


# What comes of it ---------------------------------------------------------------------------


def test_true_labels_make_a_better_assistant_and_length_a_worse_one_that_is_rewarded_as_well():
    worth = {}
    for name, labels in (("true", TRUE), ("longer", LONGER)):
        found = learned(labels)
        worth[name] = learning.gains(found, learning.assistant(found, 0.5))
    assert worth["true"][1] > 0.7
    assert worth["longer"][1] < -0.1
    assert min(proxy for proxy, _ in worth.values()) > 0.5


def test_the_assistant_is_the_tilt_of_the_instruction_tuned_policy():
    found = learned(LONGER)
    expected_ = tilt(learning.start(), found.reward, 0.25).probabilities()
    np.testing.assert_array_equal(learning.assistant(found, 0.25).probabilities(), expected_)


def test_the_proxy_never_falls_as_the_leash_gets_longer():
    found = learning.path(learned(LONGER), np.geomspace(20, 0.05, 12))
    assert (np.diff(found.proxy) >= -1e-9).all()
    assert (np.diff(found.kl) >= -1e-9).all()
    assert found.truth.argmax() < 6  # the truth is best on a short leash


@pytest.mark.parametrize("labels", [TRUE, LONGER, {**LONGER, NAMES[0]: "tie"}])
@pytest.mark.parametrize("beta", [0.1, 1.0])
def test_dpo_that_sees_the_attributes_is_rlhf(labels, beta):
    rlhf = learning.assistant(learned(labels), beta)
    dpo = learning.by_dpo(learning.votes(labels), beta, tied=True).policy
    assert learning.variation(rlhf, dpo) < 1e-6


def test_dpo_without_attributes_touches_only_prompts_that_were_compared():
    labels = {name: TRUE[name] for name in NAMES[:5]}
    policy = learning.by_dpo(learning.votes(labels), 0.5, tied=False).policy
    changed = np.abs(policy.probabilities() - learning.start().probabilities()).max(axis=1) > 1e-9
    assert set(np.flatnonzero(changed)) == {PAIRS[name].place for name in labels}
    assert "change: 5 of 40." in blocks(labelled(labels, "dpo"))["own"]["text"]


@pytest.mark.parametrize("bias", s.BIASES)
def test_every_bias_bends_the_truth_down_while_the_reward_model_is_content(bias):
    clicks = learning.votes(TRUE)
    proxy, truth = np.array([
        learning.gains(found, learning.assistant(found, 0.25))
        for share in (0.0, 0.5, 1.0)
        for found in [learning.learn(learning.mixed(clicks, bias, share))]
    ]).T  # fmt: skip
    assert truth[0] > truth[1] > truth[2]
    assert proxy.min() > 0.4


def test_the_table_is_the_posture_of_every_chapter():
    state = labelled(LONGER, "assistant", leash="0.25")
    found = posture(learning.assistant(learned(LONGER), 0.25), WORLD)
    assert stands(state)["after RLHF on your labels"] == [round(100 * value) for value in found]
    assert stands(state)["after instruction tuning"][-1] == round(
        100 * expected(learning.start(), WORLD.truth)
    )


# Step by step -------------------------------------------------------------------------------


def test_pairs_are_asked_in_order_until_all_have_an_answer():
    state = after({"type": "begin"})
    for number, name in enumerate(NAMES):
        shown = blocks(state)["asked"]
        assert shown["card"] == name
        assert shown["place"] == f"Comparison {number + 1} of 30"
        assert shown["replies"] == [reply.text for reply in PAIRS[name].replies]
        state = after(answer(name, TRUE[name]), state=state)
    assert "asked" not in blocks(state)
    assert view(state).announce == "All 30 pairs are compared"


def test_nothing_of_the_truth_is_told_while_one_compares():
    state = after({"type": "begin"}, answer(NAMES[0], "a"))
    told = json.dumps(view(state).as_data(), ensure_ascii=False)
    assert not any(reply.why in told for p in PAIRS.values() for reply in p.replies)


def test_an_answer_that_arrives_twice_counts_once():
    state = after(answer(NAMES[0], "a"), answer(NAMES[0], "a"))
    assert state["labels"] == {NAMES[0]: "a"}


def test_the_last_answer_can_be_taken_back_with_its_lateness():
    late = {"type": "late", "id": NAMES[1]}
    state = after(answer(NAMES[0], "a"), late, answer(NAMES[1], "b"))
    assert state["late"] == [NAMES[1]]
    state = after({"type": "undo"}, state=state)
    assert (state["labels"], state["late"]) == ({NAMES[0]: "a"}, [])
    assert blocks(state)["asked"]["card"] == NAMES[1]
    with pytest.raises(UsageError, match="nothing to take back"):
        after({"type": "undo"}, {"type": "undo"}, state=state)


def test_the_clock_loses_no_answer():
    late = {"type": "late", "id": NAMES[0]}
    state = after({"type": "set", "id": "pace", "value": "15"}, {"type": "begin"}, late)
    assert blocks(state)["asked"]["seconds"] == 15
    assert blocks(state)["asked"]["late"]
    state = after(answer(NAMES[0], "b"), late, state=state)
    assert state["labels"] == {NAMES[0]: "b"}
    assert "After the time: 1." in blocks(state)["counts"]["text"]
    off = after({"type": "set", "id": "pace", "value": "0"}, state=state)
    assert blocks(off)["asked"]["seconds"] == 0


def test_skipped_pairs_can_be_asked_again():
    state = labelled({**TRUE, NAMES[4]: "skip", NAMES[9]: "skip"})
    assert blocks(state)["again"]["label"] == "Ask the skipped 2 pairs again"
    state = after({"type": "again"}, state=state)
    assert blocks(state)["asked"]["card"] == NAMES[4]
    assert len(state["labels"]) == 28


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ({}, "There is no label to learn from yet."),
        (TIES, "You called all 30 pairs equal."),
        ({NAMES[0]: "a"}, "Only 1 label:"),
        (dict.fromkeys(NAMES, "skip"), "There is no label to learn from yet."),
    ],
)
@pytest.mark.parametrize("step", ["reward", "assistant", "dpo", "bias"])
def test_labels_that_teach_nothing_get_a_sentence_in_every_step(labels, says, step):
    assert blocks(labelled(labels, step))["in-the-way"]["text"].startswith(says)


def test_contradictions_are_said_and_explained():
    (first, second), *_ = twice()
    text = blocks(labelled({**TRUE, second.id: TRUE[first.id]}, "reward"))["twice"]["text"]
    assert text.startswith("3 pairs came twice, with the sides changed: you chose alike on 2. On 1")
    assert "cancel out" in text


def test_what_was_learned_is_said_in_words_only_if_it_is_shown():
    text = blocks(labelled(LONGER, "reward"))["told"]["text"]
    value = learning.payments(learned(LONGER))[FEATURES.index("length")].value
    assert text.startswith(f"It pays about {value:.1f} for each 10 words more. Not settled, since")
    assert blocks(labelled({}, "reward"))["told"]["text"].startswith("Nothing is settled")


def test_differences_from_the_true_value_come_with_reasons():
    labels = {**TRUE, NAMES[0]: "b", NAMES[5]: "tie"}
    assert TRUE[NAMES[0]] == "a"
    shown = blocks(labelled(labels, "others"))
    assert "agree on 28 of 29 pairs, 97 %" in shown["agreement"]["text"]
    differs = [name for name in shown if name.startswith("differs-")]
    assert differs == [f"differs-{NAMES[0]}"]
    better, other = PAIRS[NAMES[0]].replies
    assert better.why in shown[differs[0]]["text"]
    assert other.why in shown[differs[0]]["text"]


def test_without_scripts_a_few_pairs_stand_there_with_what_they_are_worth():
    first, (a, b) = LAB.examples[0], PAIRS[NAMES[0]].replies
    assert a.text in first.case
    assert b.text in first.case
    assert a.why in first.answer
    assert a.why not in first.case


# Files --------------------------------------------------------------------------------------


def saved(labels: dict) -> str:
    return str(blocks(labelled(labels, "others"))["save"]["text"])


def bring(text: str, state: dict) -> dict:
    return after({"type": "upload", "value": text}, state=state)


def test_saved_labels_come_back_beside_ones_own():
    state = bring(saved(LONGER), labelled(TRUE, "others"))
    assert (state["labels"], state["brought"]) == (TRUE, LONGER)
    alike = sum(TRUE[name] == LONGER[name] for name in NAMES)
    assert f"agree on {alike}, {100 * alike / 30:.0f} %." in blocks(state)["colleague"]["text"]
    apart = [name for name in blocks(state) if name.startswith("apart-")]
    assert len(apart) == 30 - alike
    theirs = after({"type": "set", "id": "whose", "value": "brought"},
                   {"type": "go", "value": "assistant"}, state=state)  # fmt: skip
    assert stands(theirs) == stands(labelled(LONGER, "assistant"))
    assert "of the file" in blocks(theirs)["whose-labels"]["text"]


def test_labels_of_another_wording_are_left_out_and_counted():
    file = json.loads(saved(TRUE))
    file["edition"] = "0000aaaa"
    file["labels"][0]["wording"] = "0000bbbb"
    file["labels"][1]["pair"] = "shop-gone.good.bare"
    state = bring(json.dumps(file), labelled(LONGER, "others"))
    assert len(state["brought"]) == 28
    assert state["labels"] == LONGER
    assert blocks(state)["note"]["text"] == (
        f"The file was made with edition 0000aaaa of the pairs; here is {edition()}. 28 labels "
        "were read. Your own are kept beside them. 2 belong to pairs that stand here in other "
        "words or not at all, and were left out."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        (saved(TRUE)[:300], "cut off"),
        ("[" * 5000, "not JSON"),
        ("[]", "holds no labels"),
        ('{"schema": "proxygap-progress/1", "labels": []}', "holds no labels"),
        ('{"schema": "proxygap-labels/2", "labels": []}', "newer kind"),
        (saved({}), "None of the 0 labels"),
        (saved(TRUE).replace('"wording": "', '"wording": "x'), "None of the 30 labels"),
        ('{"schema": "proxygap-labels/1", "labels": [1, {"pair": 2}, null]}', "None of the 3"),
        ("x" * 200_001, "at most 200000 characters"),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_changes_nothing(text, says):
    before = bring(saved(LONGER), labelled(TRUE, "others"))
    state = bring(text, before)
    assert says in blocks(state)["bring"]["problem"]
    assert (state["labels"], state["brought"]) == (TRUE, LONGER)


def test_a_file_says_what_was_late():
    state = after({"type": "late", "id": NAMES[0]}, answer(NAMES[0], "a"))
    rows = json.loads(files.write(state["labels"], state["late"], "15"))["labels"]
    assert rows == [
        {"pair": NAMES[0], "wording": PAIRS[NAMES[0]].stamp, "choice": "a", "late": True}
    ]


# Whatever is done ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action",
    [
        {"type": "answer", "id": "shop-gone", "value": "a"},
        {"type": "answer", "id": NAMES[0], "value": "c"},
        {"type": "set", "id": "leash", "value": "0"},
        {"type": "set", "id": "labels", "value": "a"},
        {"type": "set", "id": "whose", "value": "brought"},
        {"type": "go", "value": "home"},
        {"type": "late", "id": 7},
        {"type": "upload", "value": None},
        {"type": "label"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(action):
    before = labelled(TRUE)
    reply = host.apply(LAB, before, action)
    assert reply.view is not None
    assert reply.problem or blocks(reply.state)["counts"]
    assert reply.state["labels"] == TRUE


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(list(initial())), JUNK), st.sampled_from(list(s.STEPS)))
def test_a_state_of_unknown_origin_is_shown(changed, step):
    answered = host.apply(LAB, {**labelled(TRUE), **changed}, {"type": "go", "value": step})
    assert answered.view is not None
    assert answered.problem == ""


ACTIONS = st.one_of(
    st.builds(answer, st.sampled_from(NAMES), st.sampled_from(list(s.CHOICES))),
    st.builds(lambda name: {"type": "late", "id": name}, st.sampled_from(NAMES)),
    st.builds(lambda step: {"type": "go", "value": step}, st.sampled_from(list(s.STEPS))),
    st.builds(lambda beta: {"type": "slide", "id": "leash", "value": beta},
              st.sampled_from(s.LEASHES)),
    st.builds(lambda bias: {"type": "set", "id": "bias", "value": bias},
              st.sampled_from(list(s.BIASES))),
    st.sampled_from([{"type": "undo"}, {"type": "again"}, {"type": "begin"}]),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(ACTIONS, max_size=20))
def test_any_actions_leave_a_state_that_can_be_shown_saved_and_repeated(actions):
    state = initial()
    for action in actions:
        before = copy.deepcopy(state)
        reply = host.apply(LAB, state, action)
        assert state == before
        assert reply == host.apply(LAB, before, action)
        assert reply.view is not None
        state = reply.state
    assert json.loads(json.dumps(state)) == state
    ids = [block.id for section in view(state).sections for block in section.blocks]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("step", s.STEPS)
def test_no_two_sections_of_a_step_share_a_name(step):
    names = [section.id for section in view(labelled(TRUE, step)).sections]
    assert len(set(names)) == len(names)


def test_the_examples_in_the_docstrings_hold():
    module = importlib.import_module("proxygap.labs.you_are_the_labeller.words")
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0
