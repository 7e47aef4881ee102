"""``{exercise}``: an exercise's text, its editor, and what to type where there is no editor."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from proxygap.errors import CourseError
from proxygap.grading import exercises

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from proxygap.grading.exercises import Exercise

WITHOUT_SCRIPT = (
    "The editor needs JavaScript. Without it, save the code above as my.py, write your function "
    "and run the command below."
)
FORMATIVE = (
    "Your code runs in your browser and goes nowhere else. The checks are part of this page, and "
    "whoever can read the page can read them: this is practice, not proof. On your own machine, "
    "the same checks are:"
)


class ExerciseDirective(SphinxDirective):
    """Show the exercise CHAPTER/NAME."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the exercise; an author's mistake becomes a warning at the directive's line."""
        try:
            exercise = exercises.find(self.arguments[0])
            described = describe(exercise)
        except CourseError as error:
            raise self.error(f"exercise: {error}") from error
        for name in exercises.FILES:
            self.env.note_dependency(str(exercise.folder / name))
        title = f'<h3 class="pg-exercise-title">{escape(exercise.title)}</h3>'
        return [
            nodes.raw("", title, format="html"),
            *self._text(exercise),
            nodes.raw("", element(described), format="html"),
        ]

    def _text(self, exercise: Exercise) -> list[nodes.Node]:
        """Return the README below its title."""
        lines = exercise.text.partition("\n")[2].splitlines()
        parsed = nodes.Element()
        readme = StringList(lines, str(exercise.folder / "README.md"))
        self.state.nested_parse(readme, self.content_offset, parsed)
        return list(parsed.children)


def describe(exercise: Exercise) -> dict[str, Any]:
    """Return what the page's editor needs to know."""
    return {
        "slug": exercise.slug,
        "title": exercise.title,
        "starter": exercise.starter,
        "solution": exercise.solution,
        "checks": [
            {"name": check.name, "title": check.title, "hint": check.hint}
            for check in exercise.checks()
        ],
    }


def element(described: dict[str, Any]) -> str:
    """Return the custom element, the starter as it stands there without script, and the command."""
    payload = json.dumps(described, ensure_ascii=False).replace("<", "\\u003c")
    starter = escape(described["starter"].rstrip())
    return (
        f'<pg-exercise data-slug="{escape(described["slug"])}">'
        f'<script type="application/json">{payload}</script>'
        f'<div class="pg-exercise-still"><pre tabindex="0">{starter}</pre>'
        f"<noscript><p>{WITHOUT_SCRIPT}</p></noscript></div></pg-exercise>\n"
        f'<p class="pg-exercise-note">{FORMATIVE} '
        f"<code>proxygap check {escape(described['slug'])} my.py</code></p>"
    )


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("exercise", ExerciseDirective)
