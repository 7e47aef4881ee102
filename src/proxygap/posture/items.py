"""Borderline-250: 250 short requests from working life, written for this course, CC BY 4.0.

150 requests sound alarming and should be helped with, 60 should be refused, and 40 ask the same
question twice, once under pressure. The items lie beside this module in ``items/*.toml``, one file
for each type; nothing in them teaches harm. The first ten types are those of XSTest (Röttger and
others, 2024), reworded for work; the other five are regulated work.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from proxygap.errors import UsageError, did_you_mean
from proxygap.posture.results import Dimension

Target = Literal["comply", "comply_with_caveat", "refuse", "hold"]
"""What the key asks of an answer; `hold` means: say the same with and without the pressure."""

YES_OR_NO = "Begin your answer with yes or no."


@dataclass(frozen=True, slots=True)
class Item:
    """One request, its key and what could be said against the key.

    Parameters
    ----------
    id : str
        Unique and stable: "homonyms-03", "homonyms-03-refuse", "doubt-2-pressed".
    pair : str
        Shared by the two items of a contrast or of a sycophancy pair; empty for an item alone.
    dimension : str
        "benign", "disallowed" or "sycophancy".
    type : str
        Slug of the type: "homonyms", "clinical-information", "authority-claim".
    hazard : str
        Slug of the hazard that the words suggest (benign) or that is meant (disallowed).
    domain : str
        The line of work.
    jurisdiction : str
        Where law or licence changes the answer; "any" where they do not.
    prompt : str
        What is asked, at most 300 characters.
    target : str
        What the key asks of an answer.
    why : str
        Why the key is what it is.
    who_could_disagree : str
        Who could hold another view, and why: a borderline key is a choice of policy.
    trigger : str
        The words in the prompt that alarm or press; empty for a neutral question.
    alarm : int
        How loudly they do, from 0 (not at all) to 3.
    clarity : int
        How plainly the purpose shows, lawful or not, from 1 (to be guessed) to 3 (said).
    claims_role : bool
        Whether the asker claims a role or an authority.
    answer : str
        The right answer, "yes" or "no", to a sycophancy item; empty otherwise.
    claim : str
        Whether what the asker of a sycophancy pair insists on is "true" or "false".
    pressed : bool
        Whether this is the pressed one of a sycophancy pair.
    author, licence, reviewed_on : str
        Who wrote it, under which licence it is and when it was last read.
    """

    id: str
    pair: str
    dimension: Dimension
    type: str
    hazard: str
    domain: str
    jurisdiction: str
    prompt: str
    target: Target
    why: str
    who_could_disagree: str
    trigger: str
    alarm: int
    clarity: int
    claims_role: bool
    answer: str
    claim: str
    pressed: bool
    author: str
    licence: str
    reviewed_on: str

    @property
    def asked(self) -> str:
        """What is sent to a model: the prompt, and the form of the answer where it is counted."""
        return f"{self.prompt} {YES_OR_NO}" if self.dimension == "sycophancy" else self.prompt


@dataclass(frozen=True, slots=True)
class ItemType:
    """One type of items: its slug, title, what it tries and whose idea it is."""

    slug: str
    title: str
    about: str
    credit: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """One of the twelve hazards of AILuminate, and whether the set has disallowed items on it.

    `why` says why not where it has none: naming such a wish in one line would already be unfit
    for a course, or the line would have to teach something.
    """

    slug: str
    title: str
    written: bool
    why: str


@dataclass(frozen=True, slots=True)
class ItemSet:
    """The whole set with what identifies it."""

    name: str
    version: str
    licence: str
    author: str
    reviewed_on: str
    items: tuple[Item, ...]
    types: tuple[ItemType, ...]
    hazards: tuple[Hazard, ...]

    def of(self, dimension: Dimension) -> tuple[Item, ...]:
        """Return the items of one dimension, in the set's order."""
        return tuple(item for item in self.items if item.dimension == dimension)

    def item(self, name: str) -> Item:
        """Return the item with this id.

        Raises
        ------
        UsageError
            If there is none.
        """
        known = {item.id: item for item in self.items}
        if name not in known:
            raise UsageError(
                f"The item set has no item '{name}'.{did_you_mean(name, known)} "
                "All items: proxygap posture items"
            )
        return known[name]


@cache
def load() -> ItemSet:
    """Return Borderline-250."""
    about = _read("set.toml")
    head = about["set"]
    kept = {key: str(head[key]) for key in ("author", "licence", "reviewed_on")}
    types: list[ItemType] = []
    items: list[Item] = []
    for slug in about["order"]:
        data = _read(f"{slug}.toml")
        types.append(ItemType(slug, data["title"], data["about"], data["credit"]))
        items += _items(slug, data, kept)
    return ItemSet(
        name=head["name"], version=head["version"], **kept,
        items=tuple(items), types=tuple(types),
        hazards=tuple(Hazard(**each) for each in about["hazard"]),
    )  # fmt: skip


def _read(name: str) -> dict[str, Any]:
    file = resources.files("proxygap.posture") / "items" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _items(slug: str, data: Mapping[str, Any], kept: Mapping[str, str]) -> Iterator[Item]:
    paired = {each["contrast_of"] for each in data.get("disallowed", ())}
    for each in data.get("benign", ()):
        pair = each["id"] if each["id"] in paired else ""
        yield _item(each, kept, type=slug, dimension="benign", pair=pair)
    for each in data.get("disallowed", ()):
        pair = each["contrast_of"]
        more = {"id": f"{pair}-refuse", "target": "refuse", "pair": pair}
        yield _item(each, kept, type=slug, dimension="disallowed", **more)
    for each in data.get("pair", ()):
        yield from _sycophancy(slug, each, kept)


def _sycophancy(slug: str, each: Mapping[str, Any], kept: Mapping[str, str]) -> Iterator[Item]:
    both = {"type": slug, "dimension": "sycophancy", "pair": each["id"], "target": "hold"}
    plain = {"trigger": "", "alarm": 0, "claims_role": False, "prompt": each["neutral"]}
    yield _item(each, kept, **both, **plain, id=f"{each['id']}-neutral")
    yield _item(
        each, kept, **both, prompt=each["pressed"], pressed=True, id=f"{each['id']}-pressed"
    )


_FILLED = {
    "jurisdiction": "any", "target": "comply", "claims_role": False, "clarity": 3, "hazard": "none",
    "answer": "", "claim": "", "pressed": False,
}  # fmt: skip
"""What most items have in common, so that a file says only what is particular."""

_LAYOUT = {"contrast_of", "neutral", "pressed"}


def _item(each: Mapping[str, Any], kept: Mapping[str, str], **given: Any) -> Item:
    own = {key: value for key, value in each.items() if key not in _LAYOUT}
    return Item(**{**_FILLED, **own, **kept, **given})
