"""Turn an item's Markdown into HTML, with maths as the receiving system wants it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from proxygap.errors import SetupError

Maths = Callable[[str, bool], str]
"""Turns TeX into HTML; the second argument says whether it stands on a line of its own."""

INSTALL = "Install what the exports need with: pip install 'proxygap[export]'"


def needs(package: str) -> SetupError:
    """Return the error that says how to install a missing package."""
    return SetupError(f"This format needs the package {package}. {INSTALL}")


def mathjax(tex: str, display: bool) -> str:
    r"""Return TeX between MathJax's own marks, which Moodle and Anki both know.

    >>> mathjax("a < b", False)
    '\\(a &lt; b\\)'
    """
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{escape(tex.strip(), quote=False)}{right}"


def mathml(tex: str, display: bool) -> str:
    """Return TeX as MathML."""
    try:
        from latex2mathml.converter import convert
    except ImportError as error:
        raise needs("latex2mathml") from error
    return str(convert(tex.strip(), display="block" if display else "inline"))


class Prose:
    """Renders Markdown with one way to write maths."""

    def __init__(self, maths: Maths) -> None:
        try:
            from markdown_it import MarkdownIt
            from mdit_py_plugins.dollarmath import dollarmath_plugin
        except ImportError as error:
            raise needs("markdown-it-py") from error
        # Raw HTML is shown as text: an item is Markdown, and its readers are others' systems.
        settings = {"html": False, "xhtmlOut": True}
        self._markdown = MarkdownIt("commonmark", settings).enable("table")
        self._markdown.use(dollarmath_plugin, double_inline=True)
        for name, display in (("math_inline", False), ("math_inline_double", True),
                              ("math_block", True), ("math_block_label", True)):  # fmt: skip
            self._markdown.add_render_rule(name, _maths_rule(maths, display))

    def html(self, source: str) -> str:
        """Return `source` as HTML; a single paragraph comes without its tags."""
        made = str(self._markdown.render(source)).strip()
        alone = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", made, re.DOTALL)
        return alone[1] if alone else made

    def blocks(self, source: str) -> str:
        """Return `source` as HTML that consists of blocks."""
        return str(self._markdown.render(source)).strip()


def _maths_rule(maths: Maths, display: bool) -> Callable[..., str]:
    def rule(_: object, tokens: Sequence[Any], index: int, *__: object) -> str:
        made = maths(tokens[index].content, display)
        return f"<p>{made}</p>\n" if tokens[index].block else made

    return rule
