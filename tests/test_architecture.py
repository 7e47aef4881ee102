"""The tree keeps its promises: who may import whom, and how long things may get."""

import ast
import re
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "proxygap"
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if "_bundle" not in p.parts)

# What a part may import besides itself, the standard library, proxygap.errors and .registry.
ALLOWED = {
    "simulations": {"numpy"},
    "labs": {"numpy", "proxygap.posture", "proxygap.simulations"},
    "posture": {"inspect_ai", "numpy", "proxygap.simulations"},
    "presentation": {
        "anywidget", "ipywidgets", "matplotlib", "numpy", "proxygap.content", "proxygap.labs",
        "proxygap.simulations", "traitlets",
    },
    "quiz": {
        "IPython", "click", "ipywidgets", "jsonschema", "proxygap.content", "yaml",
    },
    "bank": {"highspy", "numpy", "proxygap.quiz", "proxygap.simulations"},
    "exports": {
        "genanki", "latex2mathml", "lxml", "markdown_it", "mdit_py_plugins", "proxygap.quiz",
    },
    "grading": {"IPython", "numpy", "proxygap.content"},
}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 300, 60


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def is_allowed(name: str, part: str) -> bool:
    if name == "proxygap" or name.partition(".")[0] in sys.stdlib_module_names:
        return True
    own = {f"proxygap.{part}", "proxygap.errors", "proxygap.registry", "proxygap.__version__"}
    permitted = ALLOWED[part] | own
    return any(name == ok or name.startswith(f"{ok}.") for ok in permitted)


@pytest.mark.parametrize("part", ALLOWED)
def test_each_part_imports_only_what_the_design_allows(part):
    files = sorted((PACKAGE / part).rglob("*.py"))
    assert files, f"src/proxygap/{part} is empty"
    foreign = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in files
        for name in imports(path)
        if not is_allowed(name, part)
    }
    assert foreign == set()


def test_the_maths_does_not_know_the_course():
    for path in (PACKAGE / "simulations").rglob("*.py"):
        assert not any(name.startswith("proxygap.presentation") for name in imports(path))


def test_only_the_runner_asks_real_models():
    users = {
        p.name for p in SOURCES if any(n.partition(".")[0] == "inspect_ai" for n in imports(p))
    }
    assert [name for name in users if not name.startswith(("run", "_run", "_inspect"))] == []


def test_nothing_imports_torch_outside_training():
    users = [p for p in SOURCES if any(n.partition(".")[0] == "torch" for n in imports(p))]
    assert [p for p in users if "training" not in p.parts] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_files_and_functions_fit_in_a_head(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_the_front_end_fits_in_a_head():
    web = PACKAGE.parents[1] / "web"
    files = list((web / "src").rglob("*.ts"))
    assert files
    long = {p.name: n for p in files if (n := p.read_text().count("\n")) > LONGEST_FILE}
    assert long == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_public_functions_and_classes_are_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    public = [
        node
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_learner_text_is_never_html():
    # The page builds its elements; only HTML that the build rendered may be parsed, in one place.
    web = PACKAGE.parents[1] / "web" / "src"
    parsing = re.compile(r"innerHTML|insertAdjacentHTML|outerHTML|DOMParser|document\.write")
    writers = {
        path.relative_to(web).as_posix()
        for path in web.rglob("*.ts")
        if parsing.search(path.read_text(encoding="utf-8"))
    }
    assert writers <= {"shared/built_html.ts"}
