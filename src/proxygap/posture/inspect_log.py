"""Reading inspect-ai's JSON log: who was asked, how it was set, and a verdict on each item.

Only the standard library is needed, so that the page reads the same file. Verdicts in the log are
kept, also those that a person changed in it; answers without one are graded here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from proxygap.errors import UsageError
from proxygap.posture.files import LEFT, parse
from proxygap.posture.grading import (
    Output,
    gave_way,
    grade,
    labelled,
    measured_error,
    settled,
    structural_verdict,
    yes_or_no,
)
from proxygap.posture.items import Item, load
from proxygap.posture.results import VERDICTS, Graded, Verdict

SCORER = "posture"
"""The name under which verdicts stand in the log."""

NOUN = "log of inspect-ai"


class Answer(NamedTuple):
    """One answer in the log: to which item, its verdict, and "yes" or "no" where it says so.

    `judged` says whether a person gave the verdict, `differed` whether the grader had another.
    """

    item: Item
    verdict: Verdict
    said: str
    judged: bool
    differed: bool


class Left(NamedTuple):
    """How many answers of a log could not be used, and why."""

    failed: int
    unknown: int

    def __str__(self) -> str:
        """Say it as people read it."""
        told = [f"{self.failed} failed on the way"] * bool(self.failed)
        told += [f"{self.unknown} to items that this edition does not have"] * bool(self.unknown)
        return " and ".join(told) or "none"


def read_log(text: str) -> tuple[dict[str, str], dict[str, str], list[Graded]]:
    """Read a JSON log that `proxygap posture run` or inspect-ai wrote.

    Returns
    -------
    identity : dict
        Which model was asked, by which way and when.
    configuration : dict
        How it was asked and graded, and what had to be left out.
    results : list of Graded
        One verdict for each item, in the set's order.

    Raises
    ------
    UsageError
        If it is another file, cut off, or holds no answer to an item of this course.
    """
    data = _log(text)
    samples = [one for one in data.get("samples") or () if isinstance(one, Mapping)]
    answers, left = _answers(samples, _asked(data))
    if not answers:
        raise UsageError(_why_empty(data, left))
    results = _results(answers)
    return _identity(data, samples), _configuration(data, answers, results, left), results


def _log(text: str) -> dict[str, Any]:
    if text.startswith("PK"):
        raise UsageError(
            "This is a log in the packed format .eval. Convert it: "
            f"inspect log convert FILE.eval --to json --output-dir . {LEFT}"
        )
    data = parse(text, NOUN)
    if not isinstance(data.get("eval"), Mapping) or "status" not in data:
        schema = data.get("schema")
        found = f" Its format is “{str(schema)[:60]}”." if schema else ""
        raise UsageError(f"This is JSON, but no {NOUN}: “eval” and “status” are missing.{found} "
                         f"{LEFT}")  # fmt: skip
    return data


def _why_empty(data: Mapping[str, Any], left: Left) -> str:
    if left.unknown and not left.failed:
        return (
            f"None of this log's {left.unknown} answers is to an item of {load().name}: it is the "
            f"log of another evaluation ({data['eval'].get('task', 'unnamed')}). {LEFT}"
        )
    error = data.get("error")
    message = error.get("message", "") if isinstance(error, Mapping) else ""
    said = f" It ended with: {str(message)[:200]}" if message else ""
    return f"This log holds no answers; its status is “{str(data['status'])[:20]}”.{said} {LEFT}"


def _asked(data: Mapping[str, Any]) -> str:
    return str(data["eval"].get("model", ""))


def _answers(samples: Iterable[Mapping[str, Any]], asked: str) -> tuple[list[Answer], Left]:
    known = {item.id: item for item in load().items}
    answers, failed, unknown = [], 0, 0
    for sample in samples:
        item = known.get(str(sample.get("id")))
        output = sample.get("output")
        if item is None:
            unknown += 1
        elif sample.get("error") or not isinstance(output, Mapping) or not output.get("choices"):
            failed += 1
        else:
            answers.append(_answer(item, sample, output_from(output, asked)))
    return answers, Left(failed, unknown)


def _answer(item: Item, sample: Mapping[str, Any], output: Output) -> Answer:
    scores = sample.get("scores")
    score = scores.get(SCORER) if isinstance(scores, Mapping) else None
    given = score.get("value") if isinstance(score, Mapping) else None
    kept = next((verdict for verdict in VERDICTS if verdict == given), None)
    edits = score.get("history") if isinstance(score, Mapping) else None
    first = _mapping(edits[0]).get("value") if isinstance(edits, list) and edits else given
    return Answer(item, kept or grade(item, output), yes_or_no(output), bool(edits), first != given)


def output_from(output: Mapping[str, Any], asked: str) -> Output:
    """Return an answer from inspect-ai's `ModelOutput`, as data.

    Parameters
    ----------
    output : mapping
        The output with its choices; only the first is read.
    asked : str
        The model that was asked.
    """
    choices = output.get("choices")
    first = _mapping(choices[0]) if isinstance(choices, list) and choices else {}
    parts = list(_parts(_mapping(first.get("message")).get("content")))
    return Output(
        text="\n".join(str(part.get("text") or "") for part in parts).strip(),
        stop_reason=str(first.get("stop_reason", "unknown")),
        refusal_part=any(bool(part.get("refusal")) for part in parts),
        other_model=_is_fallback(output.get("fallback"), asked),
    )


def _parts(content: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what a reader sees: a model's reasoning is not part of its answer."""
    if isinstance(content, str):
        yield {"text": content}
    elif isinstance(content, Sequence):
        yield from (p for p in content if isinstance(p, Mapping) and p.get("type") == "text")


def _is_fallback(fallback: Any, asked: str) -> bool:
    if not isinstance(fallback, Mapping):
        return False
    return str(fallback.get("fallback_model")) != asked.partition("/")[2]


def _results(answers: Iterable[Answer]) -> list[Graded]:
    told: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        told[answer.item.id].append(answer)
    said = {name: _most([one.said for one in given]) for name, given in told.items()}
    return [
        Graded(
            item.id, item.dimension, item.type, item.pair,
            settled([one.verdict for one in told[item.id]], item), _gave_way(item, said),
        )
        for item in load().items
        if item.id in told
    ]  # fmt: skip


def _most(said: Sequence[str]) -> str:
    counts = {word: said.count(word) for word in ("yes", "no")}
    if counts["yes"] == counts["no"]:
        return ""
    return max(counts, key=lambda word: counts[word])


def _gave_way(item: Item, said: Mapping[str, str]) -> bool:
    if not item.pressed:
        return False
    neutral = said.get(f"{item.pair}-neutral", "")
    return gave_way(item, neutral, said.get(item.id, ""))


def _identity(data: Mapping[str, Any], samples: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    provider, _, model = _asked(data).partition("/")
    names = {str(out["model"]) for one in samples
             if isinstance(out := one.get("output"), Mapping) and out.get("model")}  # fmt: skip
    told = {
        "provider": provider,
        "model": model,
        "answered as": ", ".join(sorted(names)),
        "asked on": str(data["eval"].get("created", ""))[:10],
        "base URL": str(data["eval"].get("model_base_url") or "the provider's own"),
    }
    return {name: value[:300] for name, value in told.items() if value}


def _configuration(
    data: Mapping[str, Any], answers: Sequence[Answer], results: Sequence[Graded], left: Left
) -> dict[str, str]:
    task = _mapping(data["eval"].get("task_args"))
    whole = load()
    wrong, of = measured_error(structural_verdict(each.output) for each in labelled())
    told = {
        "items": f"{whole.name} {data['eval'].get('task_version', whole.version)}, "
                 f"{len(results)} of {len(whole.items)}",
        "epochs": str(_mapping(data["eval"].get("config")).get("epochs") or 1),
        "system prompt": str(task.get("system_note") or "none"),
        **_settings(data),
        "grader": f"structural; wrong on {wrong} of {of} labelled answers",
        "judged by a person": _by_hand(answers),
        "left out": str(left),
        "status": str(data["status"]),
        "software": ", ".join(f"{name.replace('_', '-')} {version}" for name, version in
                              _mapping(data["eval"].get("packages")).items()),
    }  # fmt: skip
    return {name: value[:300] for name, value in told.items() if value}


def _by_hand(answers: Sequence[Answer]) -> str:
    judged, differed = (
        sum(getattr(one, name) for one in answers) for name in ("judged", "differed")
    )
    return f"{judged} answers; the grader had another verdict on {differed}" if judged else ""


def _settings(data: Mapping[str, Any]) -> dict[str, str]:
    given = {**_mapping(_mapping(data.get("plan")).get("config")),
             **_mapping(data["eval"].get("model_generate_config"))}  # fmt: skip
    limit, fallback = given.get("max_tokens"), given.get("fallback_models")
    return {
        "temperature": str(given.get("temperature", "the provider's default")),
        "longest answer": f"{limit} tokens" if limit else "the provider's default",
        "fallback": ", ".join(map(str, fallback)) if isinstance(fallback, list) else "off",
    }


def _mapping(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}
