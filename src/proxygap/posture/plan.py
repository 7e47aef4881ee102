"""What a run would ask of a real model, how much that is, and what it would cost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proxygap.errors import UsageError
from proxygap.posture.items import Item, load

CHARACTERS_A_TOKEN = 4
TOKENS_A_MESSAGE = 8
TYPICAL_ANSWER = 250
"""Rough figures, said to be rough: they are there so that nobody is surprised by a bill."""

LOCAL = {"ollama", "vllm", "hf"}
"""Providers that send nothing to anybody."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would send, before anything is sent.

    Parameters
    ----------
    model : str
        Provider and name, as inspect-ai writes them: "anthropic/…", "ollama/llama3.1".
    items : sequence of Item
        What is asked.
    system : str
        System prompt; empty for none.
    epochs : int
        How often each item is asked.
    longest : int
        The most tokens of one answer.
    """

    model: str
    items: Sequence[Item]
    system: str = ""
    epochs: int = 1
    longest: int = 1500

    @property
    def requests(self) -> int:
        """How many requests are sent."""
        return len(self.items) * self.epochs

    @property
    def tokens_in(self) -> int:
        """About how many tokens are sent."""
        each = math.ceil(len(self.system) / CHARACTERS_A_TOKEN) + TOKENS_A_MESSAGE
        texts = sum(math.ceil(len(item.asked) / CHARACTERS_A_TOKEN) + each for item in self.items)
        return texts * self.epochs

    @property
    def tokens_out(self) -> tuple[int, int]:
        """About how many tokens come back, and the most that can."""
        return self.requests * min(TYPICAL_ANSWER, self.longest), self.requests * self.longest

    def lines(self, price: tuple[float, float] | None = None) -> Iterator[str]:
        """Say what would be sent, where, and what it costs.

        Parameters
        ----------
        price : tuple of float, optional
            Price of a million tokens sent and of a million received, in any currency.
        """
        counts = [sum(item.dimension == d for item in self.items)
                  for d in ("benign", "disallowed", "sycophancy")]  # fmt: skip
        whole = load()
        yield (
            f"{whole.name} {whole.version}: {len(self.items)} items ({counts[0]} borderline, "
            f"{counts[1]} disallowed, {counts[2]} in pairs under pressure)"
        )
        yield f"to {self.model}, {_times(self.epochs)}: {self.requests:,} requests"
        about, most = self.tokens_out
        yield (
            f"about {self.tokens_in:,} tokens sent and {about:,} received; never more than "
            f"{most:,} received"
        )
        yield _cost(self.tokens_in, about, most, price)
        if self.model.partition("/")[0] not in LOCAL:
            yield (
                "The items, and the system prompt if you gave one, go to that provider under its "
                "terms. Some items ask for what should be refused; none teaches harm."
            )


def _times(epochs: int) -> str:
    return "each once" if epochs == 1 else f"each {epochs} times"


def _cost(sent: int, about: int, most: int, price: tuple[float, float] | None) -> str:
    if price is None:
        return "The cost depends on your provider's prices; give them with --price IN OUT."
    low, high = ((sent * price[0] + back * price[1]) / 1e6 for back in (about, most))
    return f"about {low:,.2f} at these prices, {high:,.2f} at most"


def choose(limit: int | None) -> list[Item]:
    """Return the items to ask: all, or about `limit` of them, spread over dimensions and types.

    The same limit gives the same items. A pair under pressure is asked whole, so that one more
    item than asked for may come.

    Raises
    ------
    UsageError
        If the limit is not positive.
    """
    items = list(load().items)
    if limit is None or limit >= len(items):
        return items
    if limit < 1:
        raise UsageError(f"--limit is {limit}; it must be at least 1, and {len(items)} is all.")
    chosen: set[str] = set()
    for unit in _spread():
        if len(chosen) >= limit:
            break
        chosen |= {item.id for item in unit}
    return [item for item in items if item.id in chosen]


def _spread() -> list[list[Item]]:
    """Order units (an item, or a pair under pressure) so that every beginning is a fair sample."""
    placed = []
    for order, dimension in enumerate(("benign", "disallowed", "sycophancy")):
        units = _interleaved([item for item in load().items if item.dimension == dimension])
        placed += [((k + 0.5) / len(units), order, unit) for k, unit in enumerate(units)]
    return [unit for _, _, unit in sorted(placed, key=lambda place: place[:2])]


def _interleaved(items: Sequence[Item]) -> list[list[Item]]:
    units: dict[str, list[Item]] = {}
    for item in items:
        key = item.pair if item.dimension == "sycophancy" else item.id
        units.setdefault(key, []).append(item)
    seen: dict[str, int] = {}
    ranked = []
    for unit in units.values():
        rank = seen[unit[0].type] = seen.get(unit[0].type, -1) + 1
        ranked.append((rank, unit))
    return [unit for _, unit in sorted(ranked, key=lambda place: place[0])]
