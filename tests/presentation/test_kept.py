"""What is kept between builds is whole, fits its makers, and is forgotten in the end."""

import os
import signal
import subprocess
import sys
import time

import pytest

from proxygap.presentation._kept import ABANDONED_SECONDS, Kept, forget_old, keep

MADE = Kept({"width": 3}, b"one\ntwo\n\x00")


def never():
    pytest.fail("it was made again")


def test_what_was_made_once_is_read_afterwards(tmp_path):
    file = tmp_path / "boat-table.1"
    assert keep(file, lambda: MADE) == MADE
    assert keep(file, never) == MADE


def test_without_a_place_it_is_made_each_time():
    assert keep(None, lambda: MADE) == MADE


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]\n", b'{"bytes": 9, "about": {}}\ncut sho', b"\xff\xfe\n"]
)
def test_a_damaged_file_is_made_again(tmp_path, damaged):
    file = tmp_path / "boat-table.1"
    file.write_bytes(damaged)
    assert keep(file, lambda: MADE) == MADE
    assert keep(file, never) == MADE


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from proxygap.presentation._kept import Kept, keep

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

Path.replace = kill  # the last step: all bytes are on the disk, under another name
keep(Path(sys.argv[1]), lambda: Kept({}, b"x" * 1000))
"""


def test_a_killed_process_leaves_no_half_written_file(tmp_path):
    file = tmp_path / "boat-table.1"
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not file.exists()
    assert keep(file, lambda: MADE) == MADE


def test_the_three_latest_versions_of_each_thing_stay(tmp_path):
    for version in range(5):
        for name in ("boat-table", "ring-table"):
            file = tmp_path / f"{name}.{version}"
            file.write_bytes(b"")
            os.utime(file, (1000 + version, 1000 + version))
    forget_old(tmp_path)
    left = sorted(file.name for file in tmp_path.iterdir())
    assert left == [f"{name}.{v}" for name in ("boat-table", "ring-table") for v in (2, 3, 4)]


def test_what_is_read_counts_as_late(tmp_path):
    for version in range(5):
        keep(tmp_path / f"boat-table.{version}", lambda: MADE)
        os.utime(tmp_path / f"boat-table.{version}", (1000 + version, 1000 + version))
    keep(tmp_path / "boat-table.0", never)
    forget_old(tmp_path)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".0", ".3", ".4"]


def test_what_a_killed_build_left_behind_goes_once_nobody_can_be_writing_it(tmp_path):
    fresh, stale = tmp_path / "boat-table.1.77.part", tmp_path / "boat-table.1.76.part"
    for file in (fresh, stale):
        file.write_bytes(b"half")
    long_ago = time.time() - ABANDONED_SECONDS - 1
    os.utime(stale, (long_ago, long_ago))
    forget_old(tmp_path)
    assert (fresh.exists(), stale.exists()) == (True, False)
