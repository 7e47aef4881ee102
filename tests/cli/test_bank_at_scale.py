"""``proxygap bank stats`` on more files than any course has had."""

import json

import pytest
from click.testing import CliRunner

from proxygap.cli.bank import command
from proxygap.quiz import load_quiz
from tests.bank.builders import answer, key_of, miss_of, seed, when

pytestmark = pytest.mark.slow

QUIZ = load_quiz("specification-gaming")
FILES = 10_000
ITEMS = QUIZ.items[:4]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """10,000 files of 4 answers each: of every ten learners, 2, 4, 6 and 8 know the four items."""
    folder = tmp_path_factory.mktemp("cohort")
    known = [answer(QUIZ.chapter, item, key_of(item), 0) for item in ITEMS]
    unknown = [answer(QUIZ.chapter, item, miss_of(item), 0) for item in ITEMS]
    pairs = [
        (json.dumps(right), json.dumps(wrong)) for right, wrong in zip(known, unknown, strict=True)
    ]
    for learner in range(FILES):
        answers = [pair[learner % 10 >= 2 * place] for place, pair in enumerate(pairs, 1)]
        records = ", ".join([json.dumps(seed(learner, learner)), *answers])
        text = f'{{"format": "proxygap-progress", "version": 1, "records": [{records}]}}'
        # Nobody else answered at that moment; who did would be the same learner.
        text = text.replace(when(0), when(1000 * learner))
        (folder / f"{learner:05}.json").write_text(text, encoding="utf-8")
    (folder / "damaged.json").write_text(text[:100], encoding="utf-8")
    return folder


def test_ten_thousand_files_are_ten_thousand_learners_and_a_damaged_one_is_named(folder):
    done = CliRunner().invoke(command, ["stats", str(folder), "--json"])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{folder / 'damaged.json'}: it cannot be read as JSON")
    assert done.stderr.count("\n") == 1
    data = json.loads(done.stdout)
    assert (data["files"], data["learners"]) == (FILES, FILES)
    [chapter] = [one for one in data["chapters"] if one["chapter"] == QUIZ.chapter]
    found = {item["id"]: item for item in chapter["items"]}
    assert [found[item.id]["answers"] for item in ITEMS] == [FILES] * 4
    assert [found[item.id]["difficulty"] for item in ITEMS] == [0.2, 0.4, 0.6, 0.8]
    # By hand, first item: whoever knows it knows the other three; of the others, two in ten each
    # know 3, 2, 1 and 0. So the covariance is 0.6 - 0.2 x 1.8, the variances 0.16 and 1.36.
    assert found[ITEMS[0].id]["discrimination"] == pytest.approx(0.24 / (0.16 * 1.36) ** 0.5)
