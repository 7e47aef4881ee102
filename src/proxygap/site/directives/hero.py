"""``{hero}``: the boat race on the landing page. Its body is YAML; its numbers are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from proxygap.errors import UsageError
from proxygap.simulations import get
from proxygap.site.hero import Choice, hero

if TYPE_CHECKING:
    from sphinx.application import Sphinx

KEYS = ("question", "control", "choices")


class HeroDirective(SphinxDirective):
    """Show a race for each of several rewards, with one control and one question."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the hero as raw HTML."""
        try:
            wanted = _parse("\n".join(self.content))
            html = hero(get(self.arguments[0]), **wanted)
        except (UsageError, KeyError, TypeError, yaml.YAMLError) as error:
            raise self.error(f"hero: {error}") from error
        return [nodes.raw("", html, format="html")]


def _parse(text: str) -> dict[str, Any]:
    given = yaml.safe_load(text) or {}
    if set(given) != set(KEYS):
        raise UsageError(f"the body needs exactly these keys: {', '.join(KEYS)}.")
    choices = [Choice(**choice) for choice in given["choices"]]
    return {"question": given["question"], "control": given["control"], "choices": choices}


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("hero", HeroDirective)
