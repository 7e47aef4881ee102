"""Sweeps: the same result whoever computes it, and after whatever happened on the way."""

import dataclasses
import functools
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import SetupError
from proxygap.simulations import get
from proxygap.sweep import (
    Journal,
    _runners,
    collect,
    fingerprint,
    on_cluster,
    on_cores,
    plan,
    report,
    run_chunk,
)
from proxygap.sweep._chunks import SEEDS, _sources
from proxygap.sweep._summary import summarise

SLUG = "early-stopping"
POINT = get(SLUG).complete({"angle": 65.0})

# Runs a sweep that kills its own process, workers and all, when a part of it is finished.
KILLED = """
import os, signal, sys
from pathlib import Path
from proxygap.simulations import get
from proxygap.sweep import Journal, collect, on_cores, plan

def die_in_the_middle(seeds):
    global finished
    finished += seeds
    if finished >= 40:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    finished = 0
    point = get("early-stopping").complete({"angle": 65.0})
    with Journal(Path(sys.argv[1])) as journal:
        collect(plan("early-stopping", [point], 120), runner=on_cores(2), journal=journal,
                progress=die_in_the_middle)
"""


def swept(tmp_path, *, seeds, runner, name="journal") -> dict[str, np.ndarray]:
    with Journal(tmp_path / name) as journal:
        return collect(plan(SLUG, [POINT], seeds), runner=runner, journal=journal)[0]


def nobody(chunks):
    raise AssertionError(f"{len(chunks)} chunks were computed again")


def bits(result) -> dict[str, bytes]:
    return {name: numbers.tobytes() for name, numbers in result.items()}


def test_each_seed_is_what_the_simulation_gives_for_it(tmp_path):
    result = swept(tmp_path, seeds=23, runner=on_cores(1))
    settings = get(SLUG).settings(**POINT)
    for seed in (0, 9, 10, 22):
        alone = get(SLUG).run(settings, np.random.default_rng(seed))
        assert {name: float(numbers[seed]) for name, numbers in result.items()} == {
            name: float(alone[name]) for name in result
        }
    assert {len(numbers) for numbers in result.values()} == {23}
    assert "proxy" not in result, "series that are no single number are left out"


def test_one_and_two_workers_give_the_same_bits(tmp_path):
    one = swept(tmp_path, seeds=45, runner=on_cores(1), name="one")
    two = swept(tmp_path, seeds=45, runner=on_cores(2), name="two")
    assert bits(one) == bits(two)


def test_the_order_in_which_chunks_finish_does_not_matter(tmp_path):
    def backwards(chunks):
        yield from ((chunk, run_chunk(chunk)) for chunk in reversed(chunks))

    forwards = swept(tmp_path, seeds=35, runner=on_cores(1), name="one")
    assert bits(swept(tmp_path, seeds=35, runner=backwards, name="two")) == bits(forwards)


def test_a_killed_sweep_goes_on_and_gives_the_same_bits(tmp_path):
    # The workers hold the pipe, too: it ends when the last of them has followed its parent.
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "journal")],
        stdout=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL
    with (tmp_path / "journal").open("ab") as stream:
        stream.write(b"0123456789abcdef 0123")  # what a kill in the middle of a line leaves
    with Journal(tmp_path / "journal") as journal:
        assert 40 / SEEDS <= len(journal.finished) < 120 / SEEDS
    resumed = swept(tmp_path, seeds=120, runner=on_cores(1))
    assert bits(resumed) == bits(swept(tmp_path, seeds=120, runner=on_cores(2), name="fresh"))


def test_what_is_finished_is_not_computed_again(tmp_path):
    first = swept(tmp_path, seeds=30, runner=on_cores(1))
    assert bits(swept(tmp_path, seeds=30, runner=nobody)) == bits(first)
    assert bits(swept(tmp_path, seeds=20, runner=nobody)) == bits(
        {name: numbers[:20] for name, numbers in first.items()}
    )


def test_a_longer_sweep_begins_with_the_shorter_one(tmp_path):
    counted = []

    def counting(chunks):
        counted.extend(chunks)
        return on_cores(1)(chunks)

    swept(tmp_path, seeds=20, runner=on_cores(1))
    swept(tmp_path, seeds=45, runner=counting)
    assert [(chunk.first, chunk.stop) for chunk in counted] == [(20, 30), (30, 40), (40, 45)]


def test_progress_counts_every_seed_once_also_the_finished_ones(tmp_path):
    swept(tmp_path, seeds=20, runner=on_cores(1))
    told = []
    with Journal(tmp_path / "journal") as journal:
        collect(plan(SLUG, [POINT], 35), runner=on_cores(1), journal=journal, progress=told.append)
    assert told == [20, 10, 5]


@settings(deadline=None)
@given(st.integers(1, 500))
def test_chunks_cover_every_seed_once(seeds):
    (chunks,) = plan(SLUG, [POINT], seeds)
    covered = [seed for chunk in chunks for seed in range(chunk.first, chunk.stop)]
    assert covered == list(range(seeds))


def test_a_key_changes_with_everything_that_the_numbers_depend_on():
    (chunk,) = plan(SLUG, [POINT], SEEDS)[0]
    changes = [
        {"slug": "boat-race"}, {"values": (("angle", 5.0),)}, {"first": 1}, {"stop": 11},
        {"code": "0"}, {"numpy": "1.26.0"},
    ]  # fmt: skip
    keys = {dataclasses.replace(chunk, **change).key for change in changes}
    assert len(keys | {chunk.key}) == len(changes) + 1
    assert dataclasses.replace(chunk).key == chunk.key


def test_a_fingerprint_covers_what_computes_and_leaves_out_what_describes(repository):
    folder = repository / "src" / "proxygap" / "simulations"
    assert set(_sources(folder / "early_stopping.py")) == {"early_stopping", "_ascent"}
    assert "_world" in _sources(folder / "capability_dial.py")
    assert fingerprint(SLUG) != fingerprint("capability-dial")


@pytest.mark.parametrize("change", [{"code": "0"}, {"numpy": "1.26.0"}])
def test_a_worker_with_other_code_refuses(change):
    (chunk,) = plan(SLUG, [POINT], 1)[0]
    with pytest.raises(SetupError) as error:
        run_chunk(dataclasses.replace(chunk, **change))
    assert "Install the same course and the same packages on every worker" in str(error.value)


def test_a_worker_that_dies_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(_runners, "_follow_the_parent", functools.partial(os._exit, 1))
    with pytest.raises(SetupError) as error:
        swept(tmp_path, seeds=20, runner=on_cores(2))
    assert str(error.value) == (
        "A worker process was ended from outside, perhaps for lack of memory. What was finished "
        "is kept: run the same command again, with fewer --workers."
    )


def test_without_dask_the_option_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SetupError) as error:
        swept(tmp_path, seeds=1, runner=on_cluster("tcp://127.0.0.1:8786"))
    assert str(error.value) == (
        "--scheduler needs Dask, which is not installed. Install it with: "
        "pip install 'proxygap[grade]'"
    )


def test_the_summary_by_hand():
    # 1, 2, 3, 4: mean 2.5; the deviations' squares sum to 5, so s² = 5/3 and s/√4 = √(5/12).
    summary = summarise(np.array([1.0, 2.0, 3.0, 4.0]))
    assert summary["mean"] == 2.5
    assert summary["standard_error"] == pytest.approx((5 / 12) ** 0.5)
    assert summary["quantiles"]["0.5"] == 2.5
    assert summary["quantiles"]["0.25"] == 1.75
    assert list(summary["quantiles"]) == ["0.05", "0.25", "0.5", "0.75", "0.95"]


def test_one_seed_has_no_standard_error_and_nan_is_no_number():
    assert summarise(np.array([3.0]))["standard_error"] is None
    assert summarise(np.array([3.0, np.nan]))["mean"] is None


def test_a_report_says_what_it_was_made_with(tmp_path):
    result = swept(tmp_path, seeds=10, runner=on_cores(1))
    made = report(SLUG, 10, [POINT], [result])
    assert (made["slug"], made["code"], made["seeds"]) == (SLUG, fingerprint(SLUG), 10)
    assert made["points"][0]["parameters"] == POINT
    assert made["points"][0]["series"]["truth_end"] == summarise(result["truth_end"])
