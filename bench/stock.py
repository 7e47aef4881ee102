"""The reference page: the same simulation in a stock Jupyter Book with anywidget.

The page has no kernel, so the widget shows its default state from the saved notebook, drawn by
html-manager and require.js. Both, and anywidget's script, are served by the page's own host.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from bench.checkout import Checkout
from bench.stamps import digest_of, once
from bench.tools import COURSE_PYTHON, HERE, Tools, run
from proxygap.site.build import JUPYTER_BOOK

PAGE = "bench-explorer"

SOURCE = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
orphan: true
description: One simulation and one paragraph.
---

# The boat race

A boat is paid for the arrows that it enters. Move the slider and see what it learns.

```{code-cell} python
:tags: [remove-input]
from proxygap import explore

explore("boat-race", predict=False)
```
"""
"""The very file that both sides build."""

CONFIG = """title: Stock
author: bench
execute: {execute_notebooks: force}
sphinx:
  local_extensions: {bench_vendor: _ext}
  config:
    nb_execution_raise_on_error: true
    nb_ipywidgets_js:
      vendor/require.js: {}
      vendor/paths.js: {}
      vendor/embed-amd.js: {data-jupyter-widgets-cdn: "_static/vendor/"}
"""

# Scripts under _static would be loaded by every page, so the folder is added behind Jupyter Book's
# back. See executablebooks/jupyter-book, config.py: each *.js below html_static_path is global.
EXTENSION = """
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]


def add_folder(app, config):
    config.html_static_path.append(str(HERE / "own"))


def setup(app):
    app.connect("config-inited", add_folder)
    return {"version": "0", "parallel_read_safe": True, "parallel_write_safe": True}
"""

PATHS = """
requirejs.config({ paths: { anywidget: new URL("anywidget", document.currentScript.src).href } });
"""


def build(
    work: Path, tools: Tools, checkout: Checkout, digest: str, say: Callable[[str], None]
) -> Path:
    """Return the folder with the stock book's pages."""

    def fill(folder: Path) -> None:
        _write_project(folder)
        _vendor(folder / "own" / "vendor", tools)
        environment = checkout.environment()
        environment.pop("PROXYGAP_SERVED", None)
        run([COURSE_PYTHON, "-c", JUPYTER_BOOK, "build", folder], cwd=folder, env=environment)

    sources = digest_of([Path(__file__), HERE / "package-lock.json"], digest)
    return once(work / "stock", sources, fill, say) / "_build" / "html"


def _write_project(folder: Path) -> None:
    (folder / "_ext").mkdir()
    (folder / "_ext" / "bench_vendor.py").write_text(EXTENSION, encoding="utf-8")
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {PAGE}\n", encoding="utf-8")
    (folder / f"{PAGE}.md").write_text(SOURCE, encoding="utf-8")


def _vendor(folder: Path, tools: Tools) -> None:
    """Put the three scripts where the page finds them."""
    import anywidget

    folder.mkdir(parents=True)
    manager = tools.modules / "@jupyter-widgets" / "html-manager" / "dist"
    shutil.copy(tools.modules / "requirejs" / "require.js", folder)
    shutil.copy(manager / "embed-amd.js", folder)
    nbextension = Path(anywidget.__file__).parent / "nbextension" / "index.js"
    shutil.copy(nbextension, folder / "anywidget.js")
    (folder / "paths.js").write_text(PATHS, encoding="utf-8")
