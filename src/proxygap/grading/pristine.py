"""Undo what a submission changes in the Python that it shares with its grader.

A learner may write ``np.mean = …`` or ``builtins.abs = …``, in error or to be judged by a function
of his own. Neither outlives the learner's code: the names in Python's own modules, in NumPy's and
in the course's are put back before anything is judged by them.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

_WORDS = frozenset({
    "builtins", "math", "numpy", "numpy.linalg", "numpy.random", "numpy._core._methods",
    "numpy._core.fromnumeric", "proxygap.grading.authoring", "proxygap.grading.display",
    "proxygap.grading.guard",
})  # fmt: skip
_REST = frozenset({"functools", "itertools", "json", "linecache", "operator", "random",
                   "statistics", "numpy._core.numeric"})  # fmt: skip
_PYTHONS_OWN = "__warningregistry__"  # appears in a module when one of its lines warns

PutBack = Callable[[], None]


def is_word_of_a_check(name: str) -> bool:
    """Return whether a check works with this module between two calls of a learner's function."""
    return name in _WORDS or name.startswith("proxygap.simulations")


def is_shared(name: str) -> bool:
    """Return whether a submission shares this module with its grader."""
    return name in _WORDS or name in _REST or name.partition(".")[0] == "proxygap"


def keep(is_watched: Callable[[str], bool]) -> PutBack:
    """Remember what the names in watched modules mean now; return a function that puts them back.

    That function is called often: where nothing changed it only looks. It binds what it uses, for
    a submission may have replaced that too.
    """
    modules = {name: module for name, module in sys.modules.items() if is_watched(name)}
    kept = [(owner, vars(owner), dict(vars(owner))) for owner in _owners(modules)]
    loaded, put_name, remove_name = sys.modules, _put, _remove
    every, pairs, same, size, listed = all, map, operator.is_, len, list

    def put_back() -> None:
        for name, module in modules.items():
            if loaded.get(name) is not module:
                loaded[name] = module
        for owner, now, before in kept:
            if size(now) == size(before) and every(pairs(same, now.values(), before.values())):
                continue
            for name in listed(now):
                if name not in before:
                    remove_name(owner, name, now[name])
            for name, value in before.items():
                if name not in now or now[name] is not value:
                    put_name(owner, name, value)

    return put_back


def _owners(modules: dict[str, ModuleType]) -> Iterator[ModuleType | type]:
    """Yield the modules, and the classes that the course's modules define."""
    for name, module in modules.items():
        yield module
        if name.startswith("proxygap."):
            values = vars(module).values()
            yield from (v for v in values if isinstance(v, type) and v.__module__ == name)


def _put(
    owner: Any, name: str, value: Any, *, on_class: Any = type.__setattr__, kind: Any = type,
    is_a: Any = isinstance,
) -> None:  # fmt: skip
    if is_a(owner, kind):
        on_class(owner, name, value)
    else:
        owner.__dict__[name] = value


def _remove(
    owner: Any, name: str, value: Any, *, on_class: Any = type.__delattr__, kind: Any = type,
    is_a: Any = isinstance, module: Any = ModuleType,
) -> None:  # fmt: skip
    """Remove a name; a module that an import has put into its parent may stay."""
    if is_a(owner, kind):
        on_class(owner, name)
    elif not is_a(value, module) and name != _PYTHONS_OWN:
        del owner.__dict__[name]
