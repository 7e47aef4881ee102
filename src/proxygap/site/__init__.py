"""The published site: the Sphinx extension ``proxygap.site`` and everything that assembles it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the Sphinx extension; see `proxygap.site.extension`."""
    from proxygap.site.extension import setup as setup_extension

    return setup_extension(app)
