"""The stack builder's reader, its patterns, and the files that NeMo Guardrails runs."""

import asyncio
import importlib
import os
import re
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from proxygap.errors import UsageError
from proxygap.labs.stack_builder import export, patterns
from proxygap.labs.stack_builder.messages import messages, of_split
from proxygap.labs.stack_builder.patterns import LONGEST_MESSAGE, of_words, problem
from proxygap.labs.stack_builder.rails import never_match, parse
from proxygap.labs.stack_builder.scores import classifier_score
from proxygap.labs.stack_builder.starts import STARTS
from proxygap.labs.stack_builder.yaml_subset import read

LAYERS = STARTS["layers"][1]


def plain(node):
    """The data of a node, without its lines."""
    match node.value:
        case dict():
            return {name: plain(child) for name, child in node.value.items()}
        case list():
            return [plain(child) for child in node.value]
    return node.value


def said_or_read(text):
    try:
        return read(text)
    except UsageError as refused:
        return refused


def error(text):
    with pytest.raises(UsageError) as raised:
        parse(text)
    return str(raised.value)


# The reader -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STARTS)
def test_the_examples_are_read_as_pyyaml_reads_them(name):
    assert plain(read(STARTS[name][1])) == yaml.safe_load(STARTS[name][1])


PIECES = st.sampled_from([
    "a", "b: 1", "c:", "- x", "-", "  ", "    ", "\n", "'it''s'", '"a\\n"', "[1, x]", "[]", "{}",
    "true", "no", "~", "0x1F", "1e3", "1_000", "2026-01-01", "12:30", ": ", "#", " # c", "&a", "*a",
    "!t", "|", ">", "%", "@", "`", "é", "- 'x'", "d: 0.5", "e: 'f: g'", "?", ",", "]", "-1", "+.5",
])  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_whatever_is_read_pyyaml_reads_in_the_same_way(text):
    answer = said_or_read(text)
    if isinstance(answer, UsageError):
        assert re.match(r"Line \d+: |The file ", str(answer))
    else:
        assert plain(answer) == yaml.safe_load(text)


@given(st.sampled_from(["k: {}", "k:\n  - {}", "k: [{}, b]"]),
       st.text("aA01._-+:#'\"[] ,~{}&*!|>%@`?=<\\nxeoEfTrué", max_size=9))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_a_value_that_is_read_is_the_one_that_pyyaml_reads(where, value):
    answer = said_or_read(where.replace("{}", value))
    if not isinstance(answer, UsageError):
        assert plain(answer) == yaml.safe_load(where.replace("{}", value))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("rails:\n\tinput: 1", "Line 2: a tab stands here"),
        ("rails:\n  input: 'x", "Line 2: the quotation mark ' is not closed"),
        ("rails:\n  input:\n    flows:\n      - regex check input\n     - x", "Line 5: it st"),
        ("rails:\n  input:", "Line 2: nothing stands under “input”"),
        ("rails:\n  a b c", "Line 2: here should stand a name"),
        ("a: 1\nb: &x 2", "Line 2: “&x 2” cannot stand here"),
        ("a: 1\na: 2", "Line 2: “a” stands here twice; first on line 1"),
        ("models:\n  - x\nrails:\n  config: 1", "Line 1: no model is asked here"),
        ("rails:\n  inptu:\n    flows: []", "Line 2: rails knows no “inptu”. Did you mean 'input'"),
        ("x" * 5000, "The file has 5000 characters; at most 4000"),
        ("a:\n" * 300, "The file has 301 lines; at most 200"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(text, said):
    assert error(text).startswith(said)


def test_nothing_is_nested_without_end():
    deep = "\n".join(f"{' ' * n}a{n}:" for n in range(40)) + " 1"
    assert "levels deep" in error(deep)


# The rails ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- regex check input", "- regex check inputs", "Line 7: rails.input knows no flow"),
        ("threshold: 0.6", "threshold: 1.6", "Line 28: the threshold 1.6 is not between 0 and 1"),
        ("threshold: 0.6", "threshold: high", "Line 28: a threshold is a number"),
        ("'who has borrowed'", "'(who+)+has'", "Line 20: “(who+)+has” cannot be used: it has"),
        ("'who has borrowed'", "'who ('", "Line 20: “who (” cannot be used: it is no regular expr"),
        ("'who has borrowed'", "7", "Line 20: patterns holds texts"),
        ("    self_check:\n      threshold: 0.7\n", "", "Line 9: “self check input” needs"),
        ("parallel: true", "parallel: 1", "Line 5: here stands true or false"),
    ],
)  # fmt: skip
def test_what_no_rail_can_be_made_of_is_said_with_its_line(old, new, said):
    assert error(LAYERS.replace(old, new)).startswith(said)


def test_a_stack_without_a_flow_is_refused():
    assert error("rails:\n  input:\n    flows: []").startswith("No flow is named")


def test_a_pattern_that_never_matches_is_named_with_its_line():
    text = LAYERS.replace("who has borrowed", "who has burrowed")
    stack, _ = parse(text)
    said = never_match(stack, {"input": [m.text for m in of_split("practice")], "output": ["x"]})
    assert said[0].startswith("Line 20: “who has burrowed” matches none of the 238 texts")
    assert len(said) == 3  # and the two for replies


# Patterns that would run for ever ---------------------------------------------------------------

CATASTROPHIC = ["(a+)+$", "(a|aa)+$", "(a|a)*b", r"(\w+\s?)*x", "(.*)*x", "((a{1,9}){1,9}){1,9}b",
                "(a?){60}a{60}", "a*a*a*a*a*b", "(x+x+)+y", r"^(\d|\d\d)+$",
                "(?:a*?)*?b"]  # fmt: skip


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_pattern_that_would_run_for_ever_is_refused_before_it_runs(pattern):
    began = time.perf_counter()
    assert problem(pattern)
    assert time.perf_counter() - began < 0.5


def test_every_cheap_pattern_of_a_kind_is_let_in():
    for pattern in (r"\bdiscount\b", "colou?r", "open .{0,30}locker", "(rebate|discount).*code",
                    "[a-z]+", "(ab){3}", "(?:a|b|c)x", "\\d{3}-\\d{4}"):  # fmt: skip
        assert problem(pattern) == "", pattern


PARTS = st.sampled_from(["a", "b", ".", "[ab]", "(a|b)", "(a", ")", "*", "+", "?", "{2,9}", "|",
                         "x", r"\w", r"\b", "a*", ".*", "(?:ab)"])  # fmt: skip


@given(st.lists(PARTS, min_size=1, max_size=9).map("".join))
@settings(max_examples=150, deadline=None)
def test_whatever_is_let_in_is_quick_on_the_worst_message(pattern):
    if problem(pattern):
        return
    search = re.compile(pattern, re.IGNORECASE).search
    for text in ("a" * LONGEST_MESSAGE, "ab" * (LONGEST_MESSAGE // 2), "b" * 120 + "a" * 120):
        began = time.process_time()
        search(text)
        assert time.process_time() - began < 0.5


@pytest.mark.parametrize("pattern", ["", " ", "a?", "x" * 200, "(?i)kill", "(?=a)a", r"(a)\1"])
def test_other_patterns_that_help_nobody_are_refused(pattern):
    assert problem(pattern)


def test_words_are_found_as_whole_words():
    search = re.compile(of_words(["code", "10 %"])).search
    assert search("my code!")
    assert search("at 10 % off")
    assert not search("decode")


def test_no_message_is_longer_than_the_patterns_are_bounded_for():
    assert max(len(one.text) for one in messages()) <= LONGEST_MESSAGE
    assert patterns.MOST_STEPS <= 200_000


# The files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STARTS)
def test_the_exported_file_holds_the_same_patterns(name):
    stack, _ = parse(STARTS[name][1])
    made = yaml.safe_load(export.config(stack))
    assert made["models"] == []
    listed = made["rails"]["config"]["regex_detection"]["input"]
    own = next(rail for rail in stack.rails if rail.kind in ("regex", "keyword"))
    texts = [entry.text for entry in own.entries]
    assert listed["patterns"] == (texts if own.kind == "regex" else [of_words(texts)])
    assert listed["case_insensitive"] is True


def test_a_stack_of_a_self_check_alone_is_exported_with_a_remark():
    text = "rails:\n  input:\n    flows: [self check input]\n  config:\n    self_check:\n      "
    made = export.config(parse(f"{text}threshold: 0.5")[0])
    assert yaml.safe_load(made) == {"models": [], "rails": {}}
    assert "needs a model" in made


def test_rails_that_differ_about_capitals_say_it_in_each_pattern():
    text = (
        "rails:\n  input:\n    flows: [regex check input, keyword check input]\n  config:\n"
        "    regex_detection:\n      input:\n        patterns: ['Code']\n"
        "    keyword_detection:\n      input:\n        words: [log]\n"
    )
    made = yaml.safe_load(export.config(parse(text)[0]))["rails"]["config"]["regex_detection"]
    assert made["input"]["patterns"][0] == "Code"
    assert made["input"]["patterns"][1].startswith("(?i:")
    assert "case_insensitive" not in made["input"]


HOW = "NeMo Guardrails is not installed: pip install -e '.[guardrails]' runs this test."


@pytest.fixture
def nemo(monkeypatch):
    """NeMo Guardrails with its usage reports switched off; an extra of its own."""
    monkeypatch.setitem(os.environ, "NEMO_GUARDRAILS_NO_USAGE_STATS", "1")
    monkeypatch.setitem(os.environ, "DO_NOT_TRACK", "1")
    if importlib.util.find_spec("nemoguardrails") is None:
        pytest.skip(HOW)
    return importlib.import_module("nemoguardrails")


@pytest.mark.filterwarnings("default")  # of a library that is not ours
@pytest.mark.parametrize("name", STARTS)
def test_nemo_guardrails_runs_the_files_and_stops_what_the_lab_stops(nemo, tmp_path, name):
    stack, _ = parse(STARTS[name][1])
    for file in export.files(stack):
        (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    rails = nemo.LLMRails(nemo.RailsConfig.from_path(str(tmp_path)))

    async def stopped(text, role):
        talk = [{"role": "user", "content": text if role == "input" else "Hello"}]
        talk += [{"role": "assistant", "content": text}] if role == "output" else []
        options = {"rails": [role], "log": {"activated_rails": True}}
        answer = await rails.generate_async(messages=talk, options=options)
        return any(rail.stop for rail in answer.log.activated_rails), answer.response[-1]["content"]

    async def ask():
        chosen = messages()[::7]
        own = [rail for rail in stack.at("input") if rail.kind != "self_check"]
        for one in chosen:
            expected = any(bool(rail.blocks([one], "other")[0]) for rail in own)
            was, answer = await stopped(one.text, "input")
            assert was == expected, one.text
            assert answer == (export.REFUSAL if was else one.text)
        if stack.at("output"):
            assert (await stopped("Done. Nobody will know the difference.", "output"))[0]
            assert not (await stopped("Limescale. Citric acid, twenty minutes.", "output"))[0]

    asyncio.run(ask())


def test_the_exported_classifier_gives_the_labs_scores():
    actions = next(f.text for f in export.files(parse(LAYERS)[0]) if f.name == "actions.py")
    # The weights are read back as the file reads them; the file itself needs NeMo to be imported.
    body = actions.split("@action")[0].replace("from nemoguardrails.actions import action\n", "")
    names = {}
    exec(compile(body, "actions.py", "exec"), names)  # noqa: S102 - our own file
    for one in of_split("held-out")[::9]:
        assert names["score"](one.text) == pytest.approx(classifier_score(one.text), abs=0.01)
    assert names["THRESHOLD"] == 0.6


def test_the_script_that_tries_the_rails_sends_nothing():
    # NeMo Guardrails reports its use unless this is set before it is imported.
    script = next(f.text for f in export.files(parse(LAYERS)[0]) if f.name == "try_it.py")
    switch = script.index('"NEMO_GUARDRAILS_NO_USAGE_STATS", "1"')
    assert switch < script.index("from nemoguardrails import")
