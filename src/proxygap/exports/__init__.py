"""The item bank in the formats of other systems. One format is one module, found by discovery."""

from __future__ import annotations

from proxygap.exports._spec import Exporter
from proxygap.registry import Registry

__all__ = ["Exporter", "discover", "get", "slugs"]

_REGISTRY = Registry("proxygap.exports", "EXPORTER", Exporter, apart=frozenset())
slugs, discover, get = _REGISTRY.slugs, _REGISTRY.discover, _REGISTRY.get
