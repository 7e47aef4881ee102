"""Two parallel forms from a bank: an integer programme, solved to its optimum.

After van der Linden, *Linear Models for Optimal Test Design* (2005). Both forms keep the quotas of
the objectives. Among all such pairs of forms, those are best that, in this order,

1. depart least from the blueprint in Bloom levels and difficulties,
2. differ least from each other in them,
3. differ least in the mixture of objective, level and difficulty, and in types of item.

Items of the same objective, level, difficulty and type are of one kind; nothing above tells them
apart. The programme says how many of each kind a form has. What is still open is settled by lots
drawn from names, so that the same bank gives the same forms.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from proxygap.bank.blueprint import ROWS, Blueprint, counts
from proxygap.errors import SetupError, UsageError
from proxygap.quiz import Item

FREE_ROWS = ("bloom", "difficulty")


@dataclass(frozen=True)
class Forms:
    """Two forms and the blueprint that they follow; no item is in both."""

    blueprint: Blueprint
    before: tuple[Item, ...]
    after: tuple[Item, ...]

    def table(self) -> list[tuple[str, str, int, int, int]]:
        """Return row, sort, and how many are wanted, in the first form and in the second."""
        return [
            (row, name, wanted.get(name, 0), first[name], second[name])
            for row, wanted in self.blueprint.rows.items()
            for first, second in [(counts(self.before, row), counts(self.after, row))]
            for name in sorted({*wanted, *first, *second})
        ]

    def departures(self) -> int:
        """Return by how many items the forms depart from the blueprint."""
        return sum(abs(wanted - one) + abs(wanted - other)
                   for _, _, wanted, one, other in self.table())  # fmt: skip

    def differences(self) -> int:
        """Return by how many items the forms differ in objectives, levels and difficulties."""
        return sum(abs(one - other) for *_, one, other in self.table())

    def mixture(self) -> int:
        """Return by how many items the forms differ in their cells and in their types."""
        return sum(_distance(self.before, self.after, sort) for sort in (cell, _type))

    def twins(self) -> int:
        """Return how many items have a partner of their objective, level and difficulty."""
        return sum((Counter(map(cell, self.before)) & Counter(map(cell, self.after))).values())


def cell(item: Item) -> tuple[str, ...]:
    """Return the cell of the blueprint that an item belongs to."""
    return tuple(sort(item) for sort in ROWS.values())


def _type(item: Item) -> str:
    return item.type


def _distance(one: Iterable[Item], other: Iterable[Item], sort: Callable[[Item], Hashable]) -> int:
    first, second = Counter(map(sort, one)), Counter(map(sort, other))
    return sum(abs(first[name] - second[name]) for name in first.keys() | second.keys())


def assemble(bank: Sequence[Item], blueprint: Blueprint, *, lots: bool = True) -> Forms:
    """Return the best two forms that `bank` gives for `blueprint`.

    Parameters
    ----------
    bank : sequence of Item
        What to choose from.
    blueprint : Blueprint
        What a form consists of.
    lots : bool
        Whether to draw lots among forms that are equally good, so that every solver gives the same
        ones. That takes longer than finding out how good the best are.

    Raises
    ------
    UsageError
        If no two forms keep the quotas of the objectives.
    SetupError
        If the solver is not installed.
    """
    model = _Model(bank, blueprint)
    goals = [model.departures(), model.differences(), model.mixture()]
    for goal in [*goals, model.lots()] if lots else goals:
        model.settle(goal)
    return model.forms()


class _Model:
    """The integer programme. `first[i]` is how many items of kind i are in the first form."""

    def __init__(self, bank: Sequence[Item], blueprint: Blueprint) -> None:
        try:
            import highspy
        except ImportError as error:
            raise SetupError("Assembling forms needs a solver. Install it with: "
                             "pip install 'proxygap[forms]'") from error  # fmt: skip
        self.kinds, self.blueprint = _kinds(bank), blueprint
        self._highs: Any = highspy
        self.solver: Any = self._highs.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0),
                              ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):  # fmt: skip
            self.solver.setOptionValue(option, value)
        self.first, self.second = ([self.solver.addIntegral(0, len(kind)) for kind in self.kinds]
                                   for _ in range(2))  # fmt: skip
        for kind, one, other in zip(self.kinds, self.first, self.second, strict=True):
            self.solver.addConstr(one + other <= len(kind))
        for form in (self.first, self.second):
            self.solver.addConstr(_sum(form) == blueprint.items)
            for name, picked in self._sorted(form, ROWS["objective"]).items():
                wanted = blueprint.rows["objective"].get(str(name), 0)
                self.solver.addConstr(_sum(picked) == wanted)

    def _sorted(
        self, form: Sequence[Any], sort: Callable[[Item], Hashable]
    ) -> dict[Hashable, list[Any]]:
        found: dict[Hashable, list[Any]] = {}
        for kind, variable in zip(self.kinds, form, strict=True):
            found.setdefault(sort(kind[0]), []).append(variable)
        return found

    def _size(self, expression: Any) -> Any:
        """Return a variable that is at least as large as `expression`, whatever its sign."""
        size = self.solver.addVariable(lb=0)
        self.solver.addConstr(size - expression >= 0)
        self.solver.addConstr(size + expression >= 0)
        return size

    def departures(self) -> Any:
        """Return how far both forms are from the blueprint."""
        return _sum([
            self._size(_sum(picked) - self.blueprint.rows[row].get(str(name), 0))
            for row in FREE_ROWS
            for form in (self.first, self.second)
            for name, picked in self._sorted(form, ROWS[row]).items()
        ])  # fmt: skip

    def differences(self) -> Any:
        """Return how far the forms are from each other in levels and difficulties."""
        return _sum([size for row in FREE_ROWS for size in self._apart(ROWS[row])])

    def mixture(self) -> Any:
        """Return how far the forms are from each other in cells and in types."""
        return _sum([*self._apart(cell), *self._apart(_type)])

    def _apart(self, sort: Callable[[Item], Hashable]) -> list[Any]:
        first, second = self._sorted(self.first, sort), self._sorted(self.second, sort)
        return [self._size(_sum(first[name]) - _sum(second[name])) for name in first]

    def lots(self) -> Any:
        """Return a cost that hardly any two solutions share."""
        pairs = zip(self.kinds, self.first, self.second, strict=True)
        return _sum([_lot(kind[0].id, "before") * one + _lot(kind[0].id, "after") * other
                     for kind, one, other in pairs])  # fmt: skip

    def settle(self, goal: Any) -> None:
        """Make `goal` as small as can be, and keep it so."""
        self.solver.minimize(goal)
        if self.solver.getModelStatus() != self._highs.HighsModelStatus.kOptimal:
            raise UsageError("No two forms keep the blueprint's quotas of objectives.")
        best = round(self.solver.getInfo().objective_function_value)
        self.solver.addConstr(goal <= best)

    def forms(self) -> Forms:
        """Return the forms of the last solution; which items of a kind they get is drawn by lot."""
        before: list[Item] = []
        after: list[Item] = []
        for kind, one, other in zip(self.kinds, self.first, self.second, strict=True):
            first, second = round(self.solver.val(one)), round(self.solver.val(other))
            before += kind[:first]
            after += kind[first : first + second]
        return Forms(self.blueprint, *(tuple(sorted(form, key=_id)) for form in (before, after)))


def _kinds(bank: Sequence[Item]) -> list[list[Item]]:
    """Return the items in kinds that nothing tells apart, each in the order of its lots."""
    found: dict[Hashable, list[Item]] = {}
    for item in sorted(bank, key=lambda item: _lot(item.id, "kind")):
        found.setdefault((cell(item), item.type), []).append(item)
    return sorted(found.values(), key=lambda kind: kind[0].id)


def _id(item: Item) -> str:
    return item.id


def _sum(terms: Sequence[Any]) -> Any:
    """Return the sum of expressions; `sum` would copy it at every step."""
    import highspy

    return highspy.Highs.qsum(terms)


def _lot(name: str, purpose: str) -> int:
    return int(hashlib.sha256(f"{purpose}/{name}".encode()).hexdigest()[:4], 16)
