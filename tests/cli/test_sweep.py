"""``proxygap sweep``: from the terminal, with everything that may be typed wrongly."""

import json

import pytest

from proxygap.cli import main
from proxygap.simulations import get
from proxygap.sweep import fingerprint


def call(capsys, *arguments: str):
    try:
        main(["sweep", *arguments])
    except SystemExit as exit_:
        code = exit_.code or 0
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def journal(tmp_path) -> tuple[str, str]:
    return "--journal", str(tmp_path / "journal")


def test_json_holds_a_summary_of_each_scalar(capsys, journal):
    code, out, err = call(
        capsys, "early-stopping", "--set", "angle=35", "--seeds", "12", "--workers", "1", "--json",
        *journal,
    )  # fmt: skip
    made = json.loads(out)
    assert code == 0
    assert list(made) == ["slug", "code", "numpy", "seeds", "points"]
    assert (made["code"], made["seeds"]) == (fingerprint("early-stopping"), 12)
    (point,) = made["points"]
    assert point["parameters"] == get("early-stopping").complete({"angle": "35"})
    assert list(point["series"]["drop"]) == ["mean", "standard_error", "quantiles"]
    assert "Seeds" in err, "progress goes to the error stream"


def test_the_number_of_workers_does_not_change_what_is_printed(capsys, tmp_path):
    printed = [
        call(capsys, "early-stopping", "--seeds", "25", "--json", "--workers", str(workers),
             "--journal", str(tmp_path / f"{workers}"))[1]
        for workers in (1, 2)
    ]  # fmt: skip
    assert printed[0] == printed[1]


def test_over_sweeps_every_value_of_a_parameter(capsys, journal):
    _, out, _ = call(
        capsys, "capability-dial", "--over", "delay", "--set", "horizon=11", "--seeds", "2",
        "--workers", "1", "--json", *journal,
    )  # fmt: skip
    points = json.loads(out)["points"]
    assert [point["parameters"]["delay"] for point in points] == [1, 3, 5, 7, 9]
    assert [point["series"]["truth"]["mean"] for point in points] == [8, 8, 8, 100, 100]


def test_the_table_is_for_people(capsys, journal):
    code, out, _ = call(capsys, "capability-dial", "--seeds", "1", "--workers", "1", *journal)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "capability-dial, 1 seed"
    assert lines[2] == "horizon = 12, delay = 5"
    assert lines[3].split() == ["mean", "±", "s.e.", "5", "%", "median", "95", "%"]
    assert ["proxy", "182", "–", "182", "182", "182"] in [line.split() for line in lines]


def test_output_writes_what_json_prints(capsys, journal, tmp_path):
    target = tmp_path / "summary.json"
    arguments = ["capability-dial", "--seeds", "3", "--workers", "1", *journal]
    _, out, _ = call(capsys, *arguments, "--output", str(target))
    assert f"Summary: {target}" in out
    assert target.read_text(encoding="utf-8") == call(capsys, *arguments, "--json")[1]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["early-stoping"],
            (
                "Unknown simulation 'early-stoping'. Did you mean 'early-stopping'? "
                "All simulations: proxygap list"
            ),
        ),
        (["early-stopping", "--seeds", "0"], "--seeds must be at least 1, got 0."),
        (["early-stopping", "--seeds", "-3"], "--seeds must be at least 1, got -3."),
        (["early-stopping", "--workers", "0"], "--workers must be at least 1, got 0."),
        (
            ["early-stopping", "--set", "angle"],
            "--set angle has no '='. Write --set NAME=VALUE.",
        ),
        (
            ["early-stopping", "--over", "angel"],
            (
                "Simulation 'early-stopping' has no parameter 'angel'. Did you mean 'angle'? "
                "Parameters: angle, world."
            ),
        ),
        (
            ["early-stopping", "--over", "angle", "--set", "angle=5"],
            "'angle' is given with --set and with --over. Leave one of them out.",
        ),
        (
            ["early-stopping", "--workers", "2", "--scheduler", "tcp://127.0.0.1:8786"],
            (
                "--workers counts processes on this machine; a cluster brings its own. "
                "Leave out --workers or --scheduler."
            ),
        ),
    ],
)
def test_bad_input_is_a_sentence_before_any_work(capsys, journal, arguments, sentence):
    code, out, err = call(capsys, *arguments, *journal)
    assert (code, out, err) == (2, "", f"Error: {sentence}\n")


def test_a_summary_that_has_nowhere_to_go_is_said_before_any_work(capsys, journal, tmp_path):
    target = tmp_path / "no" / "summary.json"
    code, out, err = call(capsys, "early-stopping", *journal, "--output", str(target))
    assert (code, out) == (2, "")
    assert err == (
        f"Error: The summary cannot be written to {target}: the folder {target.parent} does not "
        "exist or is not writable.\n"
    )


def test_a_damaged_journal_is_named_with_its_line(capsys, tmp_path):
    damaged = tmp_path / "journal"
    damaged.write_text("nothing that a sweep wrote\n")
    code, out, err = call(capsys, "early-stopping", "--seeds", "3", "--journal", str(damaged))
    assert (code, out) == (2, "")
    assert err.startswith(f"Error: {damaged}:1: this line of the journal is damaged")


def test_the_journal_lies_in_the_cache_unless_told_otherwise(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    call(capsys, "capability-dial", "--seeds", "1", "--workers", "1")
    assert [path.name for path in tmp_path.rglob("*.jsonl")] == ["capability-dial.jsonl"]
