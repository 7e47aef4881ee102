"""A small, strict reader of YAML: what a `config.yml` needs; for the rest a sentence with a line.

It reads mappings and lists in blocks, lists in square brackets, texts (plain, '…' and "…"), whole
and decimal numbers, true, false and comments. Whatever it reads, PyYAML reads in the same way; a
test compares them. Anchors, tags, several documents, texts over several lines and tabs are refused.
The page's Python has no YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from proxygap.errors import UsageError

LONGEST, MOST_LINES, DEEPEST = 4000, 200, 8
KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_ -]*?)\s*:(?:\s+(.*))?$")
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?$")
# YAML 1.1 reads these as true, false, nothing, a number or a date; a text like them needs quotes.
SPECIAL = re.compile(r"(yes|no|on|off|y|n|true|false|null|~|[-+.0-9].*|=|<<)$", re.IGNORECASE)
IN_A_ROW = re.compile(r"[\w .%'/()+-]+")
"""What a text between square brackets may hold without quotation marks."""

ESCAPES = {"\\": "\\", '"': '"', "n": "\n", "t": "\t", "/": "/"}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the line where it stands.

    Parameters
    ----------
    value : str, float, bool, dict of str to Node, or list of Node
        What it is.
    line : int
        Counted from 1.
    """

    value: str | float | bool | dict[str, Node] | list[Node]
    line: int
    quoted: bool = field(default=False)


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def problem_at(line: int, message: str) -> UsageError:
    """Return the error that names a line."""
    return UsageError(f"Line {line}: {message}")


def read(text: str) -> Node:
    r"""Return the document.

    Raises
    ------
    UsageError
        If it cannot be read; the sentence begins with the line.

    Examples
    --------
    >>> read("rails:\n  threshold: 0.5").value["rails"].value["threshold"].value
    0.5
    """
    if len(text) > LONGEST:
        raise UsageError(
            f"The file has {len(text)} characters; at most {LONGEST} are read. Shorten it."
        )
    lines = list(_lines(text))
    if not lines:
        raise UsageError("The file is empty. It begins with “rails:”.")
    node, rest = _block(lines, lines[0].indent, 0)
    if rest:
        raise problem_at(
            rest[0].number,
            f"it stands {rest[0].indent} spaces in, which fits no line above it. Lines of one "
            "block begin in the same column.",
        )
    return node


def _lines(text: str) -> list[_Line]:
    found = []
    rows = text.split("\n")
    if len(rows) > MOST_LINES:
        raise UsageError(f"The file has {len(rows)} lines; at most {MOST_LINES} are read.")
    for number, row in enumerate(rows, 1):
        stripped = row.strip(" \r")
        if "\t" in row:
            raise problem_at(number, "a tab stands here. YAML is indented with spaces.")
        if any(ord(sign) < 32 and sign != "\r" for sign in row) or "\x7f" in row:
            raise problem_at(number, "a sign that cannot be seen stands here. Write the line anew.")
        if not stripped or stripped.startswith("#"):
            continue
        if stripped in ("---", "...") or stripped.startswith("%"):
            raise problem_at(number, "only one document is read. Leave this line out.")
        found.append(_Line(number, len(row) - len(row.lstrip(" ")), stripped))
    return found


def _block(lines: list[_Line], indent: int, depth: int) -> tuple[Node, list[_Line]]:
    """Read the mapping or the list that begins here; return it and the lines after it."""
    if depth > DEEPEST:
        raise problem_at(lines[0].number, f"more than {DEEPEST} levels deep.")
    if lines[0].text == "-" or lines[0].text.startswith("- "):
        return _list(lines, indent)
    return _mapping(lines, indent, depth)


def _list(lines: list[_Line], indent: int) -> tuple[Node, list[_Line]]:
    items: list[Node] = []
    first = lines[0].number
    while lines and lines[0].indent == indent and lines[0].text.startswith("-"):
        line = lines[0]
        if not line.text.startswith("- "):
            raise problem_at(line.number, "write “- ” and then the item, on one line.")
        items.append(_scalar(line.text[2:].strip(), line.number))
        lines = lines[1:]
        if lines and lines[0].indent > indent:
            raise problem_at(lines[0].number, "an item of a list is one line; this one goes on.")
    return Node(items, first), lines


def _mapping(lines: list[_Line], indent: int, depth: int) -> tuple[Node, list[_Line]]:
    entries: dict[str, Node] = {}
    first = lines[0].number
    while lines and lines[0].indent == indent:
        line = lines[0]
        match = KEY.fullmatch(line.text)
        if not match:
            raise problem_at(
                line.number, "here should stand a name, a colon and a space, such as “flows: ”."
            )
        name, rest = match[1], (match[2] or "").strip()
        if SPECIAL.match(name):
            raise problem_at(line.number, f"“{name}” means something else to YAML than a name.")
        if name in entries:
            raise problem_at(
                line.number, f"“{name}” stands here twice; first on line {entries[name].line}."
            )
        lines = lines[1:]
        if rest and not rest.startswith("#"):
            entries[name] = _scalar(rest, line.number)
            continue
        entries[name], lines = _below(line, name, lines, indent, depth)
    return Node(entries, first), lines


def _below(
    line: _Line, name: str, lines: list[_Line], indent: int, depth: int
) -> tuple[Node, list[_Line]]:
    """Read what belongs to a name that stands alone on its line."""
    is_list = bool(lines) and lines[0].text.startswith("-") and lines[0].indent >= indent
    if lines and (lines[0].indent > indent or is_list):
        node, lines = _block(lines, lines[0].indent, depth + 1)
        return Node(node.value, line.number), lines
    raise problem_at(line.number, f"nothing stands under “{name}”. Fill it in or leave it out.")


def _scalar(text: str, line: int) -> Node:
    """Read the text of one value, with a comment behind it perhaps."""
    if text.startswith("["):
        return _row(text, line)
    if text[:1] in ("'", '"'):
        value, rest = _quoted(text, line)
        _only_comment(rest, line)
        return Node(value, line, quoted=True)
    return _plain(re.split(r"\s#", text, maxsplit=1)[0].strip(), line)


def _only_comment(rest: str, line: int) -> None:
    if rest.strip() and not re.match(r"\s+#", rest):
        raise problem_at(line, f"after the closing quotation mark stands “{rest.strip()}”.")


def _quoted(text: str, line: int) -> tuple[str, str]:
    """Return the text in quotation marks that begins here, and what comes after it."""
    mark, value, at = text[0], "", 1
    while at < len(text):
        sign = text[at]
        if mark == "'" and text[at : at + 2] == "''":
            value, at = value + "'", at + 2
        elif mark == '"' and sign == "\\":
            escaped = text[at + 1 : at + 2]
            if escaped not in ESCAPES:
                raise problem_at(
                    line,
                    f"“\\{escaped}” means nothing between double quotation marks. Put patterns "
                    "between single ones: '\\b…\\b'.",
                )
            value, at = value + ESCAPES[escaped], at + 2
        elif sign == mark:
            return value, text[at + 1 :]
        else:
            value, at = value + sign, at + 1
    raise problem_at(line, f"the quotation mark {mark} is not closed.")


def _plain(text: str, line: int) -> Node:
    if text in ("true", "false"):
        return Node(text == "true", line)
    if NUMBER.fullmatch(text):
        return Node(float(text), line)
    if not text or text[0] in "{}]&*!|>%@`,?:#\"'-" or SPECIAL.fullmatch(text):
        raise problem_at(line, f"“{text}” cannot stand here without quotation marks: '{text}'.")
    if ": " in text or text.endswith(":") or " #" in text:
        raise problem_at(line, f"“{text}” holds a colon. Put it between quotation marks.")
    return Node(text, line)


def _row(text: str, line: int) -> Node:
    """Read a list in square brackets."""
    items: list[Node] = []
    rest = text[1:].lstrip()
    while not rest.startswith("]"):
        if rest[:1] in ("'", '"'):
            value, rest = _quoted(rest, line)
            items.append(Node(value, line, quoted=True))
        else:
            match = re.match(r"[^,\[\]{}]*", rest)
            piece = match[0] if match else ""
            if not IN_A_ROW.fullmatch(piece.strip()):
                raise problem_at(line, f"“{piece.strip()}” needs quotation marks in a list.")
            items.append(_plain(piece.strip(), line))
            rest = rest[len(piece) :]
        rest = rest.lstrip()
        if rest.startswith(","):
            rest = rest[1:].lstrip()
        elif not rest.startswith("]"):
            raise problem_at(line, "a comma or “]” is missing in the list.")
    _only_comment(rest[1:], line)
    return Node(items, line)
