"""Two builds in one folder take turns."""

import subprocess
import sys

from proxygap.site import turns

HOLD = """
import sys
from pathlib import Path
from proxygap.site import turns

with turns.alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_who_comes_second_says_so_and_waits_for_the_first(tmp_path):
    file = tmp_path / "new" / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(file)], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:  # fmt: skip
        assert first.stdout.readline() == "held\n"
        said = []

        def let_the_first_end() -> None:
            said.append("waiting")
            assert first.poll() is None
            first.stdin.write("\n")
            first.stdin.flush()

        with turns.alone(file, let_the_first_end):
            assert first.wait(60) == 0
        assert said == ["waiting"]


def test_nobody_waits_when_the_first_was_killed(tmp_path):
    file = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(file)], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:  # fmt: skip
        first.stdout.readline()
        first.kill()
        first.wait()
    said = []
    with turns.alone(file, lambda: said.append("waiting")):
        assert said == []
