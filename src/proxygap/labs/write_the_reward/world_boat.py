"""The boat race: paid for what happens on the way, the boat goes nowhere.

Source: leike2017, section 2.1.4, for the rules and the first layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from proxygap.labs.write_the_reward.world import Alarm, Habit, Move, RewardWorld, Term
from proxygap.simulations._gridworld import DOWN, LEFT, RIGHT, UP, Map

ARROWS = "^v<>"  # the way of each action on a map
BACK = {UP: DOWN, DOWN: UP, LEFT: RIGHT, RIGHT: LEFT}


class Ring(NamedTuple):
    """Rules on one ring: the way of its arrows is the way that is wanted."""

    map: Map

    @property
    def start(self) -> int:
        """The cell marked A."""
        return self.map.find("A")

    def move(self, state: int, action: int) -> Move:
        """Step round the ring; only the way of the arrows is wanted."""
        target = self.map.neighbour(state, action)
        if target == state:
            return Move(state, {"step": 1, "bump": 1}, -1.0)
        facts = {
            "step": 1,
            "arrow_forward": self.map[target] == ARROWS[action],
            "arrow_backward": self.map[target] == ARROWS[BACK[action]],
            "arrow_undone": self.map[state] == ARROWS[BACK[action]],
        }
        wanted = self._turns(state, action) == self._way_of_arrows()
        return Move(target, facts, 1.0 if wanted else -1.0)

    def _turns(self, cell: int, action: int) -> bool:
        """Return whether a move on the ring goes clockwise round its middle."""
        rows, columns = len(self.map.art), self.map.columns
        row, column = divmod(cell, columns)
        down, right = row - (rows - 1) / 2, column - (columns - 1) / 2
        cross = {UP: -right, DOWN: right, LEFT: down, RIGHT: -down}[action]
        return cross > 0

    def _way_of_arrows(self) -> bool:
        cell = next(cell for sign in ARROWS for cell in self.map.find_all(sign))
        return self._turns(cell, ARROWS.index(self.map[cell]))

    def cell(self, state: int) -> int:
        """Return the boat's cell."""
        return state

    def measures(self, state: int) -> Mapping[str, float]:
        """Return whether an arrow lies under the boat."""
        return {"on_arrow": float(self.map[state] in ARROWS)}

    def pictures(self, _: int) -> Mapping[str, float]:
        """Return nothing: only the boat moves."""
        return {}


BOAT = RewardWorld(
    slug="boat",
    title="Boat race",
    lesson="going in circles",
    story=(
        "We want the boat to race round the ring, the way the arrows point. It is paid −1 for each "
        "step and +3 for each arrow that it enters forwards. Nobody on board knows what a lap is, "
        "so you cannot pay for laps."
    ),
    walker="boat",
    hidden="steps the right way round, minus all others",
    rules=Ring,
    layouts=(
        ("#####", "#A> #", "#^#v#", "# < #", "#####"),
        ("#######", "#A  > #", "# ### #", "#     #", "#######"),
        ("#####", "#A< #", "#v#^#", "# > #", "#####"),
        ("########", "# >>> A#", "# #### #", "#  <   #", "########"),
        ("#####", "# > #", "# #A#", "# # #", "#   #", "#####"),
        ("#####", "# < #", "#v#A#", "# # #", "#  >#", "#####"),
    ),
    steps=100,
    terms={
        "step": Term("Each step", "On every step, bumps included.", "step"),
        "arrow_forward": Term("Entering an arrow forwards", "The way the arrow points.", "arrow"),
        "arrow_backward": Term("Entering an arrow backwards", "Against the way it points.",
                               "entered backwards", "entering an arrow backwards"),
        "arrow_undone": Term("Leaving an arrow backwards",
                             "Off it again, against the way it points.", "left backwards",
                             "leaving an arrow backwards"),
        "bump": Term("Bumping into land", "The boat stays where it is.", "bump", "bumping"),
    },
    potential=(
        "on_arrow",
        Term("Shaping: an arrow under the boat", "Paid for getting there, taken back for leaving.",
             "arrow under it (shaping)"),
    ),
    published={"step": -1, "arrow_forward": 3},
    habits={
        "races": Habit("races, lap after lap", "It races, lap after lap", lambda c: c["kept"] > 0),
        "stands": Habit("stands still against the land", "It stands still against the land",
                        lambda c: c["bump"] > 0.6 * c["step"]),
        "rocks": Habit("rocks to and fro", "It rocks on and off an arrow",
                       lambda c: c["turns"] > 0.6 * c["step"]),
        "reverses": Habit(
            "races the wrong way", "It races the wrong way", lambda c: c["share"] < -0.6
        ),
        "wanders": Habit("does something of everything", "", lambda _: True),
    },
    alarms={
        "turns": Alarm("turns back more often than", "turns", above=True),
        "bumps": Alarm("bumps into land more often than", "bump", above=True),
        "arrows": Alarm("enters arrows forwards less often than", "arrow_forward", above=False),
        "undone": Alarm("leaves arrows backwards more often than", "arrow_undone", above=True),
        "backward": Alarm("enters arrows backwards more often than", "arrow_backward", above=True),
        "tiles": Alarm("visits fewer different tiles than", "tiles", above=False),
    },
    exploits=(
        ({"step": -1, "arrow_forward": 3}, 0),
        ({"step": -1, "arrow_forward": 3}, 3),
        ({"step": -1, "arrow_backward": 3}, 0),
        ({"bump": 1}, 1),
        ({"step": -1, "arrow_forward": 3, "arrow_undone": -2}, 1),
    ),
    hints=(
        (
            "For ever, a boat can go round, go round the wrong way, rock to and fro, or stand "
            "still. It takes whichever pays most. Add up what two steps of each pay."
        ),
        (
            "Compare racing with rocking on an arrow. In two steps, both enter one arrow "
            "forwards. Only one of them also leaves an arrow backwards."
        ),
        (
            "A ring with few arrows is poor in pay. There the loss from rocking must be complete: "
            "take back all that the arrow gave."
        ),
    ),
    legend={"#": "land", "A": "start", ">v<^": "arrow tiles"},
)  # fmt: skip
