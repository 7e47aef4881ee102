"""Labs: the learner acts, a pure reducer in Python answers. NumPy and the standard library only."""

from proxygap.labs._registry import discover, get, slugs
from proxygap.labs._spec import Action, Example, Lab, State
from proxygap.labs._views import Chart, LabView, Text

__all__ = [
    "Action",
    "Chart",
    "Example",
    "Lab",
    "LabView",
    "State",
    "Text",
    "discover",
    "get",
    "slugs",
]
