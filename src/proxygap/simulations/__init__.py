"""Simulations: one concept, one module, NumPy and the standard library only."""

from proxygap.simulations import _proportions as proportions
from proxygap.simulations._registry import discover, get, slugs
from proxygap.simulations._spec import (
    Claim,
    ClaimOutcome,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    RunAt,
    Simulation,
    Value,
)
from proxygap.simulations._views import (
    Bars,
    Curve,
    Faces,
    Grid,
    Line,
    Mark,
    Mover,
    Plane,
    Role,
    View,
)

__all__ = [
    "Bars",
    "Claim",
    "ClaimOutcome",
    "Curve",
    "Faces",
    "FloatArray",
    "Grid",
    "Line",
    "Mark",
    "Mover",
    "Parameter",
    "Plane",
    "Prediction",
    "Result",
    "Role",
    "RunAt",
    "Simulation",
    "Value",
    "View",
    "discover",
    "get",
    "proportions",
    "slugs",
]
