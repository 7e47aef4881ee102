"""``{hero}``: the boat race on the landing page. Its body is YAML; its numbers are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap.errors import UsageError, did_you_mean
from proxygap.simulations import get
from proxygap.site.hero import Choice, Words, hero

if TYPE_CHECKING:
    from sphinx.application import Sphinx

KEYS = {"question", "control", "choices", "begin", "chapter"}


class HeroDirective(SphinxDirective):
    """Show a race for each of several rewards, with one control and one question."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the hero as raw HTML."""
        try:
            given = parse("\n".join(self.content))
            choices = [Choice(**choice) for choice in given["choices"]]
            html = hero(get(self.arguments[0]), self._words(given), choices)
        except (UsageError, KeyError, TypeError, yaml.YAMLError) as error:
            raise self.error(f"hero: {error}") from error
        return [nodes.raw("", html, format="html")]

    def _words(self, given: dict[str, Any]) -> Words:
        if given["chapter"] not in self.env.found_docs:
            raise UsageError(
                f"there is no page '{given['chapter']}'."
                f"{did_you_mean(given['chapter'], self.env.found_docs)}"
            )
        builder = self.env.app.builder
        address = builder.get_relative_uri(self.env.docname, given["chapter"])
        return Words(given["question"], given["control"], given["begin"], address)


def parse(text: str) -> dict[str, Any]:
    """Return the directive's body.

    Raises
    ------
    UsageError
        If a key is missing or unknown.
    """
    given = yaml.safe_load(text) or {}
    if set(given) != KEYS:
        raise UsageError(f"the body needs exactly these keys: {', '.join(sorted(KEYS))}.")
    return dict(given)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("hero", HeroDirective)
