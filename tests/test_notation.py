"""The table of notation and the formulas of the chapters are about the same symbols."""

import re
from typing import NamedTuple

import pytest
import yaml

from proxygap.content import content_root

BOOK = content_root() / "book"
GREEK = re.compile(
    r"\\((?:var)?(?:alpha|beta|gamma|delta|epsilon|eta|theta|lambda|mu|nu|pi|rho|sigma|tau|phi|chi|psi"
    r"|omega|Gamma|Delta|Theta|Lambda|Phi|Sigma|Omega|Pi))(?![A-Za-z])"
)
NAMED = re.compile(
    r"\\(?:mathrm|operatorname)\s*\{(\w+)\}|\\(mathbb E)|\\(mathcal \w)|\b(TPR|FPR|PPV)\b"
)
WORDS = re.compile(
    r"\\text(?:bf|it)?\{[^}]*\}|\\begin\{\w+\}|\\end\{\w+\}|\\mathrm d(?=[A-Z\\])|_\{[a-z]{2,}\}"
)
CONSTANTS = {"e"}  # 2.718…
CODE = re.compile(r"^(```+|~~~+).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)
MATHS = re.compile(r"\$\$(.+?)\$\$|(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$", re.DOTALL)


class Row(NamedTuple):
    """One row of the table."""

    symbols: tuple[str, ...]
    meaning: str
    unit: str
    chapter: str


def in_order() -> list[str]:
    parts = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    files = [entry["file"] for part in parts for entry in part["chapters"]]
    return [f.removeprefix("chapters/") for f in files if f.startswith("chapters/")]


def formulas(text: str) -> list[str]:
    return [shown or inline for shown, inline in MATHS.findall(CODE.sub("", text))]


def of_chapter(slug: str) -> list[str]:
    return formulas((BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8"))


def letters(formula: str) -> set[str]:
    r"""Return the symbols of a formula without their indices' meaning.

    >>> sorted(letters(r"\pi_{\text{ref}}(y_w) \le \mathbb E \log Z"))
    ['Z', 'mathbb E', 'pi', 'w', 'y']
    """
    rest = WORDS.sub(" ", formula)
    found = {next(filter(None, match)) for match in NAMED.findall(rest)}
    rest = NAMED.sub(" ", rest)
    found |= set(GREEK.findall(rest))
    return (found | set(re.findall(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", " ", rest)))) - CONSTANTS


def plain(formula: str) -> str:
    return re.sub(r"\\[,;!>]|\\(?:big|Big)[lr]?|[\s]", "", formula)


def rows() -> list[Row]:
    page = (BOOK / "appendix" / "notation.md").read_text(encoding="utf-8")
    found = []
    for line in page.splitlines():
        # a bar inside a formula is part of it
        cells = re.split(r"(?<!\\)\|", re.sub(r"\$[^$]*\$", lambda m: m[0].replace("|", "¦"), line))
        if len(cells) == 6 and (
            linked := re.search(r"\((?:\.\./)chapters/([\w-]+)\.md\)", cells[4])
        ):
            found.append(
                Row(tuple(formulas(cells[1])), cells[2].strip(), cells[3].strip(), linked[1])
            )
    return found


CHAPTERS, ROWS = in_order(), rows()


def known_by(slug: str) -> set[str]:
    """Return the letters that the table defines in this chapter or before it."""
    until = CHAPTERS[: CHAPTERS.index(slug) + 1]
    return {letter for row in ROWS if row.chapter in until for s in row.symbols
            for letter in letters(s)}  # fmt: skip


def test_the_table_is_read_whole():
    page = (BOOK / "appendix" / "notation.md").read_text(encoding="utf-8")
    assert len(ROWS) == page.count("](../chapters/") > 60
    assert all(row.symbols and row.meaning and row.unit for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.chapter}: {', '.join(row.symbols)}")
def test_a_row_names_a_chapter_that_uses_its_symbol(row):
    assert row.chapter in CHAPTERS, f"{row.chapter} is not in the table of contents"
    used = of_chapter(row.chapter)
    every = set().union(*map(letters, used))
    for symbol in row.symbols:
        single = re.fullmatch(r"\\?[A-Za-z]+|\\(mathrm|operatorname)\{\w+\}|\\math\w+ \w", symbol)
        there = letters(symbol) <= every if single else any(plain(symbol) in plain(u) for u in used)
        assert there, f"no formula of {row.chapter} has {symbol}; take the row out, or move it"


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_symbol_of_a_chapter_is_in_the_table(slug):
    known = known_by(slug)
    missing = {formula: new for formula in of_chapter(slug) if (new := letters(formula) - known)}
    assert missing == {}, "add each to book/appendix/notation.md, with this chapter"


def test_the_reader_of_formulas_sees_what_is_there():
    assert letters(r"\pi_{\text{ref}}(y_w) \le \mathbb E \log Z") == {
        "pi",
        "y",
        "w",
        "mathbb E",
        "Z",
    }
    assert letters(r"\mathrm{KL}(q \,\|\, p) + P \cdot TPR") == {"KL", "q", "p", "P", "TPR"}
    assert letters(r"\mathrm dH / \mathrm dT = \mathrm{Var}_q(\ln q)") == {"H", "T", "Var", "q"}
    assert letters(r"\int \varphi(z) \, e^{-z} \, dz") == {"varphi", "z", "d"}
    assert formulas("It costs $5, or `$x$`; with $x$ and\n$$\ny\n$$") == ["x", "\ny\n"]


def test_a_symbol_that_a_chapter_does_not_use_is_refused():
    with pytest.raises(AssertionError, match="take the row out"):
        test_a_row_names_a_chapter_that_uses_its_symbol(Row((r"\omega",), "…", "…", "goodhart"))
    with pytest.raises(AssertionError, match="take the row out"):
        test_a_row_names_a_chapter_that_uses_its_symbol(Row(("y_w",), "…", "…", "goodhart"))


def test_a_symbol_of_a_later_chapter_is_not_known_before_it():
    assert "alpha" in known_by("goodhart")
    assert "alpha" not in known_by("why-alignment-is-hard")
