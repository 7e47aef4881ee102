"""The glossary: what an author may write, what is refused, and what links to what."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from proxygap import glossary
from proxygap.content import content_root
from proxygap.errors import ContentError
from proxygap.glossary import Glossary, Term, document_errors, load_glossary, unknown_terms
from proxygap.quiz.sources import bibliography_keys
from proxygap.quiz.yaml_lines import read

TERMS = load_glossary().terms
SOURCE_TEXT = ("AI safety", "Constitutional AI", "guardrails", "AI ethics", "LLM",
               "large language model", "RLHF", "DPO", "instruction tuning", "red-teaming",
               "proxy objective", "specification gaming", "alignment", "robustness", "security",
               "governance", "reward model")  # fmt: skip
ENTRY = {"name": "Boat", "definition": "It floats.", "business": "Hire one.",
         "source": "leike2017"}  # fmt: skip


def complaints(tmp_path, **entries):
    path = tmp_path / "glossary.yml"
    path.write_text(yaml.safe_dump(entries, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return [(error.line, error.message) for error in document_errors(read(path))]


def line_of(tmp_path, start):
    lines = (tmp_path / "glossary.yml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(start))


@pytest.mark.parametrize("name", SOURCE_TEXT)
def test_the_terms_that_every_reader_has_heard_of_are_explained(name):
    assert load_glossary().find(name)


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.id)
def test_an_entry_says_what_it_means_what_to_do_and_who_says_so(term):
    assert re.search(r"[.?]$", term.definition), "a definition is a sentence"
    assert 30 <= len(term.definition) <= 260, "a card holds about forty words"
    assert re.search(r"[.?]$", term.business)
    assert len(re.findall(r"[.?](?=\s|$)", term.business)) <= 3
    assert not term.source or term.source in bibliography_keys()
    assert re.findall(r"\b(?:behavior|color|favor)\w*|\b\w{3,}iz(?:e|es|ed|ing)\b",
                      f"{term.definition} {term.business}") == []  # fmt: skip


def test_most_terms_rest_on_a_work_of_the_field():
    own = [term.id for term in TERMS.values() if not term.source]
    assert len(own) <= 5, own


@pytest.mark.parametrize(
    "written", ["reward model", "Reward model", "reward models", "reward-model", "preference model"]
)
def test_a_term_is_found_by_any_of_its_names_in_any_case_and_number(written):
    assert load_glossary().find(written).id == "reward-model"


def test_an_apostrophe_may_be_straight_or_curly():
    assert load_glossary().find("Goodhart's law") is load_glossary().find("goodhart’s law")
    assert load_glossary().terms["goodharts-law"].name == "Goodhart’s law"


def test_plurals_in_ies_are_found_too():
    assert Glossary({"policy": Term("policy", "Policy", "d", "b")}).find("policies")


@given(st.text(max_size=40))
def test_any_text_names_one_term_or_none(words):
    found = load_glossary().find(words)
    assert found is None or found.id in TERMS


def test_a_correct_entry_has_no_mistakes(tmp_path):
    assert complaints(tmp_path, boat=ENTRY) == []


def test_a_source_may_be_left_out_for_a_term_of_our_own(tmp_path):
    own = {key: value for key, value in ENTRY.items() if key != "source"}
    assert complaints(tmp_path, boat=own) == []


def test_a_missing_key_says_what_to_write(tmp_path):
    without = {key: value for key, value in ENTRY.items() if key != "business"}
    assert complaints(tmp_path, boat=without) == [
        (1, ("'business' is missing. Add it. (What it means for a business, in one or two "
            "sentences of Markdown.)")),
    ]  # fmt: skip


def test_a_misspelt_key_is_named_with_its_line(tmp_path):
    found = complaints(tmp_path, boat={**ENTRY, "sea": ["boat"]})
    assert found[0][0] == line_of(tmp_path, "sea:")
    assert found[0][1].startswith("unknown key 'sea'. Did you mean 'see'? Allowed: ")


def test_an_unknown_source_is_named_with_its_line_and_the_nearest(tmp_path):
    (line, message), *others = complaints(tmp_path, boat={**ENTRY, "source": "leike2018"})
    assert (line, others) == (line_of(tmp_path, "source:"), [])
    assert message == (
        "'boat': no entry 'leike2018' in book/references.bib. Did you mean 'leike2017'? "
        "Add the work that defines the term."
    )


def test_a_pointer_to_nothing_or_to_itself_is_refused(tmp_path):
    ship = {**ENTRY, "name": "Ship", "see": ["boot", "ship"]}
    found = complaints(tmp_path, boat=ENTRY, ship=ship)
    assert [message for _, message in found] == [
        "'ship': 'see' names 'boot', which is no other term. Did you mean 'boat'?",
        "'ship': 'see' names 'ship', which is no other term.",
    ]


def test_a_name_belongs_to_one_term(tmp_path):
    ship = {**ENTRY, "name": "Ship", "also": ["BOAT"]}
    ((line, message),) = complaints(tmp_path, boat=ENTRY, ship=ship)
    assert line == line_of(tmp_path, "ship:")
    assert message == (
        "'BOAT' is a name of 'boat' as well (line 1), so a link would not know where to go. Give "
        "it to one of them."
    )


@pytest.mark.parametrize("markup", ["*floats*", "`floats`", "$x$", "[it](x)", "<b>"])
def test_a_definition_holds_no_markup_since_a_card_shows_it_as_it_stands(tmp_path, markup):
    (line, message), *_ = complaints(tmp_path, boat={**ENTRY, "definition": f"It {markup} well."})
    assert line == line_of(tmp_path, "definition:")
    assert message.startswith(f"'boat': the definition contains '{markup[0]}'. Write it without")


def test_a_file_that_is_not_yaml_is_one_complaint(tmp_path, monkeypatch):
    path = tmp_path / "glossary.yml"
    path.write_text("boat: [open\n", encoding="utf-8")
    monkeypatch.setattr(glossary, "glossary_file", lambda: path)
    (error,) = glossary.problems()
    assert isinstance(error, ContentError)
    assert "This is not YAML" in error.message


def test_a_course_without_a_glossary_has_no_mistakes_in_it(tmp_path, monkeypatch):
    monkeypatch.setattr(glossary, "glossary_file", lambda: tmp_path / "glossary.yml")
    assert glossary.problems() == []


def reported(markdown):
    return [message for _, message in unknown_terms(markdown)]


@pytest.mark.parametrize(
    "emphasis",
    [
        "**Keep this:** look twice.",
        "**what a move earns, its undoing must cost.**",
        "pays **+1** a lap",
        "- **It looks further.** An exploit",
        "**five words that say something**",
        "a *single* word in italics",
        "```text\n**reward modle**\n```",
        "Write `**reward modle**` for it.",
    ],
)
def test_emphasis_is_no_term(emphasis):
    assert reported(emphasis) == []


@pytest.mark.parametrize("known", ["**reward model**", "**reward models**", "{term}`RLHF`",
                                   "{term}`its rules <constitution>`"])  # fmt: skip
def test_terms_with_an_entry_are_fine(known):
    assert reported(f"This is a {known} here.") == []


def test_a_bold_term_without_an_entry_is_reported_with_its_place_and_the_nearest():
    text = "One line.\n\nThen a **reward modle** comes."
    ((position, message),) = unknown_terms(text)
    assert text[position:].startswith("**reward modle**")
    assert message == (
        "'reward modle' is bold like a term, but book/glossary.yml has no such entry. Did you "
        "mean 'Reward model'? Add it there, or use *italics* for emphasis."
    )


def test_a_role_that_names_no_term_is_reported():
    assert reported("The {term}`rewards <reward modle>` rise.") == [
        (
            "{term} asks for 'reward modle', but book/glossary.yml has no such entry. Did you mean "
            "'Reward model'? Add it there, or name one that exists."
        )
    ]


def test_code_before_a_term_does_not_move_its_line():
    text = "```python\nx = 1\n```\n**reward modle**"
    ((position, _),) = unknown_terms(text)
    assert text.count("\n", 0, position) == 3


def test_every_chapter_links_to_the_glossary():
    for path in (content_root() / "book" / "chapters").glob("*.md"):
        prose = path.read_text(encoding="utf-8")
        linked = [m[1] for m in glossary.BOLD.finditer(prose) if load_glossary().find(m[1])]
        linked += glossary.ROLE.findall(prose)
        assert linked, f"{path.name} names no term of the glossary"
