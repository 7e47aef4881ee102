"""Write the reward: what each reward makes of the boats, by hand, and what is said about it."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs._boat_reading import HABITS, RACING, habit, pay
from proxygap.labs._boat_training import train
from proxygap.labs._boat_words import FIELDS, GUESSES, Attempt, diagnosis, racing_lead
from proxygap.labs.write_the_reward import LAB, initial, read_draft, update, view
from proxygap.simulations._boat_track import DESIGNS, RING, RewardTerms

TRAIN = {"type": "train"}


def put(name: str, value: object) -> dict:
    return {"type": "set", "id": name, "value": value}


def after(*actions: dict, state: dict | None = None) -> dict:
    state = initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def attempt(**terms: float) -> dict:
    """The attempt that comes of a reward with these terms alone."""
    fields = [put(name, str(terms.get(name, 0))) for name in FIELDS]
    return after(*fields, TRAIN)["attempts"][-1]


def blocks(state: dict) -> dict:
    sections = view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def words(state: dict) -> str:
    return blocks(state)["verdict"]["text"].replace("\N{NO-BREAK SPACE}", " ")


# What the boats do ---------------------------------------------------------------------------


def test_under_the_published_reward_all_boats_rock():
    # leike2017: rocking is paid 50 in 100 steps, as racing is; one step in a hundred is random.
    published = initial()["attempts"][0]
    assert published["boats"] == {"rocks": 20}
    assert published["visible"] == pytest.approx(49, abs=1)
    assert published["hidden"] == pytest.approx(0, abs=5)
    assert published["path"][-4:] == published["path"][-2:] * 2


def test_taking_points_back_for_leaving_an_arrow_backwards_makes_them_race():
    repaired = attempt(move=-1, arrow_forward=3, arrow_undone=-3)
    assert repaired["boats"] == {"races": 20}
    assert repaired["hidden"] > 90


def test_punishing_an_arrow_entered_backwards_repairs_nothing():
    # Backing off an arrow enters a plain cell: the penalty never falls due.
    assert attempt(move=-1, arrow_forward=3, arrow_backward=-3)["hidden"] < 15


@pytest.mark.parametrize(
    ("terms", "does"),
    [
        ({"bump": 5}, "stands"),
        ({"move": -1, "arrow_backward": 3}, "rocks"),  # off an arrow and back onto it
        ({"arrow_backward": 2, "arrow_undone": 2}, "reverses"),
        ({"arrow_forward": 1, "arrow_undone": -0.01}, "races"),  # a lead of a hundredth is enough
        ({"arrow_backward": -1, "arrow_undone": -1, "bump": -1}, "races"),  # all sticks, no carrot
    ],
)
def test_boats_do_what_pays_most(terms, does):
    assert next(iter(attempt(**terms)["boats"])) == does


def test_a_reward_of_nothing_leaves_it_to_chance():
    idle = attempt()
    assert idle["visible"] == 0
    assert len(idle["boats"]) > 1


POINTS = st.sampled_from([-10.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 10.0])


@settings(max_examples=12, deadline=None)
@given(st.builds(RewardTerms, POINTS, POINTS, POINTS, POINTS, st.just(0.0), POINTS))
def test_most_boats_learn_what_pays_most_whatever_the_reward(terms):
    trained = train(terms)
    best = max(pay(terms, done) for done in HABITS.values())
    assert pay(terms, habit(trained.path)) == best
    assert sum(trained.boats.values()) == 20
    if racing_lead(terms) > 0:
        assert trained.hidden > 90


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [-3.0, 3.0])
def test_one_number_alone_cannot_make_racing_the_best_paid(name, value):
    # The lab says so; signs decide, since all other terms are 0.
    assert racing_lead(RewardTerms(**{name: value})) <= 0


def test_two_numbers_can():
    assert racing_lead(RewardTerms(arrow_forward=3, arrow_undone=-3)) == 3


# What is said --------------------------------------------------------------------------------


def test_the_first_view_explains_the_tie():
    assert words(initial()) == (
        "Two steps of rocking pay −1 + 3 − 1 = 1. Two steps of racing pay −1 + 3 − 1 = 1, exactly "
        "as much. Nothing in this reward tells going round from going nowhere."
    )
    assert [score["text"] for score in blocks(initial())["scores"]["scores"]] == [
        "49 of at most 50", "1 of at most 100",
    ]  # fmt: skip


def test_a_penalty_that_never_falls_due_is_named():
    assert words(after(put("arrow_backward", -3), TRAIN)).endswith(
        "Your penalty for entering an arrow backwards never falls due."
    )


def test_what_pays_more_than_racing_is_set_beside_it():
    assert words(after(put("bump", 4), TRAIN)) == (
        "Two steps of standing still pay −1 + 4 − 1 + 4 = 6. Two steps of racing pay "
        "−1 + 3 − 1 = 1. The boat takes what pays more."
    )


def test_the_goal_is_recognised_and_a_shorter_way_is_hinted_at():
    closed = after(put("arrow_undone", -3), TRAIN)
    assert blocks(closed)["verdict"]["title"] == "The gap is closed: visible 49, hidden 99."
    assert words(closed).endswith("You used 3 numbers. Two are enough: can you find which?")
    shortest = after(put("move", 0), put("arrow_undone", -3), TRAIN)
    assert words(shortest).endswith("It took only two numbers. One alone cannot do it.")


LAP = [RING[step % len(RING)] for step in range(101)]
ROCKING = [RING[step % 2] for step in range(101)]


LUCK = (
    "Two steps of racing pay −1 + 3 − 1 = 1. Two steps of rocking pay −1 + 3 − 1 = 1, no less. "
    "These boats race by luck, not for your reward."
)
BAD_LUCK = (
    "Two steps of rocking pay −1 + 3 − 1 − 3 = −2. Two steps of racing pay −1 + 3 − 1 = 1, which "
    "is more: these boats have not found it in 200 races."
)


@pytest.mark.parametrize(
    ("design", "path", "hidden", "said"),
    [("arrows", LAP, 98.0, LUCK), ("symmetric", ROCKING, 0.0, BAD_LUCK)],
)
def test_luck_and_bad_luck_are_called_by_their_names(design, path, hidden, said):
    # Neither comes up with our seed; both could with another.
    terms = DESIGNS[design]
    found = Attempt(terms, "", train(terms)._replace(path=path, hidden=hidden))
    assert diagnosis(found).replace("\N{NO-BREAK SPACE}", " ") == said
    assert not found.is_closed


def test_boats_that_disagree_are_counted():
    idle = after(put("move", 0), put("arrow_forward", 0), TRAIN)
    counted = blocks(idle)["boats"]["text"]
    assert counted.startswith("The boats do not agree: ")
    numbers = [int(word) for word in counted.split() if word.isdigit()]
    assert sum(numbers[::2]) == 20
    assert set(numbers[1::2]) == {20}


def test_hints_come_one_by_one_and_the_list_is_live():
    state = after({"type": "hint"})
    assert "hint-1" in blocks(state)
    assert "prices" not in blocks(state)
    state = after({"type": "hint"}, put("arrow_undone", -3), state=state)
    first = [row["cells"][0] for row in blocks(state)["prices"]["rows"]]
    assert first[0] == "racing"
    tied = blocks(after(put("arrow_undone", 0), state=state))["prices"]["rows"]
    assert [row["cells"][0] for row in tied[:2]] == ["rocking", "racing"]  # a tie is not the top
    state = after({"type": "hint"}, {"type": "hint"}, {"type": "hint"}, state=state)
    assert state["hints"] == 3
    assert "hint" not in blocks(state)


def test_the_list_waits_for_numbers():
    state = after({"type": "hint"}, {"type": "hint"}, put("bump", "?"))
    assert blocks(state)["prices"]["text"] == "The list appears when every field holds a number."


def test_a_screen_reader_hears_what_changed():
    assert view(initial()).announce == ""
    heard = view(after(put("bump", 4), TRAIN)).announce
    # Standing still is paid −1 + 4 a step, 300 a race; one step in a hundred is random.
    assert heard.startswith(
        "Attempt 1: the boat stands still against the land. "
        "Visible score 299, hidden score −100. Two steps of standing still pay "
    )
    assert view(after({"type": "hint"})).announce.startswith("A boat can do five things")


# What is kept --------------------------------------------------------------------------------


def test_what_is_no_number_is_kept_and_named_and_nothing_is_trained():
    state = after(put("bump", "lots"), put("move", " −2 "), TRAIN)
    assert state["fields"]["bump"] == "lots"
    assert state["fields"]["move"] == " −2 "
    assert len(state["attempts"]) == 1
    assert blocks(state)["bump"]["problem"].startswith("“lots” is not a number.")
    assert blocks(state)["said"]["text"] == (
        "Nothing was trained. Please mend “Bumping into land” first."
    )
    assert "said" not in blocks(after(put("bump", "1"), state=state))


def test_each_attempt_keeps_its_guess_and_the_next_starts_without_one():
    guessed = {"type": "guess", "value": "races"}
    state = after(put("bump", 4), guessed, TRAIN, put("bump", 3), TRAIN)
    assert [a["guess"] for a in state["attempts"]] == ["", "races", "skipped"]
    assert state["guess"] == ""
    back = after({"type": "show", "value": "1"}, state=state)
    assert blocks(back)["guessed"]["text"] == (
        "Your guess: “It races, lap after lap.” It does not."
    )


def test_the_same_reward_is_shown_again_not_trained_again():
    state = after(put("bump", 4), TRAIN, put("bump", "0.0"), TRAIN)
    assert (len(state["attempts"]), state["shown"]) == (2, 0)
    assert state["said"].startswith("You have seen these boats")


def test_an_earlier_attempt_can_be_shown_and_its_numbers_taken_up():
    state = after(put("bump", 4), TRAIN, {"type": "show", "value": "0"})
    assert view(state).sections[1].title == "As published: the boat rocks on and off one arrow"
    assert "reuse" in blocks(state)
    state = after({"type": "reuse"}, state=state)
    assert state["fields"]["bump"] == "0"
    assert "reuse" not in blocks(state)


@pytest.mark.parametrize(
    "action",
    [
        put("laps", 3),
        put("move", None),
        {"type": "guess", "value": "sinks"},
        {"type": "show", "value": "1"},
        {"type": "show", "value": 0},
        {"type": "cheat"},
    ],
)
def test_what_makes_no_sense_is_refused(action):
    with pytest.raises(UsageError):
        update(initial(), action)


ACTIONS = st.one_of(
    st.builds(put, st.sampled_from(list(FIELDS)), st.sampled_from(["-3", "0", "2", "x", "1,5"])),
    st.builds(lambda v: {"type": "guess", "value": v}, st.sampled_from(list(GUESSES))),
    st.sampled_from([{"type": "hint"}, {"type": "reuse"}, {"type": "show", "value": "0"}, TRAIN]),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(ACTIONS, max_size=6))
def test_the_same_actions_give_the_same_state_and_leave_the_old_one_alone(actions):
    state = initial()
    for action in actions:
        before = copy.deepcopy(state)
        following = update(state, action)
        assert state == before
        assert following == update(before, action)
        state = following
    assert json.loads(json.dumps(state)) == state
    assert view(json.loads(json.dumps(state))).as_data() == view(state).as_data()


def test_the_hidden_goal_is_no_field():
    assert "clockwise" not in FIELDS
    assert read_draft(initial()).terms.clockwise == 0


def test_racing_is_what_the_finding_promises():
    assert habit(attempt(move=-1, arrow_forward=3, arrow_undone=-3)["path"]) is RACING
    assert LAB.finding.endswith("does not.")
