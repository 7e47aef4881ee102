"""A small course with the real package, the real theme and two pages, built as `make book` does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from proxygap.content import checkout_root
from tests.authors.checkout import Checkout

NewCourse = Callable[[str], Checkout]

INDEX = """\
# A small course

It has one formula, $e^x$, and one figure.

| | price |
|---|---|
| boat | 3 |

```{raw} html
<img src="pg-static:figures/boat.svg" alt="A boat">
```

## First

### Deeper

## Second
"""

TOC = """\
format: jb-book
root: index
chapters:
  - file: chapters/counting
"""

COUNTING = """\
---
file_format: mystnb
kernelspec:
  name: python3
description: A chapter that counts how often it is run.
---

# Counting

```{code-cell} python
from pathlib import Path

with Path("RUNS").open("a") as runs:
    runs.write("run\\n")
```
"""


@pytest.fixture(scope="session")
def new_course(tmp_path_factory: pytest.TempPathFactory) -> NewCourse:
    """Make a copy of the package with a small book of its own."""

    def _new(name: str) -> Checkout:
        root = tmp_path_factory.mktemp(name)
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(checkout_root() / "src", root / "src", ignore=skip)
        shutil.copy(checkout_root() / "_config.yml", root)
        (root / "web").symlink_to(checkout_root() / "web")
        for folder in ("quizzes", "exercises"):
            shutil.copytree(checkout_root() / folder, root / folder, ignore=skip)
        for folder in ("book/chapters", "book/_static"):
            (root / folder).mkdir(parents=True)
        shutil.copy(checkout_root() / "book/_static/favicon.svg", root / "book/_static")
        (root / "book/references.bib").write_text("")
        (root / "book/_toc.yml").write_text(TOC)
        (root / "book/index.md").write_text(INDEX)
        counting = COUNTING.replace("RUNS", str(root / "runs"))
        (root / "book/chapters/counting.md").write_text(counting)
        return Checkout(root)

    return _new


@pytest.fixture(scope="session")
def built_course(new_course: NewCourse) -> Path:
    """The pages of a small course that was built once."""
    course = new_course("built")
    built = course.proxygap("book")
    assert built.returncode == 0, built.stderr
    return course.root / "_build" / "html"
