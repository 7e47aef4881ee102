"""What grading answers, as data: a report, its checks and what went wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

ProblemKind = Literal[
    "wrong",  # the code ran; the answer is not the right one
    "todo",  # the starter's NotImplementedError is still there
    "missing",  # a function that the exercise asks for does not exist
    "syntax",  # Python cannot read the code
    "error",  # the code raised an exception
    "exit",  # the code ended Python
    "recursion",
    "memory",
    "refused",  # files, network, other programs
    "output",  # too much was printed
    "time",  # still running at the limit
    "stopped",  # the learner interrupted it
]
Status = Literal["passed", "failed", "not reached"]


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of the learner's code on the way to an error."""

    line: int
    function: str
    source: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words, and where in the learner's code.

    Parameters
    ----------
    kind : str
        What sort of problem it is.
    message : str
        One or two sentences: what happened and what to do.
    inputs, got, expected : str
        What the check tried, what came out, what should have; empty where it does not apply.
    trace : tuple of TraceLine
        The learner's own lines, outermost first.
    """

    kind: ProblemKind
    message: str
    inputs: str = ""
    got: str = ""
    expected: str = ""
    trace: tuple[TraceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended."""

    name: str
    title: str
    hint: str
    possible: int
    status: Status
    problem: Problem | None = None
    note: str = ""

    @property
    def points(self) -> int:
        """What the check earned."""
        return self.possible if self.status == "passed" else 0


@dataclass(frozen=True, slots=True)
class Report:
    """How a submission did.

    Parameters
    ----------
    exercise : str
        Slug, ``chapter/name``.
    title : str
        The exercise's title.
    checks : tuple of CheckResult
        In order; after the first failure the rest are "not reached".
    problem : Problem or None
        Why the code could not even be loaded.
    output : str
        What the code printed, once.
    """

    exercise: str
    title: str
    checks: tuple[CheckResult, ...]
    problem: Problem | None = None
    output: str = ""

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return self.problem is None and all(check.status == "passed" for check in self.checks)

    @property
    def points(self) -> int:
        """Points earned."""
        return sum(check.points for check in self.checks)

    @property
    def possible(self) -> int:
        """Points that the exercise is worth."""
        return sum(check.possible for check in self.checks)

    @property
    def summary(self) -> str:
        """One sentence that says how it went."""
        if self.passed:
            return f"Solved: all {len(self.checks)} checks passed."
        if self.problem is not None:
            return "Nothing was checked yet."
        failed = [check for check in self.checks if check.status == "failed"]
        if not failed:
            return "Done. Nothing was checked."
        if failed[0].problem is not None and failed[0].problem.kind == "todo":
            return "Not started yet."
        passed = sum(check.status == "passed" for check in self.checks)
        return f"{passed} of {len(self.checks)} checks passed. Next: {failed[0].title}."

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data; the page and ``proxygap check --json`` show the same."""
        return {
            "exercise": self.exercise,
            "title": self.title,
            "passed": self.passed,
            "points": self.points,
            "possible": self.possible,
            "summary": self.summary,
            "problem": _plain(self.problem),
            "checks": [_plain_check(check) for check in self.checks],
            "output": self.output,
        }


def _plain(problem: Problem | None) -> dict[str, Any] | None:
    if problem is None:
        return None
    return {**asdict(problem), "trace": [asdict(line) for line in problem.trace]}


def _plain_check(check: CheckResult) -> dict[str, Any]:
    return {**asdict(check), "points": check.points, "problem": _plain(check.problem)}


def from_json(data: dict[str, Any]) -> Report:
    """Return the report that `as_json` described."""
    return Report(
        exercise=data["exercise"],
        title=data["title"],
        checks=tuple(_check(check) for check in data["checks"]),
        problem=_problem(data["problem"]),
        output=data["output"],
    )


def _check(data: dict[str, Any]) -> CheckResult:
    known = {name: data[name] for name in ("name", "title", "hint", "possible", "status", "note")}
    return CheckResult(**known, problem=_problem(data["problem"]))


def _problem(data: dict[str, Any] | None) -> Problem | None:
    if data is None:
        return None
    return Problem(**{**data, "trace": tuple(TraceLine(**line) for line in data["trace"])})


MARKS: dict[Status, str] = {"passed": "✓", "failed": "✗", "not reached": "·"}


def as_text(report: Report, *, hints: bool = True) -> str:
    """Return the report for a terminal or a notebook."""
    lines = [report.title, ""]
    if report.problem is not None:
        lines += [*_problem_lines(report.problem), ""]
    for check in report.checks:
        lines += _check_lines(check, hints=hints)
    if report.output:
        lines += ["", "Your code printed:", *_indented(report.output.rstrip("\n"))]
    return "\n".join([*lines, "", report.summary])


def _check_lines(check: CheckResult, *, hints: bool) -> list[str]:
    lines = [f"{MARKS[check.status]} {check.title}"]
    if check.note:
        lines += _indented(check.note)
    if check.problem is not None:
        lines += _indented("\n".join(_problem_lines(check.problem)))
        if hints:
            lines += _indented(f"Hint: {check.hint}")
    return lines


def _problem_lines(problem: Problem) -> list[str]:
    shown = (("tried", problem.inputs), ("got", problem.got), ("expected", problem.expected))
    return [
        *problem.message.splitlines(),
        *(f"{name + ':':<10}{text}" for name, text in shown if text),
        *(f"line {t.line}, in {t.function}: {t.source}" for t in problem.trace),
    ]


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
