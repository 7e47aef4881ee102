"""Moves of the lab that writes a reward, and what is on show after them."""

from proxygap.labs.write_the_reward.lab import initial, update, view

TRAIN, TEST = {"type": "train"}, {"type": "test"}
PYTHON = {"type": "mode", "value": "python"}


def put(name: str, value: object) -> dict:
    return {"type": "set", "id": name, "value": value}


def go(world: str) -> dict:
    return {"type": "world", "value": world}


def write(code: str) -> dict:
    return {"type": "write", "value": code}


def alarm(place: str, name: str, number: object) -> tuple[dict, dict]:
    chosen = {"type": "alarm", "id": place, "value": name}
    return chosen, {"type": "alarm-number", "id": f"{place}-number", "value": number}


def after(*actions: dict, state: dict | None = None) -> dict:
    state = initial() if state is None else state
    for action in actions:
        state = update(state, action)
    return state


def work(state: dict) -> dict:
    return state["work"][state["world"]]


def sections(state: dict) -> dict:
    return {section["place"]: section for section in view(state).as_data()["sections"]}


def blocks(state: dict) -> dict:
    every = view(state).as_data()["sections"]
    return {block["id"]: block for section in every for block in section["blocks"]}


def told(state: dict, block: str) -> str:
    shown = blocks(state)[block]
    return f"{shown['title']} {shown['text']}".strip().replace("\N{NO-BREAK SPACE}", " ")


def rows(state: dict, table: str) -> list[list[str]]:
    written = [row["cells"] for row in blocks(state)[table]["rows"]]
    return [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in written]
