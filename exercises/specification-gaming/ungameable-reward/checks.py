"""Does racing pay more than anything else that a boat can do for ever?"""

import numpy as np

from proxygap.grading.authoring import check, expect, is_number
from proxygap.grading.display import describe, show
from proxygap.simulations._loops import loops, mean
from proxygap.simulations._ring_track import (
    BACK,
    CLOCKWISE,
    PUBLISHED,
    RACE_STEPS,
    WALL,
    laps_learned,
    next_state,
    pay,
    steps,
)

UNSEEN = "...>.>>...."  # bare stretches, and two arrows in a row
TRACKS = {"the published track": PUBLISHED, "a track that you have not seen": UNSEEN}
KINDS = {">": "arrow", ".": "plain"}
MOST = 100
LEARNERS = 10
ROUNDING = 1e-9


def pays(submission, track):
    return pay(track, submission.function("reward"))


def lap_mean(track, rewards):
    return float(rewards[:, CLOCKWISE].mean())


def is_lap(track, loop):
    return len(loop.states) == len(track) and set(loop.actions) == {CLOCKWISE}


def best_other_loop(track, rewards):
    """Return the loop that pays most among all that are not the race."""
    others = [loop for loop in loops(next_state(track), 0) if not is_lap(track, loop)]
    return max(others, key=lambda loop: mean(loop, rewards))


def in_words(track, loop):
    if WALL in loop.actions:
        return f"run into the wall on tile {loop.states[0] + 1}, again and again"
    if len(loop.states) == len(track):
        return "race the wrong way round"
    first, second = (f"tile {s + 1} ({KINDS[track[s]]})" for s in loop.states)
    return f"go to and fro between {first} and {second}"


def per_step(amount):
    return f"{amount:.2f} points a step".replace("-", "−")


def in_facts(step):
    true = [name for name, value in step._asdict().items() if value]
    return f"a step with {' and '.join(true) or 'no fact'} true"


@check(
    "It pays a number for every step, and the same one each time",
    hint="Return one number at the end, whichever facts are true. A step in which nothing happened "
    "needs its number too, and only the step may decide what it is.",
)
def pays_a_number(submission):
    reward = submission.function("reward")
    everything = sorted(set(steps(PUBLISHED)) | set(steps(UNSEEN)))
    first = {}
    for step in everything:
        paid = first[step] = reward(step)
        expect(
            is_number(paid) and abs(float(paid)) <= MOST,
            "A step's pay must be a number from −100 to 100.",
            inputs=in_facts(step),
            got=paid if is_number(paid) else describe(paid),
            expected="a number from −100 to 100",
        )
    for step in reversed(everything):
        again = reward(step)
        expect(
            type(again) is type(first[step]) and again == first[step],
            "The same step was paid differently when it happened again.",
            inputs=in_facts(step),
            got=f"first {show(first[step])}, then {show(again)}",
            expected="the same number",
        )


@check(
    "A lap pays more than standing still",
    hint="A lap is eight steps: four enter an arrow, four enter a plain tile. Add up what your "
    "reward pays for them. Standing still means running into the wall eight times.",
)
def lap_beats_standing_still(submission):
    rewards = pays(submission, PUBLISHED)
    lap, wall = lap_mean(PUBLISHED, rewards), float(rewards[:, WALL].max())
    expect(
        lap > wall + ROUNDING,
        "A boat that leans against the wall is paid at least as well as one that races.",
        inputs="eight steps into the wall, and a lap of eight steps",
        got=f"{per_step(wall)} for the wall, {per_step(lap)} for the lap",
        expected="more for the lap",
    )
    return f"A lap pays {per_step(lap)}, the wall {per_step(wall)}."


@check(
    "Rocking on an arrow pays less than racing",
    hint="The boat enters an arrow forwards, backs off it and enters it again. Which fact does the "
    "sensor report when the boat backs off? It enters no arrow then.",
)
def rocking_pays_less(submission):
    rewards = pays(submission, PUBLISHED)
    lap = lap_mean(PUBLISHED, rewards)
    rock = float(rewards[0, CLOCKWISE] + rewards[1, BACK]) / 2
    expect(
        rock < lap - ROUNDING,
        "A boat that rocks on and off one arrow is paid at least as well as one that races.",
        inputs="onto an arrow, back off it, onto it again …",
        got=per_step(rock),
        expected=f"less than racing, which pays {per_step(lap)}",
    )
    return f"Racing pays {per_step(lap)}, rocking {per_step(rock)}."


def no_other_loop_pays(submission, track):
    rewards = pays(submission, track)
    lap, other = lap_mean(track, rewards), best_other_loop(track, rewards)
    best = mean(other, rewards)
    expect(
        best < lap - ROUNDING,
        "There is another way to be paid at least as well as by racing.",
        inputs=in_words(track, other),
        got=per_step(best),
        expected=f"less than racing, which pays {per_step(lap)}",
    )
    return f"Racing pays {per_step(lap)}; the best of all other ways, {per_step(best)}."


@check(
    "Nothing else that a boat can do for ever pays as much",
    hint="Whatever a boat does for ever, it goes round in circles, and every circle was tried. "
    "Look at the one above: which of its steps earns something that the step back does not cost?",
)
def no_other_loop(submission):
    return no_other_loop_pays(submission, PUBLISHED)


@check(
    "The same holds on a track that you have not seen",
    hint="The new track has arrows that follow each other, and long stretches without any, so that "
    "a lap earns less. Where the sensor reports nothing, can you know that the boat went forward?",
)
def unseen_track(submission):
    return no_other_loop_pays(submission, UNSEEN)


@check(
    "Boats that learn from it race on both tracks",
    hint="A learner counts points that come soon for more than points that come late. Racing must "
    "pay clearly more than waiting, also before the first arrow is in reach.",
)
def learners_race(submission):
    notes = []
    for name, track in TRACKS.items():
        rng = np.random.default_rng(0)
        laps = laps_learned(track, pays(submission, track), rng, learners=LEARNERS)
        possible = RACE_STEPS / len(track)
        racing = int((laps > 0.9 * possible).sum())
        expect(
            racing >= 0.9 * LEARNERS,
            f"Ten boats learned from your reward on {name}. Too few of them race.",
            inputs="40 races of training, then one race of 100 steps",
            got=f"{racing} of 10 boats race; the typical one does {np.median(laps):.1f} laps",
            expected=f"at least 9 of 10 boats race; {possible:.1f} laps are possible",
        )
        notes.append(f"{np.median(laps):.1f} of {possible:.1f} laps on {name}")
    return f"The typical boat does {' and '.join(notes)}."
