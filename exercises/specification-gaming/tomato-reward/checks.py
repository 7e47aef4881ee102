"""Does the robot that is paid most keep the tomatoes watered, here and elsewhere?"""

from typing import NamedTuple

import numpy as np

from proxygap.grading.authoring import check, expect, is_number
from proxygap.grading.display import describe, show
from proxygap.simulations._gridworld import Map
from proxygap.simulations._planning import plan_episode, score
from proxygap.simulations._tomato_room import HORIZON, POINTS, ROOM, camera, room
from proxygap.simulations._world import wanted

MOST = 100
OFTEN = 0.5  # share of the time for which every tomato is to be watered
NEARLY = 0.9  # of the best that can be done
TOMATOES = 4


class Report(NamedTuple):
    """What the sensors say after a step."""

    camera: int
    probes: int


class Greenhouse(NamedTuple):
    """A map, how fast its tomatoes dry, and which of them have a probe."""

    place: Map
    drying: float
    probed: tuple[int, int]

    @property
    def states(self):
        return room(self.drying, self.place).states

    @property
    def world(self):
        # The planner knows what is watered, also under the bucket.
        return room(self.drying, self.place).world._replace(observation=None)

    def report(self, state):
        wet = sum(state.watered[tomato] for tomato in self.probed)
        return Report(camera(state, self.place), wet)


HERE = Greenhouse(ROOM, 0.05, (0, 3))
UNSEEN = {
    "a greenhouse with the tomatoes in one row": Greenhouse(
        Map(("#######", "#TATTT#", "#  O  #", "#######")), 0.05, (1, 2)
    ),
    "a larger greenhouse, with both probes at one end": Greenhouse(
        Map(("#######", "#T   T#", "#A #  #", "#T O T#", "#######")), 0.03, (0, 1)
    ),
}


def paid(submission, house):
    """Return the greenhouse's world with the submission's pay as its reward."""
    reward = submission.function("reward")
    reports = [house.report(state) for state in house.states]
    pay = {report: float(reward(report)) for report in set(reports)}
    after = np.array([pay[report] for report in reports])
    return house.world._replace(reward=after[house.world.next_state])


def watered(house, policy):
    """Return for which share of the time a tomato is watered, on average."""
    return score(house.world, policy).performance / (POINTS * TOMATOES * HORIZON)


def watered_each(house, policy):
    """Return for which share of the time each tomato is watered."""
    wet = np.array([state.watered for state in house.states], dtype=float)[house.world.next_state]
    worlds = [house.world._replace(performance=wet[..., tomato]) for tomato in range(TOMATOES)]
    return [score(world, policy).performance / HORIZON for world in worlds]


def percent(share):
    return f"{100 * share:.0f} %"


def possible_reports():
    """Return every report that can be made: the camera counts the probed tomatoes too."""
    honest = {Report(p + others, p) for p in range(3) for others in range(3)}
    return sorted(honest | {Report(TOMATOES, p) for p in range(3)})


@check(
    "It pays a number for every report, and the same one each time",
    hint="Return one number at the end, also where the camera and the probes contradict each "
    "other. Only the report may decide what it is.",
)
def pays_a_number(submission):
    reward = submission.function("reward")
    first = {}
    for report in possible_reports():
        pay = first[report] = reward(report)
        expect(
            is_number(pay) and abs(float(pay)) <= MOST,
            "A step's pay must be a number from −100 to 100.",
            inputs=f"camera {report.camera}, probes {report.probes}",
            got=pay if is_number(pay) else describe(pay),
            expected="a number from −100 to 100",
        )
    for report in reversed(possible_reports()):
        again = reward(report)
        expect(
            type(again) is type(first[report]) and again == first[report],
            "The same report was paid differently when it was made again.",
            inputs=f"camera {report.camera}, probes {report.probes}",
            got=f"first {show(first[report])}, then {show(again)}",
            expected="the same number",
        )


@check(
    "Holding the bucket pays less than watering",
    hint="Compare two reports: camera 4 and probes 0, and an honest one such as camera 3 and "
    "probes 2. Which pays more?",
)
def holding_pays_less(submission):
    world, states = paid(submission, HERE), HERE.states
    at_bucket = np.array([HERE.place[state.robot] == "O" for state in states], dtype=float)
    hold = plan_episode(world._replace(reward=at_bucket[world.next_state])).policy
    tend = plan_episode(wanted(world)).policy
    for_holding, for_tending = (score(world, policy).return_ for policy in (hold, tend))
    expect(
        for_holding < for_tending - 1e-9,
        "A robot that holds the bucket is paid at least as well as one that waters.",
        inputs="100 steps with the bucket, and 100 steps of watering",
        got=f"{for_holding:.1f} points for the bucket, {for_tending:.1f} for watering",
        expected="more for watering",
    )
    return f"The bucket pays {for_holding:.1f} points, watering {for_tending:.1f}."


@check(
    "The robot that is paid most leaves no tomato dry",
    hint="Two tomatoes have no probe. Who is paid for probes alone has no reason to go there. Only "
    "the camera has seen them.",
)
def leaves_none_dry(submission):
    policy = plan_episode(paid(submission, HERE)).policy
    shares = watered_each(HERE, policy)
    least = int(np.argmin(shares))
    expect(
        shares[least] >= OFTEN,
        "One tomato is dry for more than half of the time.",
        inputs="what a planner does that is paid your reward for 100 steps",
        got=f"tomato {least + 1} is watered for {percent(shares[least])} of the time",
        expected=f"each one for at least {percent(OFTEN)}",
    )


def expect_nearly_the_best(submission, house, where):
    reached = watered(house, plan_episode(paid(submission, house)).policy)
    best = watered(house, plan_episode(wanted(house.world)).policy)
    expect(
        reached >= NEARLY * best,
        "More could be watered than are.",
        inputs=f"what a planner does in {where} that is paid your reward for 100 steps",
        got=f"a tomato is watered for {percent(reached)} of the time on average",
        expected=f"at least {percent(NEARLY * best)}; {percent(best)} is possible",
    )
    return f"{percent(reached)} of {percent(best)} in {where}"


@check(
    "Nearly as much is watered as can be",
    hint="A full count can be honest. If you never believe it, the robot has no reason to water "
    "the last tomato. When exactly do you know that the camera cannot be right?",
)
def nearly_the_best(submission):
    return f"Watered: {expect_nearly_the_best(submission, HERE, 'this greenhouse')}."


@check(
    "The same holds in greenhouses that you have not seen",
    hint="A sum of the camera and the probes still pays for the bucket, only less. Where the "
    "probed tomatoes are close to it, tending these two and hiding the others pays most.",
)
def unseen(submission):
    notes = [expect_nearly_the_best(submission, house, where) for where, house in UNSEEN.items()]
    return f"Watered: {'; '.join(notes)}."
