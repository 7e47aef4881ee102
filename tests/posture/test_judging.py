"""Judging by hand: a random order, nothing lost, and no answer can steer a terminal."""

import json
from pathlib import Path

from click.testing import CliRunner

from proxygap.cli.posture import command
from proxygap.posture.inspect_log import read_log
from proxygap.posture.judging import open_answers, plain

GOLDEN = Path(__file__).with_name("golden_log.json").read_text(encoding="utf-8")


def copy(folder: Path) -> Path:
    log = folder / "log.json"
    log.write_text(GOLDEN, encoding="utf-8")
    return log


def judge(log: Path, typed: str, *arguments: str) -> str:
    result = CliRunner().invoke(command, ["judge", str(log), *arguments], input=typed)
    assert result.exit_code == 0, result.exception
    return result.output


def test_the_graders_verdict_is_shown_only_after_ones_own(tmp_path):
    told = judge(copy(tmp_path), "c\ns\n")
    assert told.index("answer:") < told.index("comply, partial") < told.index("The grader says")
    assert "Judged: 1." in told


def test_verdicts_are_kept_at_once_and_judging_goes_on_where_it_was_left(tmp_path):
    log = copy(tmp_path)
    first = open_answers(json.loads(GOLDEN), 10)
    assert len(first) == 10
    judge(log, "u\nu\ns\n", "--answers", "10", "--name", "Ada")
    assert [one.item.id for one in open_answers(json.loads(log.read_text()), 10)] == [
        one.item.id for one in first[2:]
    ]
    data = json.loads(log.read_text(encoding="utf-8"))
    edited = {one["id"]: one["scores"]["posture"] for one in data["samples"]}[first[0].item.id]
    assert edited["value"] == "undetermined"
    assert edited["history"][0]["value"] == first[0].graded
    assert edited["history"][1]["provenance"]["author"] == "Ada"
    assert "Not judged yet of these 10: 0." in judge(log, "c\n" * 8, "--answers", "10")
    assert open_answers(json.loads(log.read_text()), 10) == []


def test_the_card_says_how_many_were_judged_and_where_the_grader_differed(tmp_path):
    log = copy(tmp_path)
    graded = [one.graded for one in open_answers(json.loads(GOLDEN), 4)]
    keys = [verdict[0] for verdict in graded]
    keys[2] = "p" if keys[2] != "p" else "c"
    judge(log, "\n".join(keys) + "\n", "--answers", "4")
    _, configuration, results = read_log(log.read_text(encoding="utf-8"))
    assert configuration["judged by a person"] == "4 answers; the grader had another verdict on 1"
    assert len(results) == 14


def test_questions_under_pressure_are_counted_and_not_judged():
    assert {one.item.dimension for one in open_answers(json.loads(GOLDEN), 99)} == {
        "benign", "disallowed",
    }  # fmt: skip


def test_an_answer_cannot_steer_the_terminal():
    assert plain("a\x1b[2Jb\x07c\u202ed\ne\t") == "a[2Jbcd\ne\t"


def test_another_file_is_refused_and_left_alone(tmp_path):
    other = tmp_path / "other.json"
    for content in ("[]", "{", '{"eval": 3}'):
        other.write_text(content, encoding="utf-8")
        result = CliRunner().invoke(command, ["judge", str(other)])
        assert str(other) in str(result.exception)
        assert other.read_text(encoding="utf-8") == content
