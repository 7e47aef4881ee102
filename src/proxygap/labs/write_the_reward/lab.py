"""Write the reward: the learner decides what is paid; an optimiser takes it literally.

Five worlds, six layouts each. The state keeps what the learner typed, word for word, and what came
of every attempt. A view only shows: the learner's functions run when the learner asks for it, and
at no other time.

Sources: leike2017 (boat, tomatoes, box), ng1999 (shaping). The first reward of each world is the
published one or plays its part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from proxygap.labs._actions import dispatch, number, one_of, text
from proxygap.labs._spec import Action, Lab, State
from proxygap.labs._views import LabView
from proxygap.labs.write_the_reward import path_test_actions as test_actions
from proxygap.labs.write_the_reward import path_test_show as test_show
from proxygap.labs.write_the_reward import show, words
from proxygap.labs.write_the_reward.attempts import (
    NO_GUESS,
    SKIPPED,
    Attempt,
    Reward,
    attempt,
    holds,
)
from proxygap.labs.write_the_reward.layouts import TRAINING, layouts
from proxygap.labs.write_the_reward.learner_code import LONGEST_CODE, CodeProblem
from proxygap.labs.write_the_reward.rewards import as_python
from proxygap.labs.write_the_reward.show import FORM, MODE_NAMES, PYTHON
from proxygap.labs.write_the_reward.work import with_work, work_of, world_of
from proxygap.labs.write_the_reward.world import RewardWorld
from proxygap.labs.write_the_reward.worlds import FIRST, WORLDS


class Draft(NamedTuple):
    """What stands in the fields: a reward, or the problems that keep it from being one."""

    reward: Reward | None
    problems: dict[str, str]


def initial() -> State:
    """Return the boat race with its published reward, and what the optimiser makes of it."""
    return {"world": FIRST.slug, "work": {FIRST.slug: _fresh(FIRST)}, "said": "", "last": ""}


def _fresh(world: RewardWorld) -> State:
    published = Reward(dict(world.published))
    return {
        "mode": FORM,
        "fields": _as_typed(world, world.published),
        "code": "",
        "problem": "",
        "guess": NO_GUESS,
        "attempts": [attempt(world, published, NO_GUESS).as_data()],
        "shown": 0,
        "layout": TRAINING,
        "hints": 0,
        "test": test_actions.fresh(),
    }


def _as_typed(world: RewardWorld, terms: Mapping[str, float]) -> dict[str, str]:
    return {name: f"{terms.get(name, 0.0):g}" for name in world.fields}


def read_draft(state: State) -> Draft:
    """Read what is written now."""
    work = work_of(state)
    if work["mode"] != FORM:
        return Draft(Reward(None, work["code"]), {})
    read = {
        name: number(work["fields"][name], show.LOW, show.HIGH) for name in world_of(state).fields
    }
    problems = {name: found.problem for name, found in read.items() if found.problem}
    terms = {name: found.value for name, found in read.items() if found.value is not None}
    return Draft(None if problems else Reward(terms), problems)


def _choose_world(state: State, action: Action) -> State:
    slug = one_of(action, "value", WORLDS)
    work = state["work"] if slug in state["work"] else {
        **state["work"], slug: _fresh(WORLDS[slug])
    }  # fmt: skip
    return {**state, "world": slug, "work": work}


def _set(state: State, action: Action) -> State:
    name = one_of(action, "id", world_of(state).fields)
    return with_work(state, fields={**work_of(state)["fields"], name: text(action)})


def _mode(state: State, action: Action) -> State:
    mode, work, draft = one_of(action, "value", MODE_NAMES), work_of(state), read_draft(state)
    code = work["code"]
    if mode != FORM and not code.strip():
        terms = (draft.reward.terms if draft.reward else None) or world_of(state).published
        code = as_python(world_of(state), terms)
    return with_work(state, mode=mode, code=code)


def _write(state: State, action: Action) -> State:
    return with_work(state, code=text(action, longest=LONGEST_CODE), problem="")


def _guess(state: State, action: Action) -> State:
    return with_work(state, guess=one_of(action, "value", (*world_of(state).habits, SKIPPED)))


def _train(state: State, _: Action) -> State:
    world, work, draft = world_of(state), work_of(state), read_draft(state)
    if draft.reward is None:
        wrong = "”, “".join(world.fields[name].label for name in draft.problems)
        return {**state, "said": f"Nothing was planned. Please mend “{wrong}” first."}
    tried = [Reward.of(data["reward"]) for data in work["attempts"]]
    known = next((i for i, one in enumerate(tried) if one.same_as(draft.reward)), None)
    if known is not None:
        again = "You have seen this: the same reward leads to the same behaviour."
        state = {**state, "said": again}
        return with_work(state, shown=known, layout=TRAINING, guess=NO_GUESS, problem="")
    try:
        made = attempt(world, draft.reward, work["guess"] or SKIPPED)
    except CodeProblem as problem:
        state = {**state, "said": "Nothing was planned: your function could not be used."}
        return with_work(state, problem=str(problem))
    attempts = [*work["attempts"], made.as_data()]
    return with_work(state, attempts=attempts, shown=len(tried), layout=TRAINING, guess=NO_GUESS,
                 problem="")  # fmt: skip


def _show(state: State, action: Action) -> State:
    rows = [str(index) for index in range(len(work_of(state)["attempts"]))]
    return with_work(state, shown=int(one_of(action, "value", rows)), layout=TRAINING)


def _layout(state: State, action: Action) -> State:
    rows = [str(index) for index in range(len(world_of(state).layouts))]
    return with_work(state, layout=int(one_of(action, "value", rows)))


def _reuse(state: State, _: Action) -> State:
    work = work_of(state)
    reward = Reward.of(work["attempts"][work["shown"]]["reward"])
    if reward.terms is None:
        return with_work(state, mode=PYTHON, code=reward.code, problem="")
    return with_work(state, mode=FORM, fields=_as_typed(world_of(state), reward.terms))


def _hint(state: State, _: Action) -> State:
    return with_work(state, hints=min(work_of(state)["hints"] + 1, len(world_of(state).hints)))


HANDLERS = {
    "world": _choose_world,
    "mode": _mode,
    "set": _set,
    "write": _write,
    "guess": _guess,
    "train": _train,
    "show": _show,
    "layout": _layout,
    "reuse": _reuse,
    "hint": _hint,
    **test_actions.HANDLERS,
}


def update(state: State, action: Action) -> State:
    """Return the state after `action`; see `HANDLERS` for what there is."""
    return dispatch(HANDLERS, {**state, "said": "", "last": action.get("type", "")}, action)


def view(state: State) -> LabView:
    """Return what is on show; nothing that the learner wrote is run for it."""
    world, work, draft = world_of(state), work_of(state), read_draft(state)
    attempts = [Attempt.of(data) for data in work["attempts"]]
    index, layout = work["shown"], work["layout"]
    shown = attempts[index]
    written = show.Written(
        work["mode"], work["fields"], draft.problems, work["code"], work["problem"]
    )
    sections = (
        show.worlds(world, {slug: _done(slug, one) for slug, one in state["work"].items()}),
        show.controls(world, written, work["guess"], state["said"]),
        show.result(world, index, shown, layout, draft.reward),
        show.held_out(world, shown, layout),
        show.hints(world, work["hints"]),
        test_show.section(world, work["test"], test_actions.problems(work["test"])),
        show.history(world, attempts, index),
    )  # fmt: skip
    return LabView(sections, announce=_spoken(state, shown))


def _done(slug: str, work: Mapping[str, Any]) -> str:
    """Return what was solved in a world."""
    world, test = WORLDS[slug], bool(work["test"]["solved"])
    reward = any(holds(world, Attempt.of(data)) for data in work["attempts"])
    solved = [name for name, done in (("reward ✓", reward), ("test ✓", test)) if done]
    return ", ".join(solved)


def _spoken(state: State, shown: Attempt) -> str:
    """Return what a screen reader says about the last action."""
    world, work, last = world_of(state), work_of(state), state["last"]
    if state["said"]:
        return f"{state['said']} {work['problem']}".strip()
    if last in {"train", "show", "layout"}:
        return words.announcement(world, work["shown"], shown, work["layout"])
    if last == "world":
        return world.story
    if last == "test":
        return test_show.spoken(world, work["test"])
    return world.hints[work["hints"] - 1] if last == "hint" else ""


def prepare() -> None:
    """Explore every world, so that the first visit to one is as quick as the next."""
    for world in WORLDS.values():
        layouts(world)


LAB = Lab(
    slug="write-the-reward",
    title="Write the reward",
    task=(
        "Decide what is paid, so that what pays most is what we want. An optimiser takes your "
        "reward literally, at once. Then write a test that would have caught the exploit."
    ),
    initial=initial,
    prepare=prepare,
    update=update,
    view=view,
    alt_text=(
        "A boat on a ring of eight cells, under the published reward of −1 for each step and +3 "
        "for entering an arrow. It rocks on and off the first arrow for the whole race."
    ),
    finding=(
        "Under the published reward the boat earns the highest possible pay and goes nowhere. "
        "Taking points back when it leaves an arrow backwards makes it race; punishing it for "
        "entering an arrow backwards does not."
    ),
)
