"""A quiz in a live notebook: standard widgets, scored by the same Python as everywhere."""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from typing import NamedTuple

import ipywidgets as widgets

from proxygap.quiz.model import Item, Quiz
from proxygap.quiz.rules import rule_of
from proxygap.quiz.scoring import Response, Score, score
from proxygap.quiz.session import categories, choices, plain, shuffled, verdict
from proxygap.quiz.terminal import NOT_A_NUMBER

WIDE = {"width": "100%"}
MISSING = "Answer first: every part of the question needs one."


class Answering(NamedTuple):
    """What an item is answered with.

    Attributes
    ----------
    widget : Widget
        What is shown.
    read : callable
        Returns the response as it stands.
    """

    widget: widgets.Widget
    read: Callable[[], Response]


def form(quiz: Quiz, seed: int | None = None) -> widgets.VBox:
    """Return a form with every item of `quiz`, each with a button that checks it."""
    rng = random.Random(seed)  # noqa: S311  (an order of options, not a secret)
    scores: dict[str, Score] = {}
    count = widgets.HTML()

    def counted() -> None:
        right = sum(scored.outcome == "correct" for scored in scores.values())
        total = len(quiz.items)
        count.value = _prose([f"{len(scores)} of {total} answered, {right} right."])

    counted()
    boxes = [
        _item_box(f"{number}. {plain(item.stem)}", item, rng, scores, counted)
        for number, item in enumerate(quiz.items, start=1)
    ]
    return widgets.VBox([*boxes, count])


def _item_box(
    stem: str,
    item: Item,
    rng: random.Random,
    scores: dict[str, Score],
    counted: Callable[[], None],
) -> widgets.VBox:
    answering = _WIDGETS[item.type](item, shuffled(item, rng))
    said = widgets.HTMLMath()
    button = widgets.Button(description="Check")

    def check(_: widgets.Button) -> None:
        response = answering.read()
        scored = score(rule_of(item), response)
        said.value = _prose(_said(item, response, scored))
        if scored.outcome not in ("unanswered", "not a number"):
            scores[item.id] = scored
            counted()

    button.on_click(check)
    return widgets.VBox([widgets.HTMLMath(_prose([stem])), answering.widget, button, said])


def _said(item: Item, response: Response, scored: Score) -> list[str]:
    if scored.outcome == "unanswered":
        return [MISSING]
    if scored.outcome == "not a number":
        return [NOT_A_NUMBER.format(typed=response)]
    return verdict(item, response, scored)


def _prose(paragraphs: list[str]) -> str:
    """Return paragraphs as HTML in which nothing of the text is markup."""
    return "".join(_block(part) for paragraph in paragraphs for part in paragraph.split("\n\n"))


def _block(text: str) -> str:
    if text.startswith("|"):  # a table, lined up
        return f"<pre>{html.escape(text)}</pre>"
    return f'<p style="white-space: pre-line">{html.escape(text)}</p>'


def _single(item: Item, order: list[str]) -> Answering:
    texts = choices(item)
    radio = widgets.RadioButtons(
        options=[(plain(texts[name]), name) for name in order], index=None, layout=WIDE
    )
    return Answering(radio, lambda: radio.value or "")


def _multiple(item: Item, order: list[str]) -> Answering:
    texts = choices(item)
    boxes = {name: widgets.Checkbox(description=plain(texts[name]), indent=False, layout=WIDE)
             for name in order}  # fmt: skip
    return Answering(
        widgets.VBox(list(boxes.values())),
        lambda: [name for name, box in boxes.items() if box.value],
    )


def _typed(_: Item, __: list[str]) -> Answering:
    field = widgets.Text(placeholder="Your answer")
    return Answering(field, lambda: str(field.value))


def _order(item: Item, order: list[str]) -> Answering:
    texts = choices(item)
    options = [("Choose …", ""), *((plain(texts[name]), name) for name in order)]
    places = [widgets.Dropdown(options=options, value="", description=f"{place}.", layout=WIDE)
              for place in range(1, len(order) + 1)]  # fmt: skip
    return Answering(widgets.VBox(places), lambda: [place.value for place in places])


def _classify(item: Item, order: list[str]) -> Answering:
    texts = choices(item)
    options = [("Choose …", ""), *((plain(text), name) for name, text in categories(item).items())]
    sorts = {name: widgets.Dropdown(options=options, value="") for name in order}
    rows = [widgets.VBox([widgets.HTMLMath(_prose([plain(texts[name])])), sort])
            for name, sort in sorts.items()]  # fmt: skip
    return Answering(widgets.VBox(rows), lambda: {name: sort.value for name, sort in sorts.items()})


_WIDGETS: dict[str, Callable[[Item, list[str]], Answering]] = {
    "single": _single,
    "multiple": _multiple,
    "number": _typed,
    "text": _typed,
    "order": _order,
    "classify": _classify,
}
