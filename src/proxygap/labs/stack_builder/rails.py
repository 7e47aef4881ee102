"""A stack of rails, read from a `config.yml` in the words of NeMo Guardrails.

``rails.input.flows`` and ``rails.output.flows`` name the rails in their order. What a rail needs
stands under ``rails.config``. Two of the flows are NeMo's own: ``regex check input`` and ``regex
check output``; so is the name ``self check input``, which here is simulated. Keywords and the
classifier are the course's, and are exported as a pattern and as an action.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from proxygap.errors import UsageError, did_you_mean
from proxygap.labs.stack_builder.messages import Message
from proxygap.labs.stack_builder.patterns import MOST_PATTERNS, compiled, of_words, problem
from proxygap.labs.stack_builder.scores import scores
from proxygap.labs.stack_builder.yaml_subset import Node, problem_at, read

Kind = Literal["regex", "keyword", "classifier", "self_check"]
Stage = Literal["input", "output"]
FLOWS: dict[str, tuple[Kind, Stage]] = {
    "regex check input": ("regex", "input"),
    "keyword check input": ("keyword", "input"),
    "classifier check input": ("classifier", "input"),
    "self check input": ("self_check", "input"),
    "regex check output": ("regex", "output"),
    "keyword check output": ("keyword", "output"),
}
SECTIONS: dict[Kind, str] = {
    "regex": "regex_detection", "keyword": "keyword_detection",
    "classifier": "classifier", "self_check": "self_check",
}  # fmt: skip
LISTS: dict[Kind, str] = {"regex": "patterns", "keyword": "words"}
LONGEST_WORD = 60
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern or a word, and the line where it stands."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Rail:
    """One rail.

    Parameters
    ----------
    flow : str
        A key of `FLOWS`.
    line : int
        Where the flow is named.
    entries : tuple of Entry
        Patterns or words, if it goes by these.
    any_case : bool
        Whether capitals do not matter.
    threshold : float
        The score from which on it blocks, if it gives one.
    """

    flow: str
    line: int
    entries: tuple[Entry, ...] = ()
    any_case: bool = True
    threshold: float = 0.5

    @property
    def kind(self) -> Kind:
        """Return how it works."""
        return FLOWS[self.flow][0]

    @property
    def stage(self) -> Stage:
        """Return where it stands: before the model or behind it."""
        return FLOWS[self.flow][1]

    def pattern(self, entry: Entry) -> str:
        """Return an entry as a regular expression."""
        return entry.text if self.kind == "regex" else of_words([entry.text])

    def finds(self, entry: Entry, text: str) -> bool:
        """Return whether an entry occurs in a text."""
        return compiled(self.pattern(entry), any_case=self.any_case).search(text) is not None

    def blocks(self, messages: Sequence[Message], kin: str) -> BoolArray:
        """Return which of the messages it blocks."""
        if self.kind in ("classifier", "self_check"):
            return scores(self.kind, messages, kin) >= self.threshold
        return np.array([any(self.finds(each, one.text) for each in self.entries)
                         for one in messages])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stack:
    """All the rails, in their order, and whether the input rails run side by side."""

    rails: tuple[Rail, ...]
    parallel: bool = False

    def at(self, stage: Stage) -> tuple[Rail, ...]:
        """Return the rails of one stage."""
        return tuple(rail for rail in self.rails if rail.stage == stage)


def parse(text: str) -> tuple[Stack, tuple[str, ...]]:
    """Read a configuration.

    Returns
    -------
    tuple of Stack and of str
        The stack, and what in the file has no effect, a sentence each.

    Raises
    ------
    UsageError
        If it cannot be read or says something unknown; the sentence begins with the line.
    """
    top = _mapping(read(text), "the file", ("models", "rails"))
    if "models" in top and top["models"].value != []:
        raise problem_at(top["models"].line, "no model is asked here. Write “models: []”.")
    if "rails" not in top:
        raise UsageError("“rails:” is missing. It stands at the left edge, and all else under it.")
    rails = _mapping(top["rails"], "rails", ("input", "output", "config"))
    config = (
        _mapping(rails["config"], "rails.config", SECTIONS.values()) if "config" in rails else {}
    )
    stages: tuple[Stage, ...] = ("input", "output")
    flows = [(node, stage) for stage in stages for node in _flows(rails, stage)]
    if not flows:
        raise UsageError(
            "No flow is named, so nothing would be checked. Name one under rails.input.flows: "
            f"{', '.join(FLOWS)}."
        )
    parallel = _parallel(rails)
    stack = Stack(tuple(_rail(node, stage, config) for node, stage in flows), parallel)
    return stack, tuple(_idle(stack, config))


def _mapping(node: Node, where: str, allowed: Iterable[str]) -> dict[str, Node]:
    """Return the entries of a mapping whose names are all known."""
    names = list(allowed)
    if not isinstance(node.value, dict):
        raise problem_at(
            node.line, f"under {where} should stand names with a colon: {_said(names)}."
        )
    for name, child in node.value.items():
        if name not in names:
            hint = did_you_mean(name, names)
            raise problem_at(child.line, f"{where} knows no “{name}”.{hint} Known: {_said(names)}.")
    return node.value


def _said(names: Sequence[str]) -> str:
    return ", ".join(names)


def _flows(rails: dict[str, Node], stage: Stage) -> list[Node]:
    if stage not in rails:
        return []
    known = ("flows", "parallel") if stage == "input" else ("flows",)
    entries = _mapping(rails[stage], f"rails.{stage}", known)
    if "flows" not in entries:
        return []
    nodes = _texts(entries["flows"], "flows")
    for at, node in enumerate(nodes):
        fitting = [flow for flow, (_, where) in FLOWS.items() if where == stage]
        if node.value not in fitting:
            hint = did_you_mean(str(node.value), fitting)
            raise problem_at(
                node.line,
                f"rails.{stage} knows no flow “{node.value}”.{hint} Known: {_said(fitting)}.",
            )
        if node.value in [other.value for other in nodes[:at]]:
            raise problem_at(node.line, f"“{node.value}” is named twice; once is enough.")
    return nodes


def _parallel(rails: dict[str, Node]) -> bool:
    entries = rails["input"].value if "input" in rails else {}
    return isinstance(entries, dict) and "parallel" in entries and _truth(entries["parallel"])


def _rail(flow: Node, stage: Stage, config: dict[str, Node]) -> Rail:
    name = str(flow.value)
    kind = FLOWS[name][0]
    section = SECTIONS[kind]
    if section not in config:
        raise problem_at(flow.line, f"“{name}” needs {section} under rails.config.")
    if kind in ("classifier", "self_check"):
        entries = _mapping(config[section], section, ("threshold",))
        if "threshold" not in entries:
            raise problem_at(config[section].line, "a threshold is missing: “threshold: 0.5”.")
        return Rail(name, flow.line, threshold=_share(entries["threshold"]))
    sides = _mapping(config[section], section, ("input", "output"))
    if stage not in sides:
        raise problem_at(flow.line, f"“{name}” needs {section}.{stage} under rails.config.")
    listed = LISTS[kind]
    entries = _mapping(sides[stage], f"{section}.{stage}", (listed, "case_insensitive"))
    if listed not in entries:
        raise problem_at(sides[stage].line, f"{listed} are missing under {section}.{stage}.")
    any_case = kind == "keyword"
    if "case_insensitive" in entries:
        any_case = _truth(entries["case_insensitive"])
    return Rail(name, flow.line, _entries(entries[listed], kind), any_case)


def _entries(node: Node, kind: Kind) -> tuple[Entry, ...]:
    nodes = _texts(node, LISTS[kind])
    if len(nodes) > MOST_PATTERNS:
        raise problem_at(
            node.line, f"{len(nodes)} {LISTS[kind]}; at most {MOST_PATTERNS} are read."
        )
    found = []
    for one in nodes:
        entry = Entry(str(one.value), one.line)
        wrong = problem(entry.text) if kind == "regex" else _wrong_word(entry.text)
        if wrong:
            raise problem_at(one.line, f"“{_short(entry.text)}” cannot be used: {wrong}")
        found.append(entry)
    return tuple(found)


def _wrong_word(word: str) -> str:
    if not word.strip():
        return "it is empty."
    return "it is too long for a word or two." if len(word) > LONGEST_WORD else ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _texts(node: Node, name: str) -> list[Node]:
    if not isinstance(node.value, list):
        raise problem_at(node.line, f"{name} is a list: one item a line, each after “- ”.")
    for one in node.value:
        if not isinstance(one.value, str):
            raise problem_at(one.line, f"{name} holds texts. Put this between quotation marks.")
    return node.value


def _truth(node: Node) -> bool:
    if not isinstance(node.value, bool):
        raise problem_at(node.line, "here stands true or false.")
    return node.value


def _share(node: Node) -> float:
    if isinstance(node.value, bool) or not isinstance(node.value, float):
        raise problem_at(node.line, "a threshold is a number from 0 to 1, such as 0.5.")
    if not 0 <= node.value <= 1:
        raise problem_at(node.line, f"the threshold {node.value:g} is not between 0 and 1.")
    return node.value


def _idle(stack: Stack, config: dict[str, Node]) -> list[str]:
    """Return what is configured and never run."""
    said = []
    running = {rail.flow for rail in stack.rails}
    for flow, (kind, stage) in FLOWS.items():
        node = config.get(SECTIONS[kind])
        if flow in running or node is None or not isinstance(node.value, dict):
            continue
        if kind in LISTS and stage not in node.value:
            continue
        said.append(
            f"Line {node.line}: {SECTIONS[kind]} is set for {stage}, but “{flow}” is not among "
            f"rails.{stage}.flows, so that it never runs."
        )
    return said


def never_match(stack: Stack, texts: dict[Stage, Sequence[str]]) -> tuple[str, ...]:
    """Return a sentence for each pattern or word that occurs in none of the texts of its stage."""
    said = []
    for rail in stack.rails:
        for entry in rail.entries:
            if not any(rail.finds(entry, text) for text in texts[rail.stage]):
                said.append(
                    f"Line {entry.line}: “{_short(entry.text)}” matches none of the "
                    f"{len(texts[rail.stage])} texts that {rail.flow} reads here."
                )
    return tuple(said)
