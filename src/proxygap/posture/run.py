"""Asking a real model the items, through inspect-ai.

Nothing is sent before a `Plan` has been shown and agreed to. inspect-ai is imported inside
functions alone: the rest of the course does without it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from proxygap.errors import SetupError, UsageError, did_you_mean
from proxygap.posture.plan import LOCAL, Plan


class Provider(NamedTuple):
    """What a provider of inspect-ai needs besides it: a module, its package, one of the keys."""

    module: str
    package: str
    keys: tuple[str, ...] = ()


PROVIDERS: Mapping[str, Provider] = {
    "anthropic": Provider("anthropic", "anthropic", ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")),
    "openai": Provider("openai", "openai", ("OPENAI_API_KEY",)),
    "google": Provider("google.genai", "google-genai", ("GOOGLE_API_KEY",)),
    "mistral": Provider("mistralai", "mistralai", ("MISTRAL_API_KEY",)),
    "groq": Provider("groq", "groq", ("GROQ_API_KEY",)),
    "ollama": Provider("openai", "openai"),
    "vllm": Provider("openai", "openai"),
    "openai-api": Provider("openai", "openai"),
}
"""The usual ones. inspect-ai knows more, and says itself what they need."""


def check(model: str) -> None:
    """Say what is missing for a model, before anything is sent.

    Raises
    ------
    UsageError
        If the model's name has no provider.
    SetupError
        If a package or a key is missing; the message says exactly what to type.
    """
    name, _, rest = model.partition("/")
    if not rest:
        raise UsageError(
            f"--model is '{model}'; it must be provider/name, as in anthropic/NAME, openai/NAME, "
            "google/NAME or ollama/llama3.1."
        )
    if not _is_installed("inspect_ai"):
        raise SetupError(
            "Asking a real model needs the package inspect-ai (about 325 MB with what it needs). "
            "Type: pip install 'proxygap[posture]'"
        )
    _check_provider(PROVIDERS.get(name), model)


def _check_provider(needs: Provider | None, model: str) -> None:
    if needs is None:
        _ask_inspect(model)
        return
    if not _is_installed(needs.module):
        raise SetupError(f"{model} needs the package {needs.package}. "
                         f"Type: pip install {needs.package}")  # fmt: skip
    name = model.partition("/")[0]
    if model.count("/") > 1 and name not in LOCAL:  # openai/azure/NAME has keys of its own
        _ask_inspect(model)
    elif needs.keys and not any(os.environ.get(key) for key in needs.keys):
        raise SetupError(f"{model} needs your key. Type: export {needs.keys[0]}=YOUR-KEY")


def _ask_inspect(model: str) -> None:
    """Let inspect-ai set the model up: it knows what its other providers need."""
    from inspect_ai.model import get_model

    name = model.partition("/")[0]
    try:
        with _Sentences():
            get_model(model)
    except ValueError as error:
        if "not recognized" not in str(error):
            raise
        raise UsageError(
            f"inspect-ai knows no provider '{name}'.{did_you_mean(name, PROVIDERS)} "
            f"The usual ones: {', '.join(PROVIDERS)}."
        ) from error


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # of google.genai, when even google is missing
        return False


def start(plan: Plan, folder: Path) -> Path:
    """Ask the model and return the finished log.

    Raises
    ------
    SetupError
        If the provider cannot be reached or set up, or every answer failed.
    UsageError
        If the run was interrupted; the message says how to go on.
    """
    from inspect_ai import eval as evaluate
    from inspect_ai.model import GenerateConfig, get_model

    from proxygap.posture._inspect_task import factory, note_on

    made = factory()(
        items=[item.id for item in plan.items], system=plan.system,
        system_note=note_on(plan.system),
    )  # fmt: skip
    with _Sentences():
        model = get_model(plan.model, config=GenerateConfig(max_tokens=plan.longest))
        logs = evaluate(
            made, model=model, epochs=plan.epochs, log_dir=str(folder), log_format="json",
            **_manner(),
        )  # fmt: skip
    return _finished(logs, folder)


class Rest(NamedTuple):
    """What an interrupted run has left to ask."""

    log: Path
    model: str
    requests: int
    open: int

    def lines(self) -> Iterator[str]:
        """Say what would be sent."""
        yield f"{self.log} has {self.requests - self.open:,} of {self.requests:,} answers"
        yield f"to {self.model}: {self.open:,} requests"


def remaining(log: Path) -> Rest:
    """Return what an interrupted run has not asked yet.

    Raises
    ------
    UsageError
        If the log is not one of an interrupted run of this course.
    """
    data = _started(log)
    samples = [one for one in data.get("samples") or () if not one.get("error")]
    planned = len(data["eval"]["dataset"]["sample_ids"]) * (data["eval"]["config"]["epochs"] or 1)
    return Rest(log, str(data["eval"]["model"]), planned, planned - len(samples))


def resume(rest: Rest) -> Path:
    """Ask what an interrupted run has not asked yet; return a log with all answers."""
    check(rest.model)
    from inspect_ai import eval_retry
    from inspect_ai.log import read_eval_log

    from proxygap.posture._inspect_task import factory

    factory()
    with _Sentences():
        found = read_eval_log(str(rest.log))
        found.eval.task_file = None  # the task is registered, wherever the command runs
        logs = eval_retry(found, log_dir=str(rest.log.parent), log_format="json", **_manner())
    return _finished(logs, rest.log.parent)


def _manner() -> dict[str, Any]:
    """Return how inspect-ai runs here.

    Providers' busy signals are waited out by inspect-ai; a request that fails all the same ends
    nothing, ten of them end the run. Every fifth answer is kept at once and ten are under way at a
    time, so that an interruption costs little. No server is opened.
    """
    return {
        "display": "rich" if sys.stdout.isatty() else "plain", "score_display": False,
        "fail_on_error": 10, "log_buffer": 5, "max_samples": 10,
        "log_model_api": False, "ctl_server": False, "acp_server": False,
    }  # fmt: skip


def _started(log: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(log.read_text(encoding="utf-8"))
        task, status = data["eval"]["task"], data["status"]
    except OSError as error:
        raise UsageError(f"{log} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{log} is not a log of 'proxygap posture run'.") from error
    if task.rpartition("/")[2] != "posture":
        raise UsageError(f"{log} is the log of another evaluation, '{task}'.")
    if status == "success" and all(not one.get("error") for one in data["samples"]):
        raise UsageError(f"{log} is complete. Its card: proxygap posture card {log}")
    return data


def _finished(logs: Sequence[Any], folder: Path) -> Path:
    if not logs or logs[0].status != "success":
        latest = max(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, default=None)
        where = Path(logs[0].location) if logs else latest
        error = logs[0].error.message if logs and logs[0].error else "it was interrupted"
        again = f" Go on with: proxygap posture run --resume {where}" if where else ""
        raise UsageError(f"The run is not finished: {_plain(error)}. What was answered is kept."
                         f"{again}")  # fmt: skip
    location = Path(logs[0].location)
    _slim(location)
    return location


def failures(log: Path) -> int:
    """Return how many answers of a finished log failed."""
    data = json.loads(log.read_text(encoding="utf-8"))
    return sum(bool(one.get("error")) for one in data["samples"])


def _slim(log: Path) -> None:
    """Leave out the trace of every event, nine tenths of the file; it stays a log of inspect-ai."""
    data = json.loads(log.read_text(encoding="utf-8"))
    for sample in data.get("samples") or ():
        for name in ("events", "events_data", "attachments", "timelines", "store"):
            sample.pop(name, None)
        for error in [sample.get("error") or {}, *(sample.get("error_retries") or ())]:
            error.update({name: "" for name in ("traceback", "traceback_ansi") if name in error})
            error.pop("events", None)
    part = log.with_name(f"{log.name}.part")
    part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(log)


class _Sentences:
    """Turns inspect-ai's word for "something is missing" into ours."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        from inspect_ai._util.error import PrerequisiteError

        if isinstance(error, PrerequisiteError):
            raise SetupError(_plain(str(error.message))) from error


def _plain(text: str) -> str:
    """Strip the colours of a terminal and join lines."""
    bare = re.sub(r"\[/?[a-z ]+\]|\x1b\[[0-9;]*m", "", text)
    return " ".join(bare.split()).removeprefix("ERROR: ").rstrip(".")
