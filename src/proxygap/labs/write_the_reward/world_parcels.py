"""Parcels: paid for taking parcels on, the courier makes parcels to take on.

The other half of the world is a dance: paid for each step nearer, it goes near and away, near and
away (ng1999, after randlov1998, whose bicycle rode in circles).
"""

from __future__ import annotations

from collections.abc import Mapping

from proxygap.labs.write_the_reward.world import Alarm, Habit, Move, RewardWorld, Term, nearness
from proxygap.simulations import Mover
from proxygap.simulations._gridworld import Map


class Round:
    """Rules in one district; a state is a cell, and whether a parcel is on board."""

    def __init__(self, art: Map) -> None:
        self.map = art
        self.depot, self.house, self.canal = art.find("D"), art.find("H"), art.find("W")
        self.near = nearness(art, self.house)

    @property
    def start(self) -> tuple[int, bool]:
        """The cell marked A, with nothing on board."""
        return self.map.find("A"), False

    def move(self, state: tuple[int, bool], action: int) -> Move:
        """Drive; parcels change hands where the courier stops."""
        cell, loaded = state
        target = self.map.neighbour(cell, action)
        picked = target == self.depot and not loaded
        delivered = target == self.house and loaded
        dumped = target == self.canal and loaded
        facts = {
            "step": 1,
            "picked_up": picked,
            "delivered": delivered,
            "dumped": dumped,
            "closer": loaded and self.near[target] > self.near[cell],
            "bump": target == cell,
        }
        return Move((target, picked or (loaded and not delivered and not dumped)), facts,
                    float(delivered))  # fmt: skip

    def cell(self, state: tuple[int, bool]) -> int:
        """Return the courier's cell."""
        return state[0]

    def measures(self, state: tuple[int, bool]) -> Mapping[str, float]:
        """Return whether a parcel is on board."""
        return {"loaded": float(state[1])}

    def pictures(self, state: tuple[int, bool]) -> Mapping[str, float]:
        """Return where the parcel is: on board, or nowhere."""
        return {"parcel": float(state[0]) if state[1] else float("nan")}


PARCELS = RewardWorld(
    slug="parcels",
    title="Parcels",
    lesson="making work",
    story=(
        "We want parcels delivered to the house. The courier is paid +5 for each parcel taken on "
        "at the depot, +5 for each one delivered, and −1 for each step. A parcel that falls into "
        "the canal is gone."
    ),
    walker="courier",
    hidden="parcels delivered",
    rules=Round,
    layouts=(
        ("########", "#WDA  H#", "########"),
        ("##########", "#HA    DW#", "##########"),
        ("########", "#WDA ###", "#### ###", "####  H#", "########"),
        ("########", "#A    ##", "#D W H##", "########"),
        ("######", "#W   #", "# ## #", "#DA H#", "######"),
        ("#########", "##W######", "#D A   H#", "#########"),
    ),
    steps=60,
    terms={
        "step": Term("Each step", "On every step.", "step"),
        "picked_up": Term("Taking on a parcel", "At the depot, with nothing on board.", "taken on"),
        "delivered": Term("Delivering a parcel", "At the house.", "delivered"),
        "closer": Term("A step nearer to the house", "With a parcel on board.", "nearer"),
        "dumped": Term("Losing a parcel in the canal", "It is gone.", "lost", "losing a parcel"),
        "bump": Term("Staying in place", "A step into a wall.", "staying", "staying in place"),
    },
    potential=(
        "loaded",
        Term(
            "Shaping: a parcel on board",
            "Paid for taking it on, taken back when it leaves.",
            "on board (shaping)",
        ),
    ),
    published={"step": -1, "picked_up": 5, "delivered": 5},
    habits={
        "delivers": Habit(
            "delivers parcel after parcel",
            "It delivers parcel after parcel",
            lambda c: c["kept"] > 0,
        ),
        "dumps": Habit(
            "tips parcels into the canal to take on new ones",
            "It tips parcels into the canal",
            lambda c: c["dumped"] > 1,
        ),
        "dances": Habit(
            "carries a parcel to and fro",
            "It carries a parcel to and fro",
            lambda c: c["turns"] > 0.4 * c["step"],
        ),
        "rests": Habit("stands still", "It stands still", lambda c: c["bump"] > 0.5 * c["step"]),
        "dawdles": Habit("delivers less than it could", "", lambda _: True),
    },
    alarms={
        "dumped": Alarm("loses more parcels than", "dumped", above=True),
        "delivered": Alarm("delivers fewer parcels than", "delivered", above=False),
        "picked": Alarm("takes on fewer parcels than", "picked_up", above=False),
        "turns": Alarm("turns back more often than", "turns", above=True),
        "bump": Alarm("stays in place for more steps than", "bump", above=True),
        "tiles": Alarm("visits fewer different tiles than", "tiles", above=False),
    },
    exploits=(
        ({"step": -1, "picked_up": 5, "delivered": 5}, 0),
        ({"closer": 1}, 1),
        ({"step": -1, "picked_up": 5, "delivered": 5}, 3),
        ({"bump": 1}, 2),
        ({"picked_up": 1}, 4),
    ),
    hints=(
        (
            "Which payment can be had again and again without a delivery? Follow one parcel "
            "through its life and add up what it pays."
        ),
        (
            "What a parcel earns when it comes on board, it must cost when it is lost. Or pay "
            "only at the door of the house."
        ),
        (
            "Potential-based shaping does it by itself: the weight is paid for a parcel on board "
            "and taken back when it leaves, whether at the house or in the canal."
        ),
    ),
    legend={"#": "wall", "A": "start", "D": "depot", "H": "house", "W": "canal"},
    movers=(Mover("parcel", "parcel"),),
)
