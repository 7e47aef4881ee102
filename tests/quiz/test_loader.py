"""A mistake in the item bank is named with its line, what is allowed and what to do."""

import datetime as dt
import shutil

import pytest

from proxygap.content import content_root
from proxygap.errors import ContentError, UsageError
from proxygap.quiz import load_bank, load_misconceptions, load_quiz, problems, quiz_slugs
from proxygap.quiz import loader as loader_module
from proxygap.quiz.loader import load_file
from tests.quiz.builders import OTHERWISE, item, line_of, option, quiz_file

KINDS = ["single", "multiple", "number", "text", "order", "classify"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_item_of_each_type_loads(tmp_path, kind):
    quiz = load_file(quiz_file(tmp_path, item(kind)))
    assert [one.type for one in quiz.items] == [kind]


def test_an_item_may_name_its_family_and_the_day_of_its_review(tmp_path):
    named, plain = load_file(quiz_file(
        tmp_path, item(id="t-named", family="decide", last_reviewed="2026-11-23"), item()
    )).items  # fmt: skip
    assert (named.family, named.last_reviewed) == ("decide", "2026-11-23")
    assert (plain.family, plain.last_reviewed) == (None, "")


def test_a_line_that_markdown_would_leave_out_is_named(tmp_path):
    path, line, message = complaint(tmp_path, item(stem="How many are\n% of all?"))
    assert line == line_of(path, "stem: ")
    assert message == (
        "item 't-single': a line begins with '%', which Markdown takes for a comment and leaves "
        "out. Break the line elsewhere."
    )


def complaint(tmp_path, *items, **changes):
    """Return the line and the message of the first mistake in a quiz."""
    path = quiz_file(tmp_path, *items, **changes)
    with pytest.raises(ContentError) as caught:
        load_file(path)
    message = str(caught.value).removeprefix(f"{path}:{caught.value.line}: ")
    assert message != str(caught.value), "the message begins with file:line"
    return path, caught.value.line, message


def broken(tmp_path, text):
    """Return the first mistake in a file that holds `text`."""
    path = tmp_path / "a-test.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ContentError) as caught:
        load_file(path)
    return str(caught.value).removeprefix(f"{path}:")


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path):
    path, line, message = complaint(tmp_path, item(explanaton="Because."))
    assert line == line_of(path, "explanaton")
    assert message == (
        "item 't-single': unknown key 'explanaton'. Did you mean 'explanation'? Allowed: id, type, "
        "stem, explanation, objective, bloom, difficulty, source, section, dispute, family, "
        "last_reviewed, options."
    )


def test_an_unknown_key_of_an_option_is_refused(tmp_path):
    options = [option("yes", correct=True, feedbak=1), option("no"), option("or")]
    path, line, message = complaint(tmp_path, item(options=options))
    assert line == line_of(path, "feedbak")
    assert message == (
        "item 't-single': unknown key 'feedbak'. Did you mean 'feedback'? Allowed: text, correct, "
        "second_best, feedback, misconception."
    )


def test_a_missing_key_is_named(tmp_path):
    without = item()
    del without["explanation"]
    path, line, message = complaint(tmp_path, without)
    assert line == line_of(path, "id: t-single")
    assert message == (
        "item 't-single': 'explanation' is missing. Add it. "
        "(Shown after every answer: why the key is the key.)"
    )


def test_an_item_without_type_is_named(tmp_path):
    without = item()
    del without["type"]
    assert complaint(tmp_path, without)[2] == "item 't-single': 'type' is missing. Add it."


def test_an_unknown_type_is_refused(tmp_path):
    assert complaint(tmp_path, item(type="singel"))[2] == (
        "item 't-single': 'type' is 'singel'. Did you mean 'single'? Allowed: single, multiple, "
        "number, text, order, classify."
    )


def test_text_that_yaml_reads_as_something_else_is_named(tmp_path):
    path, line, message = complaint(tmp_path, item(options=[
        option("yes", correct=True), option("no"), {**option("maybe"), "text": 50}]))  # fmt: skip
    assert line == line_of(path, "text: 50")
    assert message == (
        "item 't-single': 'text' must be text, but YAML reads 50 here. Put it in quotes."
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stem": " "}, "'stem' is empty. Write its text."),
        ({"stem": ["a"]}, "'stem' must be text."),
        ({"stem": None}, "'stem' is empty. Write it."),
        ({"stem": True},
         "'stem' must be text, but YAML reads True here. Put it in quotes."),
        ({"stem": dt.date(2026, 1, 2)},
         "'stem' must be text, but YAML reads 2026-01-02 here. Put it in quotes."),
        ({"source": 2017},
         "'source' must be text, but YAML reads 2017 here. Put it in quotes."),
        ({"options": "yes"}, "'options' must be a list (lines that begin with '- ')."),
        ({"options": [option("yes", correct=True), option("no")]},
         "'options' has 2 entries; at least 3 are needed."),
        ({"difficulty": 4}, "'difficulty' is '4'. Allowed: 1, 2, 3."),
        ({"bloom": "analyze"}, ("'bloom' is 'analyze'. Did you mean 'analyse'? Allowed: remember, "
                               "understand, apply, analyse, evaluate, create.")),
        ({"family": "clasify"}, ("'family' is 'clasify'. Did you mean 'classify'? Allowed: "
                                 "classify, diagnose, compute, decide.")),
        ({"last_reviewed": "23.11.2026"}, ("'23.11.2026' is not a day; write it as year, month "
                                           'and day: "2026-11-23".')),
        ({"id": "T Single"}, None),
        ({"objective": "know-how"}, ("unknown objective 'know-how'. Did you mean 'know-why'? "
                                    "Declare it under 'objectives', or use one of: know-why.")),
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed_is_named_with_what_is(tmp_path, changes, message):
    if message is None:
        expected = ("item 'T Single': 'T Single' is not a valid name; use lower case letters, "
                    "digits and single hyphens.")  # fmt: skip
    else:
        expected = f"item 't-single': {message}"
    assert complaint(tmp_path, item(**changes))[2] == expected


def test_a_source_must_be_in_the_bibliography(tmp_path):
    path, line, message = complaint(tmp_path, item(source="leike2018"))
    assert line == line_of(path, "source: leike2018")
    assert message.startswith(
        "item 't-single': unknown source 'leike2018'. Did you mean 'leike2017'? Add it to "
        "book/references.bib, or use one of: "
    )


def test_a_misconception_must_be_in_the_glossary(tmp_path):
    options = [
        option("yes", correct=True),
        option("no"),
        option("or", misconception="more-trainin"),
    ]
    path, line, message = complaint(tmp_path, item(options=options))
    assert path.read_text().splitlines()[line - 1].endswith("misconception: more-trainin")
    assert message.startswith(
        "item 't-single': unknown misconception 'more-trainin'. Did you mean "
        "'more-training-helps'? Describe it in quizzes/misconceptions.yml, or use one of: "
    )


def test_a_section_must_be_a_heading_of_the_chapter(tmp_path):
    folder = tmp_path / "copy"
    folder.mkdir()
    text = (content_root() / "quizzes/specification-gaming.yml").read_text(encoding="utf-8")
    path = folder / "specification-gaming.yml"
    path.write_text(text.replace("section: try-it", "section: try-that"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_file(path)
    assert caught.value.line == line_of(path, "try-that")
    assert "unknown section 'try-that'. Did you mean 'try-it'? Use the anchor of a" in str(
        caught.value
    )


def test_a_single_choice_needs_exactly_one_key(tmp_path):
    none = item(options=[option("yes"), option("no"), option("or")])
    two = item(options=[option("yes", correct=True), option("no", correct=True), option("or")])
    tail = " options are marked 'correct: true'; a single choice needs exactly one. Use type: multiple if several are right."  # noqa: E501
    assert complaint(tmp_path, none)[2] == f"item 't-single': 0{tail}"
    assert complaint(tmp_path, two)[2] == f"item 't-single': 2{tail}"


def test_a_multiple_choice_needs_a_right_and_a_wrong_option(tmp_path):
    texts = ("a", "b", "c", "d")
    none = item("multiple", options=[option(text) for text in texts])
    every = item("multiple", options=[option(text, correct=True) for text in texts])
    assert complaint(tmp_path, none)[2] == (
        "item 't-multiple': no option is right. Mark at least one with 'correct: true'."
    )
    assert complaint(tmp_path, every)[2] == (
        "item 't-multiple': every option is right, so there is nothing to choose. Add a wrong one."
    )


def test_a_wrong_option_needs_a_misconception_and_a_right_one_has_none(tmp_path):
    bare = {"text": "no", "feedback": "No."}
    path, line, message = complaint(
        tmp_path, item(options=[option("yes", correct=True), bare, option("or")])
    )
    assert line == line_of(path, "text: 'no'")
    assert message == (
        "item 't-single': this wrong option names no misconception. Add 'misconception:' with an "
        "id from quizzes/misconceptions.yml."
    )
    right = option("yes", correct=True, misconception="more-training-helps")
    assert complaint(tmp_path, item(options=[right, option("no"), option("or")]))[2] == (
        "item 't-single': a right option shows no misconception. Remove it."
    )


def test_an_option_is_not_both_best_and_second_best(tmp_path):
    options = [option("yes", correct=True, second_best=True), option("no"), option("or")]
    assert complaint(tmp_path, item(options=options))[2] == (
        "item 't-single': an option cannot be both 'correct' and 'second_best'. Remove one."
    )


def test_options_that_repeat_are_refused(tmp_path):
    options = [option("yes", correct=True), option("no"), option("no")]
    assert complaint(tmp_path, item(options=options))[2] == (
        "item 't-single': entry 3 repeats entry 2. Change one."
    )


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"value": 2}, "none"),
        ({"value": 2, "abs": 1, "decimals": 2}, "abs, decimals"),
    ],
)
def test_a_number_needs_exactly_one_tolerance(tmp_path, answer, found):
    wrong = item("number", answer={**answer, "feedback": "Yes."})
    assert complaint(tmp_path, wrong)[2] == (
        "item 't-number': the answer needs exactly one tolerance of abs, rel, decimals; it has "
        f"{found}."
    )


def test_a_foreseen_number_must_not_overlap_the_answer(tmp_path):
    near = {"value": 2.15, "feedback": "Close.", "misconception": "more-training-helps"}
    assert complaint(tmp_path, item("number", mistakes=[near]))[2] == (
        "item 't-number': the mistake 2.15 is too close to the answer 2 for its tolerance. Narrow "
        "the tolerance."
    )


def test_a_number_must_be_finite(tmp_path):
    endless = {"value": float("inf"), "abs": 1, "feedback": "Yes."}
    assert complaint(tmp_path, item("number", answer=endless))[2] == (
        "item 't-number': every value must be a finite number."
    )


def test_texts_that_mean_the_same_are_refused(tmp_path):
    mistakes = [{"accept": ["Proxy."], "feedback": "No.", "misconception": "more-training-helps"}]
    assert complaint(tmp_path, item("text", mistakes=mistakes))[2] == (
        "item 't-text': 'Proxy.' says the same as 'proxy': case, spaces, hyphens and punctuation "
        "do not count. Remove one."
    )


def test_a_text_of_punctuation_is_refused(tmp_path):
    answer = {"accept": ["?"], "feedback": "Yes."}
    assert complaint(tmp_path, item("text", answer=answer))[2] == (
        "item 't-text': '?' is only punctuation. Write a word."
    )


def test_a_card_needs_a_category_that_exists(tmp_path):
    cards = [*item("classify")["cards"][:2], {"text": "axe", "category": "tols", "feedback": "A.",
                                              "misconception": "more-training-helps"}]  # fmt: skip
    assert complaint(tmp_path, item("classify", cards=cards))[2] == (
        "item 't-classify': unknown category 'tols'. Did you mean 'tool'? Categories: fruit, tool."
    )


def test_a_category_needs_a_card(tmp_path):
    wrong = item("classify", categories=["fruit", "tool", "toy"])
    assert complaint(tmp_path, wrong)[2] == "item 't-classify': no card belongs to 'toy'. Add one."


def test_an_id_is_used_once_in_a_file(tmp_path):
    path, line, message = complaint(tmp_path, item(), item())
    first = line_of(path, "id: t-single")
    assert line > first
    assert message == (
        f"item 't-single': this id is taken by the item on line {first}. Give it another."
    )


def test_a_file_is_named_after_its_chapter(tmp_path):
    assert complaint(tmp_path, chapter="other")[2] == (
        "'chapter' is 'other', but the file is a-test.yml. Give both the same name."
    )


def test_yaml_that_cannot_be_parsed_is_named_with_its_line(tmp_path):
    text = "title: A test\nchapter: a-test\nobjectives: {x: y}\nitems:\n  - stem: Why: because\n"
    assert broken(tmp_path, text) == (
        "5: This is not YAML: mapping values are not allowed here. A text that contains ': ' needs "
        "quotes, or a block that starts with >-."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: The file is empty."),
        ("# nothing\n", "1: The file is empty."),
        ("title: a\ntitle: b\n",
         "2: 'title' is given twice; the first is on line 1. Remove one of them."),
        ("title: &a x\nchapter: *a\n",
         ("2: This is not YAML: anchors and aliases (&name, *name) are not used here; write the "
          "text out.")),
        ("title: !!python/object/apply:os.system ['true']\n", None),
        ("? [a]\n: b\n", "1: A key must be a word."),
        (b"title: \xff\n", "1: The file is not UTF-8 text (byte 7). Save it as UTF-8."),
        ("title: 2026-13-45\n", "1: This value cannot be read: month must be in 1..12."),
        ("- a\n", "1: this entry must be a mapping (key: value)."),
        ("title: a\x00b\n", None),
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_quiz_gets_a_sentence(tmp_path, text, message):
    said = broken(tmp_path, text)
    if message is None:
        assert said.startswith("1: ")
        assert "not YAML" in said or "must be" in said or "cannot be read" in said
    else:
        assert said == message


def test_a_python_object_is_never_made(tmp_path, monkeypatch):
    called = []
    monkeypatch.setattr("os.getcwd", lambda: called.append(True))
    broken(tmp_path, "title: !!python/object/apply:os.getcwd []\nchapter: x\n")
    assert called == []


def test_an_unknown_quiz_is_named_with_the_nearest():
    with pytest.raises(UsageError) as caught:
        load_quiz("specification-gamin")
    assert str(caught.value) == (
        "There is no quiz called 'specification-gamin'. Did you mean 'specification-gaming'? All "
        f"quizzes: {', '.join(quiz_slugs())}."
    )


def test_an_unknown_item_is_named_with_the_nearest():
    with pytest.raises(UsageError, match="Did you mean 'sg-coastrunners'"):
        load_quiz("specification-gaming").item("sg-coastrunner")


@pytest.fixture
def copied_bank(tmp_path, monkeypatch):
    """A copy of the item bank that a test may damage."""
    folder = tmp_path / "quizzes"
    shutil.copytree(content_root() / "quizzes", folder)
    monkeypatch.setattr(loader_module, "_folder", lambda: folder)
    load_misconceptions.cache_clear()
    yield folder
    load_misconceptions.cache_clear()


def test_an_id_is_used_once_in_the_whole_bank(copied_bank):
    quiz_file(copied_bank, item(id="sg-coastrunners"))
    with pytest.raises(ContentError, match=r"item 'sg-coastrunners': this id is taken by .*a-test"):
        load_bank()


def test_all_mistakes_of_the_bank_are_told_at_once(copied_bank):
    quiz_file(copied_bank, item(bloom="x"), item("number", difficulty=9))
    (copied_bank / "another.yml").write_text("title: [", encoding="utf-8")
    said = "\n".join(str(error) for error in problems())
    assert "'bloom' is 'x'" in said
    assert "'difficulty' is '9'" in said
    assert "another.yml:1: This is not YAML" in said


def test_a_mistake_in_the_glossary_is_named(copied_bank):
    path = copied_bank / "misconceptions.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  title: ", "  titel: ", 1))
    load_misconceptions.cache_clear()
    [error] = problems()
    assert error.line == line_of(path, "titel")
    assert "unknown key 'titel'. Did you mean 'title'?" in str(error)


def test_every_key_of_an_otherwise_is_needed(tmp_path):
    wrong = item("order", otherwise={"feedback": OTHERWISE["feedback"]})
    assert complaint(tmp_path, wrong)[2] == "item 't-order': 'misconception' is missing. Add it."
