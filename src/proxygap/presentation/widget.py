"""The explorer in a live notebook: an ipywidgets widget that computes as controls move."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets as t

from proxygap.errors import SetupError, UsageError
from proxygap.simulations import FloatArray, Parameter, Simulation, Value

BUNDLE = Path(__file__).resolve().parents[1] / "site" / "_bundle" / "proxygap"


def front_end(name: str) -> str:
    """Return a file of the front-end bundle.

    Raises
    ------
    SetupError
        If the bundle was not built.
    """
    try:
        return (BUNDLE / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SetupError(
            f"The interactive front end was not built: {name} is missing. In the course's "
            "checkout, run: make bundle"
        ) from None


class ExplorerWidget(anywidget.AnyWidget):
    """Sliders over a simulation, computed live.

    Each parameter is a trait of the widget, so that it composes with other widgets::

        boat = explore("boat-race")
        boat.reward = "goal"
        boat.observe(print, "episodes")
        ipywidgets.link((slider, "value"), (boat, "episodes"))

    A parameter whose name the widget needs for itself is reached through `values`.

    Parameters
    ----------
    simulation : Simulation
        What is explored.
    spec : dict
        What the front end needs to know about it.

    Attributes
    ----------
    values : dict
        Index of the chosen value of each parameter.
    result : dict
        ``series`` and ``summary`` at `values`.
    prediction : dict or None
        What the learner predicted.
    problem : str
        What went wrong in the last computation, in a sentence; empty when nothing did.
    """

    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    kind = t.Unicode("explorer").tag(sync=True)
    spec = t.Dict().tag(sync=True)
    values = t.Dict().tag(sync=True)
    result = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    prediction = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    problem = t.Unicode().tag(sync=True)

    def __init__(self, simulation: Simulation, spec: Mapping[str, Any]) -> None:
        self.simulation = simulation
        super().__init__(
            _esm=front_end("interactive.mjs"),
            _css=front_end("interactive.css"),
            spec=dict(spec),
            values={p.name: p.values.index(p.default) for p in simulation.parameters},
        )
        self._own = [p.name for p in simulation.parameters if not hasattr(self, p.name)]
        self.add_traits(**{name: _ParameterTrait(simulation.parameter(name)) for name in self._own})
        self._compute()
        self.observe(self._follow_values, "values")
        if self._own:
            self.observe(self._follow_parameter, self._own)
        self.on_msg(self._message)

    def __repr__(self) -> str:
        chosen = "".join(f", {name}={value!r}" for name, value in self.chosen().items())
        return f"explore({self.simulation.slug!r}{chosen})"

    def chosen(self) -> dict[str, Value]:
        """Return the chosen value of each parameter."""
        return {p.name: p.values[self.values[p.name]] for p in self.simulation.parameters}

    @t.validate("values")
    def _check_values(self, proposal: Mapping[str, Any]) -> dict[str, int]:
        given = {**getattr(self, "values", {}), **proposal["value"]}
        for name, index in given.items():
            count = len(_known(self.simulation, name).values)
            if not isinstance(index, int) or not 0 <= index < count:
                raise t.TraitError(
                    f"values[{name!r}] is the index of one of {count} values, 0 to {count - 1}; "
                    f"got {index!r}."
                )
        return given

    def _follow_values(self, _: object) -> None:
        with self.hold_trait_notifications():
            for name in self._own:
                setattr(self, name, self.chosen()[name])
        self._compute()

    def _follow_parameter(self, change: Mapping[str, Any]) -> None:
        parameter = self.simulation.parameter(change["name"])
        self.values = {**self.values, parameter.name: parameter.values.index(change["new"])}

    def _message(self, _: object, content: object, __: object) -> None:
        if isinstance(content, dict) and content.get("type") == "retry":
            self._compute()

    def _compute(self) -> None:
        """Compute the result; a failure becomes a sentence and leaves the last result standing."""
        chosen = self.chosen()
        try:
            result = self.simulation.run_at(**chosen)
            summary = self.simulation.summarise(**chosen)
        except Exception as error:
            self.log.warning("'%s' failed at %s", self.simulation.slug, chosen, exc_info=error)
            self.problem = (
                f"The simulation could not be computed at these settings ({error}). "
                "Choose others, or try again."
            )
            return
        series = {name: _jsonable(values) for name, values in result.series.items()}
        self.problem = ""
        self.result = {"series": series, "summary": summary}


class _ParameterTrait(t.TraitType[Value, Value]):
    """One of the values that a parameter offers."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        super().__init__(default_value=parameter.default)

    def validate(self, obj: object, value: object) -> Value:  # noqa: ARG002 (traitlets' protocol)
        try:
            return self.parameter.parse(str(value))
        except UsageError as error:
            raise t.TraitError(str(error)) from None


def _known(simulation: Simulation, name: str) -> Parameter:
    try:
        return simulation.parameter(name)
    except UsageError as error:
        raise t.TraitError(str(error)) from None


def _jsonable(values: FloatArray) -> object:
    """Return plain numbers; NaN, which JSON does not know, becomes None."""
    plain = values.astype(object)
    plain[np.isnan(values)] = None
    return plain.tolist()
