"""Who computes the chunks: this process, more processes of this machine, or a Dask cluster."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any
from urllib.parse import urlsplit

from proxygap.errors import SetupError
from proxygap.sweep._chunks import Chunk, Scalars, run_chunk

Runner = Callable[[list[Chunk]], Iterator[tuple[Chunk, Scalars]]]
"""Computes chunks and yields each with its numbers, in whatever order they are finished."""

PATIENCE = 10
"""Seconds to wait for a cluster's answer."""


def on_cores(workers: int) -> Runner:
    """Return a runner with `workers` processes; one is this process itself."""

    def run(chunks: list[Chunk]) -> Iterator[tuple[Chunk, Scalars]]:
        count = min(workers, len(chunks))
        if count == 1:
            yield from ((chunk, run_chunk(chunk)) for chunk in chunks)
        else:
            yield from _in_processes(chunks, count)

    return run


def _in_processes(chunks: list[Chunk], workers: int) -> Iterator[tuple[Chunk, Scalars]]:
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_follow_the_parent
    )
    try:
        waiting = {pool.submit(run_chunk, chunk): chunk for chunk in chunks}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    except BrokenProcessPool as error:
        raise SetupError(
            "A worker process was ended from outside, perhaps for lack of memory. What was "
            "finished is kept: run the same command again, with fewer --workers."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _follow_the_parent() -> None:
    """Let Ctrl-C be the parent's business, and end when the parent has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: Any) -> None:
    parent.join()
    os._exit(1)


def on_cluster(address: str) -> Runner:
    """Return a runner on the Dask cluster whose scheduler listens at `address`.

    Raises
    ------
    SetupError
        When it runs: if Dask is not installed, nobody answers, there are no workers, they hold
        another version of the course, or the connection is lost.
    """

    def run(chunks: list[Chunk]) -> Iterator[tuple[Chunk, Scalars]]:
        distributed = _distributed()
        with _connected(distributed, address) as client:
            waiting = {client.submit(run_chunk, chunk, pure=False): chunk for chunk in chunks}
            try:
                for done in distributed.as_completed(waiting, loop=client.loop):
                    yield waiting[done], done.result()
            except (OSError, RuntimeError, ImportError, distributed.CancelledError) as error:
                raise SetupError(
                    f"The cluster at {address} stopped working on the sweep: "
                    f"{_first_sentence(error)}. Each worker needs this course installed. What was "
                    "finished is kept: run the same command again."
                ) from error

    return run


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise SetupError(
            "--scheduler needs Dask, which is not installed. Install it with: "
            "pip install 'proxygap[grade]'"
        ) from error
    return distributed


def _connected(distributed: Any, address: str) -> Any:
    try:
        _knock(address)
        asyncio.run(asyncio.wait_for(_ask_for_scheduler(distributed, address), PATIENCE))
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SetupError(
            f"No Dask scheduler answers at {address}. Start one with 'dask scheduler' and give the "
            "address that it prints, such as tcp://127.0.0.1:8786."
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        raise SetupError(
            f"The Dask scheduler at {address} has no workers. Start one with: dask worker {address}"
        ) from error
    return client


def _knock(address: str) -> None:
    """Raise OSError or ValueError at once where nobody listens; Dask would go on asking."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.hostname is None or parts.port is None:
        raise ValueError(address)
    socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE).close()


async def _ask_for_scheduler(distributed: Any, address: str) -> None:
    """Raise OSError or ValueError if what listens is something else; Dask would wait for ever."""
    arguments = distributed.Security().get_connection_args("client")
    async with distributed.rpc(address, connection_args=arguments) as remote:
        if (await remote.identity()).get("type") != "Scheduler":
            raise ValueError(address)


def _first_sentence(error: BaseException) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said.partition(". ")[0].rstrip(".")
