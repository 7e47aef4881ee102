"""The Sphinx extension: theme, directives, served files and execution cache.

What a chapter's cells compute is cached under a fingerprint of the package, so that changing a
simulation runs every chapter again and changing prose runs nothing.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proxygap.presentation import served
from proxygap.site import digest, directives, formulas
from proxygap.site.bundle import require_bundle
from proxygap.site.page import prepare_page
from proxygap.site.typography import BindUnits

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

THEME = Path(__file__).resolve().parent / "theme"
ADDRESS_VARIABLE = "PROXYGAP_BASE_URL"
"""Where the site will be published, if known: gives canonical addresses and a 404 page that works
at any depth."""

UNUSED_THEMES = ("pydata_sphinx_theme", "sphinx_book_theme")
"""Themes below ours whose scripts, styles and fonts no page asks for."""

UNUSED_FILES = (
    "basic.css", "design-tabs.js", "file.png", "katex-math.css", "minus.png", "mystnb.*.css",
    "plus.png", "pygments_dark.css", "sphinx-design.min.css",
)  # fmt: skip
"""What extensions copy for every site and no page of this one asks for."""

KEPT_CACHES = 3
"""Executed chapters are kept for this many versions of the package."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme, the directives and the build steps."""
    app.add_html_theme("proxygap", str(THEME))
    app.add_config_value("proxygap_sources", digest.of_package(), "env")
    # Jupyter Book always sets this for an extension that this site does not load.
    app.add_config_value("comments_config", {}, "")
    app.add_post_transform(BindUnits)
    app.connect("config-inited", _configure)
    app.connect("builder-inited", formulas.render_with_our_node, priority=100)
    app.connect("html-page-context", prepare_page, priority=900)
    app.connect("build-finished", _publish, priority=900)
    for name in _directive_modules():
        importlib.import_module(name).setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _directive_modules() -> list[str]:
    modules = pkgutil.iter_modules(directives.__path__)
    return sorted(f"{directives.__name__}.{module.name}" for module in modules)


def cache_root(outdir: Path) -> Path:
    """Return the folder beside the HTML output that outlives a build."""
    return outdir.parent / ".proxygap"


def _configure(app: Sphinx, config: Config) -> None:
    """Point the kernels' served files and the execution cache at this version of the package."""
    require_bundle()
    root = cache_root(Path(app.outdir)) / "executions"
    cache = root / digest.of_package(without=("cli", "site"))
    files = cache / "served"
    files.mkdir(parents=True, exist_ok=True)
    os.environ[served.VARIABLE] = str(files)
    config["nb_execution_cache_path"] = str(cache / "cells")
    config["html_baseurl"] = os.environ.get(ADDRESS_VARIABLE, config["html_baseurl"])
    _forget_old_caches(root, keep=cache)


def _forget_old_caches(root: Path, *, keep: Path) -> None:
    keep.touch()
    caches = sorted(root.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in caches[KEPT_CACHES:]:
        shutil.rmtree(old, ignore_errors=True)


def _publish(app: Sphinx, exception: Exception | None) -> None:
    """Put what the pages load under ``_static/proxygap`` and take away what none does."""
    if exception is not None or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    target = static / "proxygap"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(require_bundle(), target)
    shutil.copytree(os.environ[served.VARIABLE], target, dirs_exist_ok=True)
    pyodide = cache_root(Path(app.outdir)) / "pyodide"
    if pyodide.is_dir():
        shutil.copytree(pyodide, target / "pyodide")
    _remove_unused(static)


def _remove_unused(static: Path) -> None:
    for theme in UNUSED_THEMES:
        package = importlib.import_module(theme)
        source = Path(str(package.__file__)).parent / "theme" / theme / "static"
        for file in source.rglob("*"):
            if file.is_file():
                (static / file.relative_to(source)).unlink(missing_ok=True)
    for pattern in UNUSED_FILES:
        for file in static.glob(pattern):
            file.unlink()
    for folder in sorted(static.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
