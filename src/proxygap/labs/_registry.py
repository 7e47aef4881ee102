"""Find labs by slug. A module in this folder that defines ``LAB`` is registered."""

from __future__ import annotations

from proxygap.labs._spec import Lab
from proxygap.registry import Registry

# `host` is what the page calls; it is public, so its name has no underscore.
REGISTRY = Registry("proxygap.labs", "LAB", Lab, apart=frozenset({"host"}))
discover, get, slugs = REGISTRY.discover, REGISTRY.get, REGISTRY.slugs
