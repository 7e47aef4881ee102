"""Before anything is sent: what would be, what it costs, what is missing and what to type."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from proxygap.cli.posture import command
from proxygap.content import content_root
from proxygap.errors import CourseError, SetupError, UsageError
from proxygap.posture import run as runner
from proxygap.posture.items import load
from proxygap.posture.plan import Plan, choose

PRETEND = Path(__file__).with_name("pretend.py")
GOLDEN = Path(__file__).with_name("golden_log.json")


@pytest.fixture
def no_keys(monkeypatch):
    for provider in runner.PROVIDERS.values():
        for key in provider.keys:
            monkeypatch.delenv(key, raising=False)


@pytest.mark.parametrize("limit", [20, 50, 125])
def test_a_part_of_the_set_is_spread_like_the_whole(limit):
    items = choose(limit)
    assert limit <= len(items) <= limit + 1
    counts = Counter(item.dimension for item in items)
    for dimension, whole in (("benign", 150), ("disallowed", 60), ("sycophancy", 40)):
        assert counts[dimension] / len(items) == pytest.approx(whole / 250, abs=0.06)
    types = Counter(item.type for item in items if item.dimension == "benign")
    assert max(types.values()) - min(types.get(kind.slug, 0) for kind in load().types[:15]) <= 1


def test_a_larger_part_contains_a_smaller_one_and_pairs_stay_whole():
    small, large = ({item.id for item in choose(n)} for n in (40, 90))
    assert small < large
    pairs = Counter(item.pair for item in choose(40) if item.dimension == "sycophancy")
    assert set(pairs.values()) == {2}
    assert choose(40) == choose(40)
    assert choose(None) == choose(1000) == list(load().items)


def test_the_plan_counts_requests_tokens_and_money_by_hand():
    items = [load().item("homonyms-01")]  # 78 characters: 20 tokens, and 8 for the message
    assert len(items[0].asked) == 78
    plan = Plan("anthropic/x", items, system="x" * 40, epochs=3, longest=1000)
    assert plan.requests == 3
    assert plan.tokens_in == 3 * (20 + 8 + 10)
    assert plan.tokens_out == (750, 3000)
    text = "\n".join(plan.lines(price=(10_000.0, 20_000.0)))
    # 114 at 0.01 and 750 at 0.02 are 1.14 + 15; with 3,000 received 1.14 + 60.
    assert "about 16.14 at these prices, 61.14 at most" in text
    assert "go to that provider" in text
    assert "go to that provider" not in "\n".join(Plan("ollama/x", items).lines())


@pytest.mark.parametrize(
    "arguments",
    [["--limit", "0"], ["--epochs", "0"], ["--max-tokens", "1"], ["--price", "-1", "2"]],
)
def test_senseless_numbers_are_refused(arguments):
    assert CliRunner().invoke(command, ["run", "--model", "ollama/x", *arguments]).exit_code == 2


def error_of(*arguments: str) -> CourseError:
    result = CliRunner().invoke(command, ["run", *arguments])
    assert isinstance(result.exception, CourseError), result.output
    return result.exception


def test_without_inspect_the_message_says_what_to_type(monkeypatch):
    monkeypatch.setattr(runner, "_is_installed", lambda module: module != "inspect_ai")
    error = error_of("--model", "anthropic/x")
    assert isinstance(error, SetupError)
    assert "Type: pip install 'proxygap[posture]'" in str(error)


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        ("anthropic/x", "pip install anthropic"),
        ("google/x", "pip install google-genai"),
        ("ollama/x", "pip install openai"),
    ],
)
def test_without_the_providers_package_the_message_says_what_to_type(monkeypatch, model, typed):
    monkeypatch.setattr(runner, "_is_installed", lambda module: module == "inspect_ai")
    assert f"Type: {typed}" in str(error_of("--model", model))


@pytest.mark.usefixtures("no_keys")
def test_without_a_key_the_message_says_what_to_type_and_nothing_is_sent(monkeypatch):
    monkeypatch.setattr(runner, "_is_installed", lambda _: True)
    assert "Type: export OPENAI_API_KEY=YOUR-KEY" in str(error_of("--model", "openai/x"))
    monkeypatch.setenv("OPENAI_API_KEY", "not-a-real-key")
    error = error_of("--model", "openai/x")  # nobody at the terminal to agree
    assert "Nothing was sent: nobody is there to be asked. Add --yes" in str(error)
    assert "not-a-real-key" not in str(error)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name the model"),
        (["--model", "gpt"], "it must be provider/name"),
        (["--resume", str(PRETEND)], "is not a log of 'proxygap posture run'"),
        (["--resume", str(PRETEND), "--model", "a/b"], "takes the model"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(arguments, told):
    error = error_of(*arguments)
    assert isinstance(error, UsageError)
    assert told in str(error)


def test_the_items_are_listed_and_written_out():
    listed = CliRunner().invoke(command, ["items", "--type", "homonyms"])
    assert listed.output.count("\n") == 14
    assert "homonyms-01-refuse  [refuse]  How do I kill the report job on our comp" in listed.output
    data = json.loads(CliRunner().invoke(command, ["items", "--json"]).output)
    assert len(data) == 250
    assert data[0]["who_could_disagree"]
    wrong = CliRunner().invoke(command, ["items", "--type", "homonym"])
    assert "Did you mean 'homonyms'?" in str(wrong.exception)


def test_nothing_but_the_runner_imports_inspect():
    folder = content_root() / "src" / "proxygap" / "posture"
    users = {f.name for f in folder.glob("*.py") if "import" in f.read_text(encoding="utf-8")
             and "from inspect_ai" in f.read_text(encoding="utf-8")}  # fmt: skip
    assert users == {"_inspect_task.py", "run.py"}
    for name in users:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        assert not any(line.startswith(("from inspect_ai", "import inspect_ai")) for line in lines)


# The card of a log.


def card(*arguments: str) -> str:
    result = CliRunner().invoke(command, ["card", *arguments])
    assert result.exit_code == 0, result.exception
    return result.output


def test_the_golden_log_becomes_a_card():
    text = card(str(GOLDEN))
    assert text.startswith("# Posture card: pretend x-1\n")
    assert "| Over-refusal: harmless requests refused | 3 of 7 |" in text
    assert "| Harmful compliance: requests served that should be refused | 1 of 2 |" in text
    assert "one answer" in text  # the one that was cut off
    data = json.loads(card(str(GOLDEN), "--json"))
    assert data["schema"] == "proxygap-posture-card/1"
    assert (
        data["rates"]["over_refusal"] | {"errors": 3, "items": 7} == data["rates"]["over_refusal"]
    )
    assert data["rates"]["sycophancy_flip"]["errors"] == 1
    assert data["undetermined"] == 1
    assert data["simulated"] is False


def test_a_card_is_saved_printed_again_and_never_written_over(tmp_path):
    saved = tmp_path / "card.json"
    assert f"Posture card: {saved}" in card(str(GOLDEN), "--output", str(saved))
    assert card(str(saved)) == card(str(GOLDEN))
    before = saved.read_bytes()
    again = CliRunner().invoke(command, ["card", str(GOLDEN), "--output", str(saved)])
    assert "exists" in str(again.exception)
    assert saved.read_bytes() == before
    card(str(GOLDEN), "--output", str(saved), "--force")


def test_a_packed_log_and_a_foreign_file_are_explained(tmp_path):
    packed, foreign = tmp_path / "log.eval", tmp_path / "photo.json"
    packed.write_bytes(b"PK\x03\x04\xff\xfe")
    foreign.write_bytes(b"\xff\xfe\x00")
    told = CliRunner().invoke(command, ["card", str(packed)])
    assert "inspect log convert" in str(told.exception)
    told = CliRunner().invoke(command, ["card", str(foreign)])
    assert "is not a text file in UTF-8" in str(told.exception)


def test_two_runs_are_compared_in_a_sentence_for_each_error():
    told = CliRunner().invoke(command, ["compare", str(GOLDEN), str(GOLDEN)])
    assert told.output.count("Not distinguishable at this n") == 3
    assert "on the same 7 items" in told.output
