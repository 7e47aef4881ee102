"""Sweeps on a Dask cluster: the same bits, and a sentence for whatever may be wrong with it."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SWEEP = [sys.executable, "-m", "proxygap", "sweep", "early-stopping", "--seeds", "25", "--json"]


@contextmanager
def cluster(workers: int) -> Iterator[list[str]]:
    """Yield the addresses of a scheduler and of its workers."""
    program = [sys.executable, str(Path(__file__).with_name("cluster.py")), str(workers)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        try:
            yield run.stdout.readline().split()
        finally:
            run.stdin.close()
            run.wait(timeout=60)


@pytest.fixture(scope="module")
def addresses() -> Iterator[list[str]]:
    with cluster(2) as started:
        yield started


def sweep(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*SWEEP, *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def complaint(*arguments: str) -> str:
    ended = sweep(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr
    return ended.stderr.splitlines()[-1]


def test_a_cluster_gives_the_same_bits_as_this_machine(addresses, tmp_path):
    far = sweep("--scheduler", addresses[0], "--journal", str(tmp_path / "far"))
    near = sweep("--workers", "1", "--journal", str(tmp_path / "near"))
    assert far.returncode == 0, far.stderr
    assert json.loads(far.stdout)["seeds"] == 25
    assert far.stdout == near.stdout
    finished = [sorted((tmp_path / name).read_bytes().split(b"\n")) for name in ("far", "near")]
    assert finished[0] == finished[1]


def test_a_cluster_goes_on_with_what_this_machine_began(addresses, tmp_path):
    journal = ("--journal", str(tmp_path / "journal"))
    sweep("--seeds", "10", "--workers", "1", *journal)
    begun = (tmp_path / "journal").read_bytes()
    assert sweep("--scheduler", addresses[0], *journal).returncode == 0
    assert (tmp_path / "journal").read_bytes().startswith(begun)


def nobody_answers(address: str) -> str:
    return (
        f"Error: No Dask scheduler answers at {address}. Start one with 'dask scheduler' and give "
        "the address that it prints, such as tcp://127.0.0.1:8786."
    )


@pytest.mark.parametrize("address", ["nowhere", "localhost:99999", ""])
def test_what_is_no_address_is_a_sentence(address, tmp_path):
    said = complaint("--scheduler", address, "--journal", str(tmp_path / "journal"))
    assert said == nobody_answers(address)


def test_a_port_where_nobody_listens_is_a_sentence_at_once(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        said = complaint("--scheduler", address, "--journal", str(tmp_path / "journal"))
    assert said == nobody_answers(address)


def test_something_else_that_listens_is_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=_accept_and_say_nothing, args=(silent,), daemon=True).start()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        said = complaint("--scheduler", address, "--journal", str(tmp_path / "journal"))
    assert said == nobody_answers(address)


def _accept_and_say_nothing(server: socket.socket) -> None:
    kept = []
    while True:
        try:
            kept.append(server.accept())
        except OSError:  # the test is over
            return


def test_a_workers_address_is_no_schedulers(addresses, tmp_path):
    said = complaint("--scheduler", addresses[1], "--journal", str(tmp_path / "journal"))
    assert said == nobody_answers(addresses[1])


def test_a_cluster_without_workers_is_a_sentence(tmp_path):
    with cluster(0) as (address,):
        said = complaint("--scheduler", address, "--journal", str(tmp_path / "journal"))
    assert said == (
        f"Error: The Dask scheduler at {address} has no workers. "
        f"Start one with: dask worker {address}"
    )
