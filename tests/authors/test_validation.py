"""``proxygap validate``: each mistake that an author can make is found with file and line."""

import re
import subprocess

import pytest

from tests.authors.checkout import Checkout

CHAPTER = "book/chapters/specification-gaming.md"


def validate(checkout: Checkout, *slug: str) -> subprocess.CompletedProcess[str]:
    return checkout.proxygap("validate", *slug)


def edit(checkout: Checkout, file: str, old: str, new: str) -> int:
    """Replace the first `old` by `new` and return its line."""
    path = checkout.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def test_the_course_as_it_stands_has_no_mistakes(checkout):
    done = validate(checkout)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "No mistakes found. The full check is: make test\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'explore("boat-race")',
            'explore("boat-rase")',
            (
                "there is no simulation 'boat-rase'. Did you mean 'boat-race'? "
                "Write it with: proxygap new simulation boat-rase"
            ),
        ),
        (
            "```{exercise} specification-gaming/ungameable-reward",
            "```{exercise} specification-gaming/ungamable-reward",
            (
                "there is no exercise 'specification-gaming/ungamable-reward'. "
                "Did you mean 'specification-gaming/ungameable-reward'? "
                "Write it with: proxygap new exercise specification-gaming/ungamable-reward"
            ),
        ),
        (
            "{cite}`leike2017`",
            "{cite}`leike2018`",
            "no entry 'leike2018' in book/references.bib. Did you mean 'leike2017'?",
        ),
        (
            "## Predict",
            "## Guess",
            "heading 'Guess' stands where 'Predict' is expected. The order is: ",
        ),
    ],
)
def test_a_mistake_in_a_chapter_is_named_with_its_line(checkout, old, new, message):
    line = edit(checkout, CHAPTER, old, new)
    done = validate(checkout, "specification-gaming")
    assert done.returncode == 1
    assert f"{CHAPTER}:{line}: {message}" in done.stdout


def test_a_recommended_work_that_nobody_looked_up_is_named_with_its_line(checkout):
    bib = checkout.root / "book/references.bib"
    text = bib.read_text(encoding="utf-8")
    entry = re.search(r"@book\{sutton2018,.*?^\}\n", text, re.DOTALL | re.MULTILINE)[0]
    undated = re.sub(r"^\s*urldate.*\n", "", entry, flags=re.MULTILINE)
    assert undated != entry
    bib.write_text(text.replace(entry, undated), encoding="utf-8")
    chapter = (checkout.root / CHAPTER).read_text(encoding="utf-8")
    line = 1 + chapter.count("\n", 0, chapter.rindex("{cite}`sutton2018`"))
    done = validate(checkout, "specification-gaming")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        f"{CHAPTER}:{line}: 'sutton2018' is recommended, but its entry in book/references.bib has "
        "no urldate. Compare the entry with the work itself, then add the day."
    )


def test_a_missing_heading_is_named(checkout):
    edit(checkout, CHAPTER, "## Further reading", "### Further reading")
    done = validate(checkout)
    assert "the heading '## Further reading' is missing." in done.stdout


def test_a_chapter_that_is_not_listed_is_found(checkout):
    edit(checkout, "book/_toc.yml", "chapters/specification-gaming", "appendix/command-line")
    done = validate(checkout)
    assert re.search(r"book/_toc.yml:1: chapter 'specification-gaming' is listed 0 times",
                     done.stdout)  # fmt: skip


def test_a_mistake_in_a_bank_is_named_with_its_line(checkout):
    line = edit(checkout, "quizzes/specification-gaming.yml", "bloom: ", "blum: ")
    done = validate(checkout)
    assert done.returncode == 1
    assert f"quizzes/specification-gaming.yml:{line}: " in done.stdout
    assert "Traceback" not in done.stderr


def test_yaml_that_cannot_be_read_is_named_with_its_line(checkout):
    bank = checkout.root / "quizzes" / "specification-gaming.yml"
    bank.write_text("title: [open\nchapter: x\n", encoding="utf-8")
    done = validate(checkout)
    assert re.search(r"quizzes/specification-gaming\.yml:\d+: ", done.stdout)
    assert "Traceback" not in done.stderr


def test_a_wrong_solution_that_names_no_check_is_found(checkout):
    wrong = next((checkout.root / "exercises").glob("*/*/wrong/*.py"))
    wrong.write_text("pass\n", encoding="utf-8")
    done = validate(checkout)
    assert (
        f"{wrong.relative_to(checkout.root)}:1: the first line must name the check" in done.stdout
    )


def test_an_unknown_slug_is_a_sentence(checkout):
    done = validate(checkout, "boat-rase")
    assert done.returncode == 2
    assert done.stderr == (
        "Error: Nothing in the course is called 'boat-rase'. Did you mean 'boat-race'? "
        "Everything there is: proxygap list\n"
    )


def test_a_bold_term_that_the_glossary_does_not_have_is_found(checkout):
    line = edit(checkout, CHAPTER, "**true goal**", "**true gaol**")
    done = validate(checkout, "specification-gaming")
    assert done.returncode == 1
    assert (
        f"{CHAPTER}:{line}: 'true gaol' is bold like a term, but book/glossary.yml has no such "
        "entry. Did you mean 'True goal'?"
    ) in done.stdout


def test_a_mistake_in_the_glossary_is_named_once_with_its_line(checkout):
    line = edit(checkout, "book/glossary.yml", "  source: hanley1983", "  source: hanley1893")
    done = validate(checkout)
    assert done.stdout.splitlines() == [
        (
            f"book/glossary.yml:{line}: 'rule-of-three': no entry 'hanley1893' in "
            "book/references.bib. Did you mean 'hanley1983'? Add the work that defines the term."
        ),
    ]


def test_a_misconception_that_is_mended_nowhere_is_found(checkout):
    line = edit(checkout, "quizzes/misconceptions.yml", "  section: loop-or-lap", "  section: lop")
    done = validate(checkout)
    assert (
        f"quizzes/misconceptions.yml:{line}: misconception 'total-not-rate': there is no section "
        "'lop'."
    ) in done.stdout


def test_a_misconception_without_what_is_so_is_told_what_to_write(checkout):
    line = edit(checkout, "quizzes/misconceptions.yml", "  refutation: >-", "  refuttion: >-")
    done = validate(checkout)
    assert (
        f"quizzes/misconceptions.yml:{line}: unknown key 'refuttion'. Did you mean 'refutation'?"
    ) in done.stdout
