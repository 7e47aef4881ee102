"""What the page keeps is what the statistics read."""

import json
from pathlib import Path

import pytest

from proxygap.bank.progress_files import Reader
from proxygap.quiz import load_quiz, rule_of, score
from tests.bank.builders import key_of, miss_of, progress_file, when
from tests.front_end import bundled, run

QUIZ = load_quiz("specification-gaming")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a function that gives the page's value after some tries (web/src/quiz/answers.ts)."""
    script = bundled("quiz/answers.ts", tmp_path_factory.mktemp("answers"))

    def answer_all(item, *responses):
        scores = [score(rule_of(item), response)._asdict() for response in responses]
        tries = [{"quiz": QUIZ.chapter, "response": response, "score": scored}
                 for response, scored in zip(responses, scores, strict=True)]  # fmt: skip
        return run(Path(__file__).with_name("run_answers.mjs"), script, json.dumps(tries))

    return answer_all


@pytest.mark.parametrize("kind", ["single", "multiple", "number", "text", "order", "classify"])
def test_the_first_try_survives_a_better_second_one(kept, tmp_path, kind):
    item = next(item for item in QUIZ.items if item.type == kind)
    value = kept(item, miss_of(item), key_of(item))
    assert value["outcome"] == "correct"
    record = {"kind": "answer", "id": item.id, "value": value, "at": when(5)}
    sheet = Reader([QUIZ]).read(progress_file(tmp_path / "a.json", record))
    once = kept(item, miss_of(item))
    file = progress_file(tmp_path / "b.json", record | {"value": once})
    assert sheet.answers == Reader([QUIZ]).read(file).answers
    assert not sheet.faults
    assert sheet.answers[item.id].credit < 1
    assert sheet.answers[item.id].chosen
