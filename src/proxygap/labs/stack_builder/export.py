"""The stack as files that NeMo Guardrails runs.

`config.yml` holds the regex rails in NeMo's own words. Words become a pattern. The classifier
becomes a flow in `rails.co` and an action in `actions.py` that carries the weights and needs the
standard library alone. `try_it.py` asks the rails, without any model.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from proxygap.labs.stack_builder.patterns import of_words
from proxygap.labs.stack_builder.rails import LISTS, Rail, Stack, Stage
from proxygap.labs.stack_builder.scores import classifier

REFUSAL = "I'm sorry, I can't help with that."
FLOW = "course classifier check input"
TESTED = "0.24.1"
"""The version of nemoguardrails with which a test runs these files."""


REMARK = [
    "# Your stack has a self-check. It needs a model under “models:” and a prompt called",
    "# self_check_input; then add “- self check input” to rails.input.flows.",
]


class File(NamedTuple):
    """A file to save."""

    name: str
    text: str


def files(stack: Stack) -> tuple[File, ...]:
    """Return the files of a stack; those of the classifier only if it has one."""
    found = [File("config.yml", config(stack)), File("rails.co", _flows(stack))]
    if _of_kind(stack, "classifier"):
        found.append(File("actions.py", _actions(stack)))
    return (*found, File("try_it.py", TRY_IT))


def config(stack: Stack) -> str:
    """Return the `config.yml`."""
    lines = [
        "# Made with the stack builder of The Proxy Gap. Put all files into one folder.",
        f"# Tested with: pip install nemoguardrails=={TESTED}",
        "# It reports its use to its maker unless NEMO_GUARDRAILS_NO_USAGE_STATS=1 is set.",
        "models: []",
    ]
    return "\n".join([*lines, *_named(stack)]) + "\n"


def _named(stack: Stack) -> list[str]:
    stages: tuple[Stage, ...] = ("input", "output")
    parts = {stage: _detection(stack, stage) for stage in stages}
    lines: list[str] = []
    for stage in stages:
        flows = [f"regex check {stage}"] if parts[stage] else []
        if stage == "input" and _of_kind(stack, "classifier"):
            flows.append(FLOW)
        if flows:
            lines += [f"  {stage}:"]
            lines += ["    parallel: true"] if stage == "input" and stack.parallel else []
            lines += ["    flows:", *(f"      - {flow}" for flow in flows)]
    if any(parts.values()):
        lines += ["  config:", "    regex_detection:", *parts["input"], *parts["output"]]
    remark = REMARK if _of_kind(stack, "self_check") else []
    return [*remark, *(["rails:", *lines] if lines else ["rails: {}"])]


def _detection(stack: Stack, stage: Stage) -> list[str]:
    """Return the patterns of a stage, and whether capitals matter."""
    rails = [rail for rail in stack.at(stage) if rail.kind in LISTS]
    if not rails:
        return []
    lines = [f"      {stage}:"]
    # NeMo has one switch for all patterns of a stage. If the rails differ, each pattern says it.
    alike = len({rail.any_case for rail in rails}) == 1
    if alike and rails[0].any_case:
        lines.append("        case_insensitive: true")
    lines.append("        patterns:")
    for rail in rails:
        texts = [each.text for each in rail.entries]
        for one in texts if rail.kind == "regex" else [of_words(texts)]:
            written = f"(?i:{one})" if rail.any_case and not alike else one
            lines.append(f"          - {_quoted(written)}")
    return lines


def _quoted(text: str) -> str:
    """Write a text between single quotation marks, in which a backslash is a backslash."""
    return "'" + text.replace("'", "''") + "'"


def _of_kind(stack: Stack, kind: str) -> tuple[Rail, ...]:
    return tuple(rail for rail in stack.rails if rail.kind == kind)


def _flows(stack: Stack) -> str:
    text = f'define bot refuse to respond\n  "{REFUSAL}"\n'
    if _of_kind(stack, "classifier"):
        text += (
            f"\ndefine subflow {FLOW}\n"
            "  $blocked = execute course_classifier(text=$user_message)\n"
            "  if $blocked\n    bot refuse to respond\n    stop\n"
        )
    return text


def _actions(stack: Stack) -> str:
    fitted = classifier()
    known = {piece: weight for piece, weight in fitted.weights.items() if abs(weight) >= 0.01}
    threshold = _of_kind(stack, "classifier")[0].threshold
    weights = json.dumps(known, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return ACTIONS.format(bias=fitted.bias, threshold=threshold, weights=weights)


ACTIONS = '''\
"""The classifier of The Proxy Gap: words and pairs of words, fitted on toy messages.

It shows how an action is made. It knows nothing of your messages: fit one of your own.
"""

import json
import math
import re

from nemoguardrails.actions import action

THRESHOLD = {threshold!r}
BIAS = {bias!r}
WEIGHTS = json.loads(r"""{weights}""")


def score(text: str) -> float:
    words = re.findall(r"[a-z0-9']+", text.lower())
    found = set(words + [f"{{a}} {{b}}" for a, b in zip(words, words[1:])])
    total = sum(WEIGHTS.get(piece, 0.0) for piece in found)
    return 1 / (1 + math.exp(-BIAS - total / math.sqrt(len(found) or 1)))


@action(is_system_action=True)
async def course_classifier(text: str = "") -> bool:
    return score(text) >= THRESHOLD
'''

TRY_IT = '''\
"""Ask the rails in this folder whether they stop a message. No model, no network."""

import os
import sys
from pathlib import Path

os.environ.setdefault("NEMO_GUARDRAILS_NO_USAGE_STATS", "1")  # else it reports its use

from nemoguardrails import LLMRails, RailsConfig

rails = LLMRails(RailsConfig.from_path(str(Path(__file__).parent)))
for text in sys.argv[1:] or ["Where is the library?"]:
    answer = rails.generate(
        messages=[{"role": "user", "content": text}],
        options={"rails": ["input"], "log": {"activated_rails": True}},
    )
    by = [rail.name for rail in answer.log.activated_rails if rail.stop]
    print(f"stopped by {by[0]}" if by else "passed", "|", text)
'''
