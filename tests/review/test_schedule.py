"""When missed items come back: about 1, 7 and 30 days after the miss, wherever the learner is."""

import json
import os
import random
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from proxygap.site import node
from tests.front_end import bundled

SCRIPT = Path(__file__).with_name("run_schedule.mjs")
MISS = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)


def iso(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def event(day, credit, confidence=None, *, item="a", source="review", hour=0.0):
    at = iso(MISS + timedelta(days=day, hours=hour))
    return {"item": item, "source": source, "at": at, "credit": credit, "confidence": confidence}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Return a function that schedules events as the page does, in some time zone."""
    folder = tmp_path_factory.mktemp("schedule")
    modules = [bundled(f"review/{name}.ts", folder) for name in ("schedule", "words")]
    running = {}

    def start(zone):
        command = [node.executable(), SCRIPT, *modules]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                env=os.environ | {"TZ": zone})  # fmt: skip

    def _plan(events, day=0.0, zone="UTC"):
        if zone not in running:
            running[zone] = start(zone)
        asked = {"events": events, "now": iso(MISS + timedelta(days=day))}
        running[zone].stdin.write(json.dumps(asked) + "\n")
        running[zone].stdin.flush()
        return json.loads(running[zone].stdout.readline())

    yield _plan
    for process in running.values():
        process.communicate()


def days(found, item="a"):
    """Return after how many days from the miss `item` comes back."""
    [due] = [place["due"] for place in found["places"] if place["item"] == item]
    return (datetime.fromisoformat(due) - MISS).total_seconds() / 86_400


def follow(plan, *answers):
    """Answer on the day when the item is due; return the days on which it came back."""
    events = [event(0, 0, source="first")]
    came = [days(plan(events))]
    for credit, confidence in answers:
        events.append(event(came[-1], credit, confidence))
        came.append(days(plan(events)))
    return came


def test_a_missed_item_comes_back_after_about_1_7_and_30_days(plan):
    first, second, third = follow(plan, (1, None), (1, 75))
    assert first == 1
    assert 5 <= second <= 9
    assert 25 <= third <= 35


def test_missing_it_again_starts_over(plan):
    *_, last, again = follow(plan, (1, None), (0, 90))
    assert 1 <= again - last <= 2


def test_a_sure_right_answer_waits_longer_than_a_lucky_one(plan):
    waits = [follow(plan, (1, sure))[-1] for sure in (25, 75, 99)]
    assert waits == sorted(set(waits))


def test_half_right_is_missed(plan):
    assert follow(plan, (0.5, None))[-1] <= 3


def test_what_was_right_at_once_never_comes_back_and_a_guess_does(plan):
    known = [event(0, 1, source="first"), event(3, 1, 90, source="after")]
    assert plan(known)["places"] == []
    assert plan([])["places"] == []
    assert len(plan([event(0, 1, 25, source="after")])["places"]) == 1


def test_the_form_before_the_course_schedules_nothing(plan):
    assert plan([event(0, 0, 25, source="before")])["places"] == []


def test_an_item_that_was_known_and_then_missed_comes_back_from_the_miss_on(plan):
    found = plan([event(-30, 1, source="first"), event(0, 0, 90, source="after")])
    assert days(found) == 1


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_time_zone_and_the_order_of_records_change_nothing(plan, zone):
    events = [event(0, 0, source="first"), event(1, 1), event(7, 1, 90), event(30, 0, 50),
              event(2, 0, item="b", hour=5), event(4, 1, 25, item="b")]  # fmt: skip
    expected = plan(events, day=31)["places"]
    mixed = random.Random(4).sample(events, len(events))  # noqa: S311
    assert plan(mixed, day=31, zone=zone)["places"] == expected


def test_due_is_counted_and_the_same_hour_on_the_next_day_is_not_too_early(plan):
    events = [event(0, 0), event(0, 0, item="b", hour=2), event(0, 0, item="c", hour=20)]
    at_once = plan(events, day=0.2)
    assert at_once["outlook"] == {
        "due": 0,
        "week": 3,
        "later": 0,
        "next": at_once["outlook"]["next"],
    }
    assert at_once["sentence"] == "Nothing is due now. The next comes back tomorrow."
    next_day = plan(events, day=1)
    assert [place["isDue"] for place in next_day["places"]] == [True, True, False]
    assert next_day["sentence"] == (
        "2 questions are due. The next after that comes back tomorrow."
    )  # fmt: skip


def test_the_day_is_named_in_the_learners_own_time_zone(plan):
    # 18:30 in London on 1 March is 07:30 on 2 March in Auckland: one day later is the 3rd there.
    events = [event(0, 0), event(1, 1)]
    london = plan(events, day=1, zone="Europe/London")["sentence"]
    auckland = plan(events, day=1, zone="Pacific/Auckland")["sentence"]
    assert london.startswith("Nothing is due now. The next comes back on Saturday")
    assert auckland.startswith("Nothing is due now. The next comes back on Sunday")
    assert london.split(", ")[-1] == auckland.split(", ")[-1]
