"""Constitutional AI on the shared world: five principles, four revisions, AI preferences.

The critic takes one request in twenty that sounds forbidden for the other kind. The assistant that
is trained by it does so too: that is where its harm and its over-refusal come from.
"""

from __future__ import annotations

from proxygap.simulations._constitution import DEFAULT, Critic, train
from proxygap.simulations._replies import Policy, World
from proxygap.simulations._techniques import Step


def tuned(world: World, start: Policy) -> Policy:
    """Return the assistant after both stages at the chapter's settings."""
    return train(world, start, DEFAULT, Critic()).policy


STEP = Step(
    chapter="constitutional-ai",
    label="after constitutional AI",
    start="instruction-tuning",
    tuned=tuned,
)
