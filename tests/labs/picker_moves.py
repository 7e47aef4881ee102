"""Moves of the posture picker, and what is on show after them."""

import json

from proxygap.labs.posture_picker import bench, reading
from proxygap.labs.posture_picker import work as w
from proxygap.labs.posture_picker.lab import update, view
from proxygap.posture.options import cheapest

COMPARE, WRITE_DOWN, CHECK, RETEST = (
    {"type": name} for name in ("compare", "write-down", "check", "retest")
)


def go(step: str) -> dict:
    return {"type": "go", "value": step}


def slide(n: int) -> dict:
    return {"type": "slide", "id": "n", "value": str(n)}


def after(*actions: dict, state: dict | None = None) -> dict:
    state = w.initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def blocks(state: dict) -> dict:
    sections = view(state).as_data()["sections"]
    return {block["id"]: block for section in sections for block in section["blocks"]}


def texts(state: dict) -> str:
    return json.dumps(view(state).as_data(), ensure_ascii=False)


def entered(brief: str, **fields: str) -> list[dict]:
    return [{"type": "enter", "id": f"{brief}/{name}", "value": value}
            for name, value in fields.items()]  # fmt: skip


def labelled(*, right: bool = True) -> dict:
    marks = [
        {"type": "label", "id": f"label-{i}", "value": one.label if right else "comply"}
        for i, one in enumerate(bench.answers())
    ]
    return after(go("judge"), slide(150), *marks)


def deciding(brief: str, *actions: dict) -> dict:
    first = (go("decide"), slide(150), {"type": "brief", "value": brief}, WRITE_DOWN)
    return after(*first, *actions)


def sound(brief: str = "clinic") -> dict:
    state = deciding(brief)
    record = reading.record(state)
    best = cheapest(record.options, record.rules, record.work)
    value, low, high = (f"{number:,.0f}" for number in best.cost(record.work))
    return after(
        {"type": "pick", "id": f"{brief}/chosen", "value": best.slug},
        *entered(brief, cost=value, low=low, high=high),
        {"type": "write", "id": f"{brief}/owner", "value": "head of intake"},
        {"type": "write", "id": f"{brief}/reason", "value": "It keeps every rule and costs least."},
        {"type": "tick", "id": f"{brief}/triggers", "value": "schedule,version"},
        CHECK,
        state=state,
    )  # fmt: skip
