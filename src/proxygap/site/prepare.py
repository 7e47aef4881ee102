"""Compute what the chapters' explorers fetch, on all cores, before the chapters are executed.

Each worker writes what it has made at once, so a build that was interrupted goes on where it
stopped. Whatever this does not foresee, a chapter's cell computes when it runs.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import threading
import traceback
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from proxygap.content import relative
from proxygap.errors import ContentError, SetupError
from proxygap.site.steps import Step

SHOWN = re.compile(r"""\bexplore\(\s*["']([a-z0-9-]+)["']""")
CHAPTERS = ("*.md", "*.ipynb")
BAR_CELLS = 16
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
PATIENCE_SECONDS = 0.5  # between two looks at who is working

Work = Mapping[Future["Failure | None"], str]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a simulation's files could not be made; exceptions do not travel well."""

    text: str
    file: Path
    line: int


def shown_in(book: Path) -> list[str]:
    """Return the simulations whose explorers the chapters show."""
    from proxygap.simulations import slugs

    texts = (file.read_text("utf-8") for pattern in CHAPTERS for file in book.rglob(pattern))
    return sorted({slug for text in texts for slug in SHOWN.findall(text)} & set(slugs()))


def prepare(slugs: Iterable[str], kept: Path, current: Step) -> None:
    """Make what the explorers of `slugs` fetch, unless it is kept from an earlier build.

    Raises
    ------
    ContentError
        If a simulation fails; the message names it, its file and the line.
    SetupError
        If a worker was killed.
    """
    from proxygap.presentation import _explorer_files, _kept

    missing = [slug for slug in slugs if not _explorer_files.is_ready(slug, kept)]
    current.outcome = "up to date"
    if not missing:
        return
    kept.mkdir(parents=True, exist_ok=True)
    _compute(missing, kept, current)
    _kept.forget_old(kept)
    current.outcome = f"{len(missing)} simulation{'s' * (len(missing) != 1)} computed"


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _compute(slugs: list[str], kept: Path, current: Step) -> None:
    # Fresh interpreters see the sources as they are now, also below a server that rebuilds.
    fresh = multiprocessing.get_context("spawn")
    size = min(cores(), len(slugs))
    with ProcessPoolExecutor(size, fresh, initializer=_settle_in) as pool:
        work = {pool.submit(_make, slug, kept): slug for slug in slugs}
        try:
            _follow(work, current, size)
        except BrokenProcessPool as broken:
            raise SetupError(
                "A process that computed simulations was killed, perhaps for want of memory: "
                f"{', '.join(_unfinished(work))} may be too large for this machine. What was "
                "computed is kept; run the same command again to go on."
            ) from broken
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _follow(work: Work, current: Step, size: int) -> None:
    """Show who is being computed until all are done or one has failed."""
    waiting = set(work)
    while waiting:
        current.update(_bar(work, size))
        done, waiting = wait(waiting, PATIENCE_SECONDS, FIRST_COMPLETED)
        for failure in filter(None, (future.result() for future in done)):
            raise ContentError(failure.text, file=failure.file, line=failure.line)


def _bar(work: Work, size: int) -> str:
    total, done = len(work), sum(future.done() for future in work)
    filled = BAR_CELLS * done // total
    running = [slug for future, slug in work.items() if future.running()][:size]
    bar = "█" * filled + "░" * (BAR_CELLS - filled)
    return f"{bar} {done} of {total}: {', '.join(running) or 'starting'}"


def _unfinished(work: Work) -> list[str]:
    return [slug for future, slug in work.items() if future.exception() is not None]


def _settle_in() -> None:
    """Prepare a worker: one thread each, gone at Ctrl+C and when the build itself is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _make(slug: str, kept: Path) -> Failure | None:
    from proxygap.presentation import _explorer_files

    try:
        _explorer_files.make_ready(slug, kept)
    except ContentError as error:
        text = str(error).removeprefix(f"{error.file}:{error.line}: ")
        return Failure(text, error.file, error.line)
    except Exception as error:  # a simulation may fail in any way
        file, line = _place_of(error, _explorer_files.source_of(slug))
        why = "".join(traceback.format_exception_only(error)).strip()
        return Failure(f"the simulation '{slug}' could not be computed. {why}", file, line)
    return None


def _place_of(error: Exception, source: Path) -> tuple[Path, int]:
    """Return where in the simulations `error` arose, or the start of `source`."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if Path(f.filename).parent == source.parent]
    own = [f for f in inside if Path(f.filename) == source] or inside
    if not own:
        return relative(source), 1
    return relative(Path(own[-1].filename)), own[-1].lineno or 1
