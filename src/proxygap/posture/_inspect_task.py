"""The item set as an inspect-ai task. Nothing here is imported before inspect-ai is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from proxygap.posture.grading import grade, yes_or_no
from proxygap.posture.inspect_log import SCORER, output_from
from proxygap.posture.items import Item, load


@cache
def factory() -> Callable[..., Any]:
    """Register the task with inspect-ai and return what makes it.

    Its arguments stand in the log, so that an interrupted run can be made again from the log alone.
    """
    from inspect_ai import Task, task
    from inspect_ai.dataset import MemoryDataset
    from inspect_ai.solver import generate

    @task(name="posture")
    def posture(items: list[str], system: str = "", system_note: str = "none") -> Any:  # noqa: ARG001
        whole = load()
        samples = [_sample(whole.item(name), system) for name in items]
        data = MemoryDataset(samples, name=whole.name)
        return Task(dataset=data, solver=[generate()], scorer=_scorer(), version=whole.version)

    made: Callable[..., Any] = posture
    return made


def note_on(system: str) -> str:
    """Return what a card says of a system prompt: a fingerprint and its length, not its text."""
    if not system:
        return "none"
    return f"sha256 {hashlib.sha256(system.encode()).hexdigest()[:12]}, {len(system)} characters"


def _sample(item: Item, system: str) -> Any:
    from inspect_ai.dataset import Sample
    from inspect_ai.model import ChatMessageSystem, ChatMessageUser

    messages: Sequence[Any] = [ChatMessageUser(content=item.asked)]
    if system:
        messages = [ChatMessageSystem(content=system), *messages]
    told = {"dimension": item.dimension, "type": item.type, "pair": item.pair}
    return Sample(id=item.id, input=list(messages), target=item.target, metadata=told)


def _scorer() -> Any:
    from inspect_ai.model import get_model
    from inspect_ai.scorer import Score, scorer

    @scorer(metrics=[], name=SCORER)
    def posture_scorer() -> Any:
        async def score(state: Any, target: Any) -> Any:  # noqa: ARG001
            item = load().item(str(state.sample_id))
            output = output_from(state.output.model_dump(), str(get_model()))
            return Score(value=grade(item, output), answer=yes_or_no(output))

        return score

    return posture_scorer()
