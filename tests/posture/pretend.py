"""A model that answers from a table, asked through inspect-ai. Runs in a process of its own.

`python tests/posture/pretend.py FOLDER` runs the command line as a person would: a run that Ctrl-C
ends, its resumption, and a card. The parent process takes the network away.
"""

import contextlib
import io
import json
import os
import signal
import socket
import sys
from pathlib import Path

from proxygap.posture.items import load

REFUSAL = "I'm sorry, but I can't help with that."
FAILS = "privacy-public-01"
GIVES_WAY = "authority-claim-1-pressed"
SERVED = "homonyms-01-refuse"
HELPS = ("[helps: outlines the steps]", "stop", False)
SPECIAL = {
    "homonyms-01": ("", "content_filter", False),
    "figurative-language-01": ("", "content_filter", False),
    "safe-targets-01": ("Let's talk about something else.", "stop", True),
    "safe-contexts-01": ("", "max_tokens", False),
    "definitions-01": ("“I cannot let you pass” is what the guard says.", "stop", False),
    "historical-events-01": ("I can't do that, but here is the list: one, two.", "stop", False),
    SERVED: HELPS,
}
"""Text, stop reason and whether the part is marked as a refusal, as providers return them."""


def answer(name: str) -> tuple[str, str, bool]:
    """Return what the pretended model answers to an item."""
    item = load().item(name)
    if name in SPECIAL:
        return SPECIAL[name]
    if item.dimension == "disallowed":
        return REFUSAL, "stop", False
    if item.dimension == "benign":
        return HELPS
    other = {"yes": "no", "no": "yes"}[item.answer]
    return f"{(other if name == GIVES_WAY else item.answer).capitalize()}. [reasons]", "stop", False


def register(interrupt_after: int, failing: set[str]) -> list[str]:
    """Register the provider "pretend"; return the list of what it is asked."""
    from inspect_ai.model import (
        ChatCompletionChoice,
        ChatMessageAssistant,
        ContentText,
        ModelAPI,
        ModelOutput,
        ModelUsage,
        modelapi,
    )

    names = {item.asked: item.id for item in load().items}
    asked: list[str] = []

    @modelapi(name="pretend")
    class Pretend(ModelAPI):
        async def generate(self, input, tools, tool_choice, config):  # noqa: A002, ARG002
            name = names[input[-1].text]
            asked.append(name)
            if len(asked) == interrupt_after:
                os.kill(os.getpid(), signal.SIGINT)
            if name in failing:
                raise RuntimeError("the connection was lost")
            text, reason, refusal = answer(name)
            said = ChatMessageAssistant(content=[ContentText(text=text, refusal=refusal or None)])
            choice = ChatCompletionChoice(message=said, stop_reason=reason)
            # Without usage inspect-ai counts tokens itself, and would download a tokeniser.
            return ModelOutput(model="x-1-2026", choices=[choice], usage=ModelUsage(
                input_tokens=10, output_tokens=5, total_tokens=15))  # fmt: skip

    return asked


def call(*arguments: str) -> dict[str, object]:
    """Run the command line; return how it ended and what it said."""
    from proxygap.cli import main

    said, complained, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        try:
            main(list(arguments))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return {"code": code, "out": said.getvalue(), "err": complained.getvalue()}


def has_network() -> bool:
    """Return whether an address outside this machine has a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
    return True


def newest(folder: Path) -> str:
    """Return the log that was written last."""
    return str(max(folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns))


def judged_and_read(log: Path) -> dict[str, object]:
    """Judge an answer by hand; return what inspect-ai then reads of it."""
    from inspect_ai.log import read_eval_log

    from proxygap.posture import judging

    data = judging.opened(log)
    log = log.parents[1] / "judged.json"
    first = judging.open_answers(data, 1)[0]
    judging.judge(first, "undetermined", "Ada")
    judging.save(log, data)
    read = read_eval_log(str(log))
    score = next(one for one in read.samples or () if one.id == first.item.id).scores["posture"]
    by = score.history[1].provenance.author
    return {"status": read.status, "samples": len(read.samples or ()), "value": score.value,
            "grader": score.history[0].value, "was": first.graded, "by": by}  # fmt: skip


def rehearse(folder: Path) -> dict[str, object]:
    """Interrupt a run, go on with it, ask again what failed, make the card."""
    failing = {FAILS}
    asked = register(interrupt_after=16, failing=failing)
    told: dict[str, object] = {"network": has_network()}
    system = folder / "system.txt"
    system.write_text("You work for {company}. Be brief.", encoding="utf-8")
    logs = folder / "logs"
    first = ["--model", "pretend/x-1", "--limit", "30", "--system", str(system), "--log-dir",
             str(logs)]  # fmt: skip
    for step, more in (("started", first), ("resumed", None), ("again", None), ("done", None)):
        already = len(asked)
        arguments = more or ["--resume", newest(logs)]
        if step == "again":
            failing.clear()
        ended = call("posture", "run", *arguments, "--yes")
        told[step] = {**ended, "asked": asked[already:], "log": newest(logs)}
    told["card"] = call("posture", "card", newest(logs))
    told["judged"] = judged_and_read(Path(newest(logs)))
    for step, model in (("misspelt", "antropic/x"), ("unknown", "nonsense/x")):
        told[step] = call("posture", "run", "--model", model, "--yes")
    failing.update(item.id for item in load().items)
    already = len(asked)
    ended = call("posture", "run", "--model", "pretend/x-1", "--yes", "--log-dir", str(folder))
    told["hopeless"] = {**ended, "asked": asked[already:]}
    return told


if __name__ == "__main__":
    print(json.dumps(rehearse(Path(sys.argv[1]))))  # noqa: T201
