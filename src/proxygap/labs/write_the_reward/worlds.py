"""The five worlds of the lab "Write the reward", in the order in which they are offered."""

from proxygap.labs.write_the_reward.world_boat import BOAT
from proxygap.labs.write_the_reward.world_box import BOX
from proxygap.labs.write_the_reward.world_coin import COIN
from proxygap.labs.write_the_reward.world_parcels import PARCELS
from proxygap.labs.write_the_reward.world_tomatoes import TOMATOES

WORLDS = {world.slug: world for world in (BOAT, TOMATOES, BOX, COIN, PARCELS)}
FIRST = BOAT
