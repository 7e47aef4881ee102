"""Read YAML safely and remember the line of every value, so that errors can name it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from proxygap.content import relative
from proxygap.errors import ContentError

Key = str | int
Lines = dict[tuple[Key, ...], int]


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file's data and where each part of it stands.

    Attributes
    ----------
    file : Path
        The file, relative to the course root where possible.
    data : Any
        Plain dictionaries, lists, strings, numbers, booleans and None.
    lines : dict
        Line of each value by its path, such as ``("items", 2, "stem")``; a mapping's value counts
        from its key's line.
    """

    file: Path
    data: Any
    lines: Lines

    def line(self, *path: Key) -> int:
        """Return the line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def error(self, message: str, *path: Key) -> ContentError:
        """Return an error that points at the value at `path`."""
        return ContentError(message, file=self.file, line=self.line(*path))


class _Reader(yaml.SafeLoader):
    """The safe loader, without anchors: a file says everything where it means it."""

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="anchors and aliases (&name, *name) are not used here; write the text out",
                problem_mark=self.get_mark(),
            )
        return super().compose_node(parent, index)


def read(path: Path) -> Document:
    """Read the YAML file at `path`.

    Raises
    ------
    ContentError
        If the file is not UTF-8, not YAML, empty, or gives a key twice.
    """
    file = relative(path)
    try:
        reader = _Reader(path.read_text(encoding="utf-8"))
        node = reader.get_single_node()
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        raise ContentError(message, file=file) from error
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, file) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise ContentError(f"This is not YAML: {error}", file=file) from error
    if node is None:
        raise ContentError("The file is empty.", file=file)
    lines: Lines = {}
    return Document(file, _plain(reader, node, (), lines, file), lines)


def _syntax_error(error: yaml.MarkedYAMLError, file: Path) -> ContentError:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    advice = ""
    if error.problem and "mapping values are not allowed" in error.problem:
        advice = " A text that contains ': ' needs quotes, or a block that starts with >-."
    return ContentError(f"This is not YAML: {error.problem}.{advice}", file=file, line=line)


def _plain(reader: _Reader, node: Node, path: tuple[Key, ...], lines: Lines, file: Path) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(reader, node, path, lines, file)
    if isinstance(node, SequenceNode):
        return [_plain(reader, n, (*path, i), lines, file) for i, n in enumerate(node.value)]
    try:
        return reader.construct_object(node)
    except (yaml.MarkedYAMLError, ValueError) as error:
        message = f"This value cannot be read: {getattr(error, 'problem', None) or error}."
        raise ContentError(message, file=file, line=node.start_mark.line + 1) from error


def _mapping(
    reader: _Reader, node: MappingNode, path: tuple[Key, ...], lines: Lines, file: Path
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise ContentError("A key must be a word.", file=file, line=line)
        key = key_node.value
        if key in found:
            first = lines[(*path, key)]
            message = f"'{key}' is given twice; the first is on line {first}. Remove one of them."
            raise ContentError(message, file=file, line=line)
        lines[(*path, key)] = line
        found[key] = _plain(reader, value_node, (*path, key), lines, file)
    return found
