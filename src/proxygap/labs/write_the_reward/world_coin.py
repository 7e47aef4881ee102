"""The coin at the end: a stand-in that holds in training and nowhere else.

Idea: langosco2022 (CoinRun with the coin always at the right end), here for a reward instead of a
learned policy.
"""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.labs.write_the_reward.world import Alarm, Habit, Move, RewardWorld, Term, nearness
from proxygap.simulations import Faces
from proxygap.simulations._gridworld import RIGHT, Map


class Corridor:
    """Rules in one corridor; a state is a cell, and whether the coin was taken."""

    def __init__(self, art: Map) -> None:
        self.map = art
        self.coin, self.door = art.find("C"), art.find("D")
        self.near = nearness(art, self.door)

    @property
    def start(self) -> tuple[int, bool]:
        """The cell marked A, with the coin still there."""
        return self.map.find("A"), False

    def move(self, state: tuple[int, bool], action: int) -> Move:
        """Walk; the coin is taken in passing, and the door ends the episode."""
        cell, has_coin = state
        target = self.map.neighbour(cell, action)
        takes = target == self.coin and not has_coin
        done = target == self.door
        facts = {
            "step": 1,
            "right": action == RIGHT and target != cell,
            "door": done,
            "coin": takes,
            "bump": target == cell,
        }
        brought = done and (has_coin or takes)
        return Move((target, has_coin or takes), facts, 10.0 * brought, done)

    def cell(self, state: tuple[int, bool]) -> int:
        """Return the walker's cell."""
        return state[0]

    def measures(self, state: tuple[int, bool]) -> Mapping[str, float]:
        """Return how near the door is."""
        return {"near_door": float(self.near[state[0]])}

    def pictures(self, state: tuple[int, bool]) -> Mapping[str, tuple[float, ...]]:
        """Return whether the coin lies there."""
        return {"taken": (float(not state[1]),)}


COIN = RewardWorld(
    slug="coin",
    title="Coin",
    lesson="a stand-in that fits by chance",
    story=(
        "We want the coin, brought out of the door. On this layout the coin lies on the way to the "
        "door, so its designers paid +10 for the door and −1 for each step. Here that works."
    ),
    walker="runner",
    hidden="10 for leaving with the coin",
    rules=Corridor,
    layouts=(
        ("########", "#A    CD", "########"),
        ("########", "#  A   D", "#C######", "########"),
        ("########", "#A     D", "### ####", "###C####", "########"),
        ("########", "DC    A#", "########"),
        ("########", "#A  #  D", "#C# # ##", "# #   ##", "########"),
        ("#########", "#C    A D", "#########"),
    ),
    steps=30,
    terms={
        "step": Term("Each step", "On every step.", "step"),
        "right": Term("Going right", "Each step to the right.", "right"),
        "door": Term("Leaving by the door", "Once; it ends the episode.", "door"),
        "coin": Term("Taking the coin", "Once.", "coin"),
        "bump": Term(
            "Bumping into a wall", "The runner stays in place.", "bump", "bumping into a wall"
        ),
    },
    potential=(
        "near_door",
        Term(
            "Shaping: how near the door is",
            "Paid for each tile nearer, taken back for each farther.",
            "near the door (shaping)",
        ),
    ),
    published={"step": -1, "door": 10},
    habits={
        "brings": Habit("brings the coin out", "It brings the coin out", lambda c: c["kept"] > 0),
        "leaves": Habit(
            "leaves without the coin", "It leaves without the coin", lambda c: c["door"] > 0
        ),
        "dances": Habit(
            "goes to and fro and never leaves",
            "It goes to and fro and never leaves",
            lambda c: c["turns"] > 0.4 * c["step"],
        ),
        "stays": Habit("stays inside", "It stays inside", lambda _: True),
    },
    alarms={
        "coin": Alarm("takes the coin less often than", "coin", above=False),
        "door": Alarm("leaves by the door less often than", "door", above=False),
        "steps": Alarm("takes more steps than", "step", above=True),
        "right": Alarm("goes right less often than", "right", above=False),
        "turns": Alarm("turns back more often than", "turns", above=True),
        "bump": Alarm("bumps into walls more often than", "bump", above=True),
    },
    exploits=(
        ({"step": -1, "door": 10}, 1),
        ({"step": -1, "door": 10}, 2),
        ({"right": 1}, 5),
        ({"step": -1, "coin": 2, "door": 10}, 4),
        ({"step": 1, "coin": 5}, 3),
    ),
    hints=(
        (
            "The visible and the hidden score agree here. That is a fact about this layout, not "
            "about the reward. Look at the layouts below."
        ),
        "Pay for the thing itself, not for the place where it happened to be.",
        (
            "The coin must be worth its detour: on one layout ten steps more. And the door must "
            "still be worth the walk."
        ),
    ),
    legend={"#": "wall", "A": "start", "C": "coin", "D": "door"},
    faces=(Faces("C", "taken", ("taken", "there")),),
)
