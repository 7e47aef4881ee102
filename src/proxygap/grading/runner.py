"""Run a submission and its checks in this process and answer with a report."""

from __future__ import annotations

import builtins
import linecache
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from proxygap.grading.authoring import Check, Submission
from proxygap.grading.exercises import Exercise
from proxygap.grading.guard import SUBMISSION, guarded, import_for_learner, is_learners
from proxygap.grading.pristine import PutBack, is_shared, is_word_of_a_check, keep
from proxygap.grading.problems import problem_of
from proxygap.grading.report import CheckResult, Problem, Report
from proxygap.grading.transcript import Transcript, transcribed


def grade(exercise: Exercise, source: str) -> Report:
    """Run `source`, then the checks of `exercise` on what it defines."""
    checks = exercise.checks()
    with _as_before() as put_back, transcribed() as transcript:
        namespace, problem = _execute(source, put_back)
        printed = transcript.take()
        if problem is not None:
            return _report(exercise, [_not_reached(check) for check in checks], printed, problem)
        results, more = _run_checks(checks, namespace, transcript, put_back)
    return _report(exercise, results, printed + more)


def grade_namespace(exercise: Exercise, namespace: Mapping[str, Any]) -> Report:
    """Run the checks of `exercise` on names that are defined already, as in a notebook."""
    checks = exercise.checks()
    with _as_before() as put_back, transcribed() as transcript:
        results, printed = _run_checks(checks, namespace, transcript, put_back)
    return _report(exercise, results, printed)


def run_only(exercise: Exercise, source: str) -> Report:
    """Run `source` without checking anything: for a look at what it prints."""
    with _as_before() as put_back, transcribed() as transcript:
        _, problem = _execute(source, put_back)
        printed = transcript.take()
    unchecked = [_not_reached(check) for check in exercise.checks()]
    return _report(exercise, unchecked, printed, problem)


def not_run(exercise: Exercise, problem: Problem) -> Report:
    """Return the report of a submission that `problem` ended from outside."""
    return _report(exercise, [_not_reached(check) for check in exercise.checks()], "", problem)


def _execute(source: str, put_back: PutBack) -> tuple[dict[str, Any], Problem | None]:
    """Run `source` as a module of its own."""
    known = {**vars(builtins), "__import__": import_for_learner}
    namespace: dict[str, Any] = {"__name__": "submission", "__builtins__": known}
    lines = source.splitlines(keepends=True)
    linecache.cache[SUBMISSION] = (len(source), None, lines, SUBMISSION)

    def run() -> None:
        code = compile(source, SUBMISSION, "exec", dont_inherit=True)
        try:
            with guarded():
                exec(code, namespace)  # noqa: S102  (running the learner's code is the point)
        finally:
            put_back()

    return namespace, _problem_in(run)


def _problem_in(run: Callable[[], object]) -> Problem | None:
    try:
        run()
    except BaseException as error:  # SystemExit and KeyboardInterrupt too
        return problem_of(error)
    return None


def _run_checks(
    checks: tuple[Check, ...],
    namespace: Mapping[str, Any],
    transcript: Transcript,
    put_back: PutBack,
) -> tuple[list[CheckResult], str]:
    """Run checks up to the first failure; return the results and what to show as printed.

    Each check may call the same function, and print the same lines. Shown is what the failing
    check printed; where all pass, what the first of them did.
    """
    submission = Submission(namespace, keep(is_word_of_a_check))
    results: list[CheckResult] = []
    printed = ""
    for check in checks:
        if results and results[-1].status != "passed":
            results.append(_not_reached(check))
            continue
        results.append(_run_check(check, submission, put_back))
        heard = transcript.take()
        if heard and (not printed or results[-1].status == "failed"):
            printed = heard
    return results, printed


def _run_check(check: Check, submission: Submission, put_back: PutBack) -> CheckResult:
    notes: list[str | None] = []

    def run() -> None:
        try:
            notes.append(check.run(submission))
        finally:
            put_back()

    problem = _problem_in(run)
    status: Any = "failed" if problem else "passed"
    note = "" if problem or not notes else notes[0] or ""
    return CheckResult(check.name, check.title, check.hint, check.points, status, problem, note)


def _not_reached(check: Check) -> CheckResult:
    return CheckResult(check.name, check.title, check.hint, check.points, "not reached")


def _report(
    exercise: Exercise, results: list[CheckResult], output: str, problem: Problem | None = None
) -> Report:
    return Report(exercise.slug, exercise.title, tuple(results), problem, output)


@contextmanager
def _as_before() -> Iterator[PutBack]:
    """Undo what a submission may do to the Python that it shares with the next one."""
    put_back, recursion_limit = keep(is_shared), sys.getrecursionlimit()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.showwarning = _print_warning  # type: ignore[assignment]
            yield put_back
    finally:
        put_back()
        sys.setrecursionlimit(recursion_limit)
        linecache.cache.pop(SUBMISSION, None)


def _print_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object
) -> None:
    """Show a warning as one line of output, wherever Python would have sent it."""
    where = f"line {lineno}: " if is_learners(filename) else ""
    sys.stderr.write(f"{where}{category.__name__}: {message}\n")
