"""`explore(slug)`: sliders over a simulation, on a published page and in a live notebook.

While a site is being built the environment variable ``PROXYGAP_SERVED`` names the folder of served
files. Then `explore` writes the simulation's table and figure there and returns an element for the
page. Everywhere else it returns a widget that computes with ``run_at`` as the learner moves a
control. One front-end module draws both.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from proxygap.presentation import served
from proxygap.presentation._citations import Citation, citation
from proxygap.presentation._page_element import PageExplorer
from proxygap.presentation.prose import MINUS
from proxygap.presentation.widget import ExplorerWidget
from proxygap.simulations import Parameter, Prediction, Simulation, get


def explore(slug: str, *, predict: bool = True) -> PageExplorer | ExplorerWidget:
    """Return the explorer of the simulation called `slug`.

    Parameters
    ----------
    slug : str
        The simulation's name: ``proxygap list`` shows them all.
    predict : bool
        Whether the learner is asked for a prediction before the result shows.

    Returns
    -------
    PageExplorer or ExplorerWidget
        An element of the page while a site is being built, else a widget.

    Raises
    ------
    UsageError
        If there is no such simulation; the message suggests the nearest name.
    TableTooLarge
        If the simulation's table exceeds what a page may fetch.
    SetupError
        If the front end was not built.
    """
    simulation = get(slug)
    spec = specification(simulation, predict=predict)
    if folder := served.folder():
        return PageExplorer(simulation, spec, folder, served.kept())
    return ExplorerWidget(simulation, spec)


def specification(simulation: Simulation, *, predict: bool = True) -> dict[str, Any]:
    """Return what the front end needs to know about `simulation`, as JSON-able data."""
    asked = simulation.prediction if predict else None
    return {
        "slug": simulation.slug,
        "title": simulation.title,
        "finding": simulation.finding,
        "alt_text": simulation.alt_text,
        "sources": _sources(simulation),
        "parameters": [
            {
                "name": parameter.name,
                "label": parameter.label,
                "unit": parameter.unit,
                "values": list(parameter.values),
                "labels": _labels(parameter),
                "default": parameter.values.index(parameter.default),
            }
            for parameter in simulation.parameters
        ],
        "views": [asdict(view) for view in simulation.views],
        "prediction": None if asked is None else _question(asked, simulation),
    }


def _sources(simulation: Simulation) -> list[Citation]:
    """Return the works that the claims rest on, by authors."""
    keys = {claim.source for claim in simulation.claims}
    return sorted(map(citation, keys), key=lambda one: one["text"])


def _labels(parameter: Parameter) -> list[str]:
    """Return what the learner reads for each value, with true minus signs."""
    return [re.sub(r"(?<![\w-])-(?=\d)", MINUS, label) for label in parameter.labels]


def _question(asked: Prediction, simulation: Simulation) -> dict[str, Any]:
    return {
        "id": asked.id,
        "prompt": asked.prompt,
        "low": asked.low,
        "high": asked.high,
        "unit": asked.unit,
        "step": asked.step,
        "tolerance": asked.tolerance,
        "outcome": asked.outcome(simulation.run_at()),
    }
