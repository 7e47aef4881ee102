"""`lab(slug)`: the learner acts and Python answers, on a published page and in a live notebook.

While a site is being built the environment variable ``PROXYGAP_SERVED`` names the folder of served
files. Then `lab` returns an element that shows the first view at once and answers in the page's own
Python. Everywhere else it returns a widget that answers in the kernel. Both call the same reducer,
and one front-end module draws both.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from proxygap.labs import Chart, Example, Lab, Text, get, host
from proxygap.presentation import served
from proxygap.presentation.figures import picture
from proxygap.presentation.widget import front_end
from proxygap.simulations import Result, Simulation

READY = {"done": 0, "problem": "", "stopped": False}
"""Status before anything was asked: number of the last answered action, and what went wrong."""


def lab(slug: str) -> PageLab | LabWidget:
    """Return the lab called `slug`.

    Parameters
    ----------
    slug : str
        The lab's name: ``proxygap list`` shows them all.

    Returns
    -------
    PageLab or LabWidget
        An element of the page while a site is being built, else a widget.

    Raises
    ------
    UsageError
        If there is no such lab; the message suggests the nearest name.
    SetupError
        If the front end was not built.
    """
    found = get(slug)
    if folder := served.folder():
        return PageLab(found, folder)
    return LabWidget(found)


@dataclass(frozen=True, slots=True)
class PageLab:
    """What a cell shows while a site is being built.

    Parameters
    ----------
    lab : Lab
        What the learner does.
    served : Path
        Folder of the files that the site serves.
    """

    lab: Lab
    served: Path

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.lab.finding}

    def html(self) -> str:
        """Write the served figure and return the element with its first view."""
        first = host.start(self.lab)
        payload = {
            "kind": "lab",
            "spec": self.lab.as_data(),
            "state": first.state,
            "view": first.view,
        }
        return (
            f'<pg-lab data-slug="{self.lab.slug}">'
            f'<script type="application/json">{served.script_json(payload)}</script>'
            f"<noscript>{self._still()}</noscript></pg-lab>"
        )

    def _still(self) -> str:
        """Return what stands in for the lab without scripts: its first picture, or its text."""
        charts = first_charts(self.lab)
        return self._drawn(charts) if charts.views else self._told()

    def _told(self) -> str:
        sections = self.lab.view(self.lab.initial()).sections
        texts = [b.text for section in sections for b in section.blocks if isinstance(b, Text)]
        told = "".join(f"<p>{html.escape(text)}</p>" for text in [self.lab.alt_text, *texts])
        cases = "".join(map(_folded, self.lab.examples))
        return (
            f'<figure class="pg-still">{told}{cases}'
            f"<figcaption>{html.escape(self.lab.finding)}</figcaption></figure>"
        )

    def _drawn(self, charts: Simulation) -> str:
        still = picture(charts)
        name = served.serve(self.served, f"figures/{self.lab.slug}", "svg", still.svg)
        return (
            f'<figure class="pg-still"><img src="pg-static:{name}" '
            f'alt="{html.escape(self.lab.alt_text)}" '
            f'width="{still.width}" height="{still.height}">'
            f"<figcaption>{html.escape(self.lab.finding)}</figcaption></figure>"
        )


def _folded(example: Example) -> str:
    case, answer = html.escape(example.case), html.escape(example.answer)
    return f"<details><summary>{case}</summary><p>{answer}</p></details>"


def first_charts(lab: Lab) -> Simulation:
    """Return the charts of a lab's first view as a simulation with nothing to vary."""
    sections = lab.view(lab.initial()).sections
    charts = [b for section in sections for b in section.blocks if isinstance(b, Chart)]
    series = {name: values for chart in charts for name, values in chart.series.items()}
    return Simulation(
        slug=lab.slug,
        title=lab.title,
        parameters=(),
        settings=dict,
        run=lambda _, __: Result(series),
        views=tuple(chart.view for chart in charts),
        claims=(),
        alt_text=lab.alt_text,
        finding=lab.finding,
        summary="",
    )


class LabWidget(anywidget.AnyWidget):
    """A lab, answered in the kernel.

    Parameters
    ----------
    lab : Lab
        What the learner does.

    Attributes
    ----------
    state : dict
        What the learner has done so far. Assign a saved one to go on from there.
    action : dict or None
        What the learner does now; setting it answers it: ``{"type": "train", "seq": 1}``.
    view : dict
        What is on show.
    status : dict
        ``done``, the ``seq`` of the last answered action, and ``problem``, a sentence or nothing.
    """

    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    kind = t.Unicode("lab").tag(sync=True)
    spec = t.Dict().tag(sync=True)
    view = t.Dict().tag(sync=True)
    action = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    status = t.Dict(READY).tag(sync=True)
    state = t.Dict()

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        first = host.start(lab)
        super().__init__(
            _esm=front_end("interactive.mjs"),
            _css=front_end("interactive.css"),
            spec=lab.as_data(),
            view=first.view,
            state=first.state,
        )
        self.observe(self._act, "action")
        self.observe(self._show, "state")

    def __repr__(self) -> str:
        return f"lab({self.lab.slug!r})"

    def _act(self, change: Mapping[str, Any]) -> None:
        if change["new"] is None:
            return
        action = dict(change["new"])
        seq = action.pop("seq", self.status["done"])
        answer = self._answer(action)
        # One message, so that the front end never sees an answer without its view.
        with self.hold_sync():
            if answer.view is not None:
                self.state = answer.state
            self.status = {"done": seq, "problem": answer.problem, "stopped": False}

    def _answer(self, action: dict[str, Any]) -> host.Answer:
        try:
            return host.apply(self.lab, self.state, action)
        except Exception as error:
            self.log.warning("lab '%s' failed at %s", self.lab.slug, action, exc_info=error)
            problem = f"The lab could not answer ({error}). What you entered is kept."
            return host.Answer(self.state, None, problem)

    def _show(self, change: Mapping[str, Any]) -> None:
        shown = host.apply(self.lab, change["new"], None)
        if shown.view is not None:
            self.view = shown.view
        self.status = {**self.status, "problem": shown.problem}
