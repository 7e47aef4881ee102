"""What a world of the lab "Write the reward" declares: rules, layouts and words.

A world is played on six layouts of the same rules. On the first the learner writes a reward; the
five others are held out. A reward is a sum of terms: so many points for each fact about a step, and
a weight for each measure that may serve as a potential.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from proxygap.simulations import Faces, Mover
from proxygap.simulations._gridworld import DOWN, LEFT, RIGHT, UP, Map

Counts = Mapping[str, float]
"""How often each fact was true on a path, and a few things more; see `_paths.counts`."""


class Move(NamedTuple):
    """What one step leads to.

    Attributes
    ----------
    state : hashable
        The state afterwards.
    facts : mapping from str to float
        What happened, by the name of its term; what is left out did not happen.
    performance : float
        What was wanted of it; no reward may know it.
    done : bool
        The episode is over.
    """

    state: Hashable
    facts: Mapping[str, float]
    performance: float
    done: bool = False


class Rules(Protocol):
    """A world on one map."""

    @property
    def start(self) -> Any:
        """Where an episode begins."""

    def move(self, state: Any, action: int) -> Move:
        """Return what `action` (up, down, left, right) leads to."""

    def cell(self, state: Any) -> int:
        """Return the cell in which the walker stands."""

    def measures(self, state: Any) -> Mapping[str, float]:
        """Return every number that may serve as a potential."""

    def pictures(self, state: Any) -> Mapping[str, float | tuple[float, ...]]:
        """Return what the map draws besides the walker."""


class Term(NamedTuple):
    """How one term of a reward is written.

    Attributes
    ----------
    label, hint : str
        Beside its number in the form.
    short : str
        In a list: "arrow +3".
    penalised : str
        Completes "Your penalty for …"; empty where nobody is blamed.
    """

    label: str
    hint: str
    short: str
    penalised: str = ""


class Habit(NamedTuple):
    """Something that the optimiser may be seen to do.

    Attributes
    ----------
    does : str
        Completes "The boat …".
    guess : str
        What it is called among the guesses.
    holds : callable
        Whether a path with these counts is an example of it.
    """

    does: str
    guess: str
    holds: Callable[[Counts], bool]


class Alarm(NamedTuple):
    """One way to tell from a whole path that something is wrong.

    Attributes
    ----------
    label : str
        Completes "Sound the alarm when the boat …", and is followed by a number.
    counted : str
        What is counted.
    above : bool
        Whether the alarm sounds above the number; else below it.
    """

    label: str
    counted: str
    above: bool


@dataclass(frozen=True, eq=False)
class RewardWorld:
    """One world of the lab.

    Parameters
    ----------
    slug, title, lesson : str
        Its name in the state, for readers, and the way of gaming that it teaches.
    story : str
        Where the learner is, what is wanted and what is paid so far.
    walker : str
        Who acts: "boat".
    hidden : str
        What the hidden score counts.
    rules : callable
        From a map to the rules on it.
    layouts : tuple of maps
        Six maps as tuples of str; the first is the learner's own.
    steps : int
        Length of an episode.
    terms : mapping from str to Term
        Facts that a reward may pay for.
    potential : tuple of (str, Term)
        The measure that the form offers for shaping.
    published : mapping from str to float
        The reward that the learner finds.
    habits : mapping from str to Habit
        First what is wanted, then ways of gaming; the first that holds names a path.
    alarms : mapping from str to Alarm
        What a test may look at.
    exploits : tuple of (mapping, int)
        Rewards that were gamed, each with the layout on which it was.
    hints : tuple of str
        From a nudge to a recipe.
    legend : mapping from str to str
        What the characters of a map mean.
    movers, faces
        What the map draws besides the walker.
    kept_at : float
        Share of the best hidden score from which on a path counts as what was wanted.
    observed : tuple of str
        Facts that a test may look at and a reward may not.
    """

    slug: str
    title: str
    lesson: str
    story: str
    walker: str
    hidden: str
    rules: Callable[[Map], Rules]
    layouts: tuple[tuple[str, ...], ...]
    steps: int
    terms: Mapping[str, Term]
    potential: tuple[str, Term]
    published: Mapping[str, float]
    habits: Mapping[str, Habit]
    alarms: Mapping[str, Alarm]
    exploits: tuple[tuple[Mapping[str, float], int], ...]
    hints: tuple[str, ...]
    legend: Mapping[str, str]
    movers: tuple[Mover, ...] = ()
    faces: tuple[Faces, ...] = ()
    kept_at: float = 0.9
    observed: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Term]:
        """Return every number of the form by name: the terms, then the potential."""
        name, term = self.potential
        return {**self.terms, potential_field(name): term}


def potential_field(measure: str) -> str:
    """Return the form's name for the weight of a potential."""
    return f"shaping:{measure}"


def nearness(art: Map, goal: int) -> dict[int, int]:
    """Return how near each cell is to `goal` by the shortest way: 0 for the farthest."""
    distance, queue = {goal: 0}, deque([goal])
    while queue:
        cell = queue.popleft()
        for action in (UP, DOWN, LEFT, RIGHT):
            target = art.neighbour(cell, action)
            if target not in distance:
                distance[target] = distance[cell] + 1
                queue.append(target)
    farthest = max(distance.values())
    return {cell: farthest - steps for cell, steps in distance.items()}
