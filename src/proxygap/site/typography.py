"""Small print: what belongs together stays on one line."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

BEFORE_A_UNIT = re.compile(r"(?:(?<=\d)|^) (?=%|nats?\b)")
"""The space between a number and its unit; a number that was computed is a node of its own."""

VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)


def bind_units(words: str) -> str:
    r"""Return `words` with spaces that do not break between a number and its unit.

    >>> bind_units("5 % of 3 nats").split(" ")
    ['5\xa0%', 'of', '3\xa0nats']
    """
    return BEFORE_A_UNIT.sub("\N{NO-BREAK SPACE}", words)


class BindUnits(SphinxPostTransform):
    """Keep numbers and their units together in the text of a page."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Change the text in place."""
        for text in list(self.document.findall(nodes.Text)):
            bound = bind_units(text.astext())
            if bound != text.astext() and not isinstance(text.parent, VERBATIM):
                text.parent.replace(text, nodes.Text(bound))
