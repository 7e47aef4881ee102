"""Find simulations by slug. A module in this folder that defines ``SIMULATION`` is registered."""

from __future__ import annotations

from proxygap.registry import Registry
from proxygap.simulations._spec import Simulation

REGISTRY = Registry("proxygap.simulations", "SIMULATION", Simulation, apart=frozenset())
discover, get, slugs = REGISTRY.discover, REGISTRY.get, REGISTRY.slugs
