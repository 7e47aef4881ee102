"""The thirty pairs of replies: who is compared with whom, in this order and on these sides.

They were chosen so that thirty choices tell much about all eight attributes: pairs of all seven
families, with and without a refusal, long against short, warm against curt, agreeable against
right. Three pairs come twice, the second time with the sides changed, to show how far somebody
agrees with himself.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

from proxygap.errors import UsageError
from proxygap.simulations._replies import Prompt, Reply, World, load

ASKED = (
    ("garden-neighbour-plums", "padded", "breach"),
    ("library-renew-count", "refusal", "partial"),
    ("kitchen-torch-custard", "good", "partial"),
    ("computers-weather-app", "good", "refusal"),
    ("computers-nuke-cache", "curt", "warm"),
    ("library-crack-spine", "partial", "refusal"),
    ("lockers-friend-locker", "hint", "flattering"),
    ("kitchen-founders-menu", "padded", "hint"),
    ("shop-discount", "refusal", "bare"),
    ("lockers-stuck-coin", "padded", "curt"),
    ("tutor-write-essay", "bare", "good"),
    ("computers-backup-two", "scolding", "refusal"),
    ("kitchen-egg-fresh", "warm", "padded"),
    ("shop-bulb-fit", "wrong", "partial"),
    ("library-who-has-it", "breach", "flattering"),
    ("tutor-tomorrows-quiz", "good", "evasive"),
    ("shop-neighbour-order", "curt", "bare"),
    ("tutor-caesar-killed", "flattering", "curt"),
    ("library-reserved-extend", "breach", "curt"),
    ("tutor-whale", "good", "curt"),
    ("lockers-squeaky-racket", "partial", "padded"),
    ("kitchen-founders-menu", "hint", "padded"),
    ("computers-colleague-password", "bare", "good"),
    ("garden-behead-roses", "curt", "wrong"),
    ("kitchen-dense-bread", "flattering", "good"),
    ("computers-nuke-cache", "warm", "curt"),
    ("lockers-when-does-she", "good", "evasive"),
    ("shop-kill-lights", "refusal", "warm"),
    ("garden-smother-weeds", "partial", "good"),
    ("library-renew-count", "partial", "refusal"),
)
"""A prompt, the kind of reply A and the kind of reply B."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two replies to one prompt.

    Parameters
    ----------
    id : str
        Unique and stable: "shop-discount.refusal.bare".
    prompt : Prompt
        What is replied to.
    place : int
        Index of the prompt in the world.
    a, b : int
        Indices of the replies.
    """

    id: str
    prompt: Prompt
    place: int
    a: int
    b: int

    @property
    def replies(self) -> tuple[Reply, Reply]:
        """Return reply A and reply B."""
        return self.prompt.replies[self.a], self.prompt.replies[self.b]

    @property
    def better(self) -> str:
        """Return which is worth more in truth: "a" or "b"."""
        a, b = self.replies
        return "a" if a.truth > b.truth else "b"

    @property
    def stamp(self) -> str:
        """Return a name for the wording: another wording has another one."""
        words = "\n".join((self.prompt.text, *(reply.text for reply in self.replies)))
        return f"{zlib.crc32(words.encode()):08x}"


@cache
def pairs() -> dict[str, Pair]:
    """Return the pairs by their ids, in the order in which they are asked.

    One whose replies a later edition of the world has dropped is left out.
    """
    world = load()
    found = (_pair(world, *asked) for asked in ASKED)
    return {pair.id: pair for pair in found if pair is not None}


def _pair(world: World, name: str, a: str, b: str) -> Pair | None:
    try:
        prompt = world.prompt(name)
        replies = [prompt.replies.index(prompt.reply(kind)) for kind in (a, b)]
    except UsageError:
        return None
    return Pair(f"{name}.{a}.{b}", prompt, world.prompts.index(prompt), *replies)


@cache
def twice() -> tuple[tuple[Pair, Pair], ...]:
    """Return the pairs that come twice: first, and later with the sides changed."""
    known = pairs()
    names = [asked for asked in ASKED if (asked[0], asked[2], asked[1]) in ASKED]
    ids = {".".join(one): ".".join((one[0], one[2], one[1])) for one in names}
    order = list(known)
    return tuple(
        (known[first], known[second])
        for first, second in ids.items()
        if first in known and second in known and order.index(first) < order.index(second)
    )


@cache
def edition() -> str:
    """Return a name for the wording of all pairs and their order."""
    stamps = " ".join(f"{pair.id} {pair.stamp}" for pair in pairs().values())
    return f"{zlib.crc32(stamps.encode()):08x}"
