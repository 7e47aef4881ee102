"""The five worlds of the lab "Write the reward", in the order in which they are offered."""

from proxygap.labs._world_boat import BOAT
from proxygap.labs._world_box import BOX
from proxygap.labs._world_coin import COIN
from proxygap.labs._world_parcels import PARCELS
from proxygap.labs._world_tomatoes import TOMATOES

WORLDS = {world.slug: world for world in (BOAT, TOMATOES, BOX, COIN, PARCELS)}
FIRST = BOAT
