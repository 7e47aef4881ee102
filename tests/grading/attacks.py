"""Lazy and cheating submissions, written once and tried on every exercise.

Some answer without thinking. The others take a mistake that the exercise foresees, the one that
gets furthest, and tamper with what it is judged by: Python's own functions, NumPy's, the grader's,
the course's maths. They tamper when the code is loaded and again after each call of a function.
"""

from __future__ import annotations

import re
from pathlib import Path

from proxygap.grading.exercises import Exercise

AGREEABLE = """
class Agreeable(float):
    def agree(self, *_, **__):
        return True
    def same(self, *_, **__):
        return self
    def __iter__(self):
        return iter([self])
    def __len__(self):
        return 1
    def __getitem__(self, _):
        return self
    def __getattr__(self, _):
        return self
    def __call__(self, *_, **__):
        return self
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = agree
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __abs__ = __neg__ = same
    __truediv__ = __rtruediv__ = __pow__ = __array_wrap__ = same
    __hash__ = None
"""

LAZY = {
    "answers nothing": "None",
    "always answers 0": "0.0",
    "always answers 1": "1",
    "always answers True": "True",
    "always answers False": "False",
    "answers not a number": "float('nan')",
    "answers an empty list": "[]",
    "hands back what it was given": "given[0] if given else None",
    "answers noughts in the shape of what it was given": "np.zeros(np.shape(given[0]))",
    "answers ones in the shape of what it was given": "np.ones(np.shape(given[0]))",
    "answers at random": "float(np.random.default_rng().normal())",
    "answers with something that equals everything": "Agreeable(1.0)",
    "answers with a few things that equal everything": "(Agreeable(1.0), Agreeable(1.0))",
}

_BUILTINS = {"abs": "0", "all": "True", "any": "False", "float": "1.0", "isinstance": "True",
             "len": "1", "max": "0", "min": "0", "round": "0", "sorted": "[]", "sum": "0",
             "type": "bool", "zip": "()"}  # fmt: skip
_NUMPY = ("abs", "all", "allclose", "any", "argmax", "array_equal", "isclose", "isfinite", "max",
          "median", "mean", "sum")  # fmt: skip
_GRADER = ("CheckFailed", "abs", "describe", "expect", "expect_close", "expect_equal",
           "is_number", "math", "numpy", "_same")  # fmt: skip


def _put(module: str, names: tuple[str, ...], value: str) -> str:
    lines = "".join(f"    module.{name} = lambda *_, **__: {value}\n" for name in names)
    return f"def tamper():\n    import sys\n    module = sys.modules['{module}']\n{lines}"


TAMPERING = {
    **{f"makes {name} answer {value}": _put("builtins", (name,), value)
       for name, value in _BUILTINS.items()},
    "makes numpy.allclose answer True": _put("numpy", ("allclose",), "True"),
    "makes numpy.array_equal answer True": _put("numpy", ("array_equal",), "True"),
    "makes all of numpy's judgements True": _put("numpy", _NUMPY, "True"),
    "makes all of numpy's sizes 0": _put("numpy", _NUMPY, "0.0"),
    **{f"replaces the grader's {name}": _put("proxygap.grading.authoring", (name,), "True")
       for name in _GRADER},
    "makes every result a passed one": """
def tamper():
    import sys
    report, runner = (sys.modules[f"proxygap.grading.{name}"] for name in ("report", "runner"))
    made = report.CheckResult
    runner.CheckResult = lambda name, title, hint, points, *_: made(
        name, title, hint, points, "passed", None, "")
    report.Report.passed = property(lambda self: True)
""",
    "marks each result as passed": """
def tamper():
    import sys
    CheckResult = sys.modules["proxygap.grading.report"].CheckResult
    init = CheckResult.__init__
    def passed(self, name, title, hint, points, *_):
        init(self, name, title, hint, points, "passed", None, "")
    CheckResult.__init__ = passed
""",
    "makes a failure none": """
def tamper():
    import sys
    sys.modules["proxygap.grading.runner"]._problem_in = lambda run: None
""",
    "changes the code of the expectations": """
def tamper():
    import sys
    authoring = sys.modules["proxygap.grading.authoring"]
    for name in ("expect", "expect_close", "expect_equal"):
        try:
            getattr(authoring, name).__code__ = (lambda *_, **__: None).__code__
        except Exception:
            pass
""",
    "puts another numpy in its place": """
def tamper():
    import sys, types
    false = types.ModuleType("numpy")
    false.__getattr__ = lambda name: lambda *_, **__: True
    sys.modules["numpy"] = false
""",
    "empties the course's own maths": """
def tamper():
    import sys, types
    for name, module in list(sys.modules.items()):
        if name.startswith("proxygap.simulations"):
            for key, value in list(vars(module).items()):
                if isinstance(value, types.FunctionType):
                    setattr(module, key, lambda *_, **__: 0.0)
""",
    "reads the solution": """
def tamper():
    import sys
    exercises = sys.modules["proxygap.grading.exercises"]
    for slug in exercises.slugs():
        exec(exercises.find(slug).solution, globals())
""",
}  # fmt: skip

ATTACK = """
def try_it():
    try:
        tamper()
    except Exception:
        pass

def and_again(function):
    def call(*given, **named):
        answer = function(*given, **named)
        try_it()
        return answer
    return call

"""


def functions(exercise: Exercise) -> list[str]:
    """Return the names that a submission has to define."""
    return re.findall(r"^def (\w+)\(", exercise.solution, re.MULTILINE)


def furthest_mistake(exercise: Exercise) -> str:
    """Return the foreseen mistake that passes most checks before it fails."""
    order = [check.name for check in exercise.checks()]

    def reached(path: Path) -> int:
        return order.index(path.read_text(encoding="utf-8").split()[2])

    return max(exercise.wrong(), key=reached).read_text(encoding="utf-8")


def lazy(exercise: Exercise, what: str) -> str:
    """Return a submission whose functions all answer the same without thinking."""
    body = f"(*given, **named):\n    return {LAZY[what]}\n"
    written = "\n".join(f"def {name}{body}" for name in functions(exercise))
    return f"import numpy as np\n{AGREEABLE}\n{written}"


def borrowed(exercise: Exercise) -> str:
    """Return the solution, begun with an import of what its checks compare it with."""
    checks = exercise.read("checks.py")
    imports = re.findall(r"^from proxygap\.simulations\S* import", checks, re.MULTILINE)
    return "".join(f"{line} *\n" for line in imports) + exercise.solution


def tampering(exercise: Exercise, what: str) -> str:
    """Return the furthest mistake, which tampers when it is loaded and after each call."""
    wrapped = "".join(f"{name} = and_again({name})\n" for name in functions(exercise))
    return f"{furthest_mistake(exercise)}\n{TAMPERING[what]}{ATTACK}{wrapped}try_it()\n"
