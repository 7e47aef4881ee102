"""Read the families from the TOML beside this module, and refuse what does not hold together."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from proxygap.errors import ContentError
from proxygap.simulations._replies.world import FLAGS, KINDS, Family, Prompt, Reply, World

ORDER = ("shop", "kitchen", "library", "lockers", "computers", "garden", "tutor")
REPLIES, LONGEST = 8, 240
ALWAYS = {"good", "curt", "padded", "flattering", "refusal", "bare"}
"""The kinds that every prompt has; a disallowed one has a breach as well."""

_FAMILY = {"title": str, "assistant": str, "rules": dict, "prompt": list}
_PROMPT = {"id": str, "text": str, "claim": str, "claim_right": bool, "good": str, "reply": list}
_PROMPT_ALSO = {"rule": str, "borderline": bool}
_REPLY = {"kind": str, "text": str, "is": list, "courtesy": int, "truth": float, "why": str}


_TOML = {
    str: "string in quotes", bool: "true or false", int: "whole number",
    float: "number with a decimal point", list: "array", dict: "table",
}  # fmt: skip


class _Place(NamedTuple):
    """Where an entry stands, for the message if it is wrong."""

    file: Path
    text: str
    entry: str

    def error(self, message: str) -> ContentError:
        """Return the error, at the line where the entry begins."""
        quoted = f'"{self.entry.partition(".")[0]}"'
        lines = enumerate(self.text.splitlines(), start=1)
        line = next((number for number, text in lines if quoted in text), 1)
        return ContentError(f"{self.entry}: {message}", file=self.file, line=line)


@cache
def load() -> World:
    """Return the shared world: seven families, 40 prompts, eight replies to each."""
    families: list[Family] = []
    prompts: list[Prompt] = []
    for slug in ORDER:
        file = resources.files(__package__) / "families" / f"{slug}.toml"
        family, asked = read_family(file.read_text(encoding="utf-8"), Path(f"{slug}.toml"))
        families.append(family)
        prompts += asked
    return World(tuple(families), tuple(prompts))


def read_family(text: str, file: Path) -> tuple[Family, tuple[Prompt, ...]]:
    """Read one family.

    Parameters
    ----------
    text : str
        The TOML.
    file : Path
        Its name, for messages; the stem is the family's slug.

    Raises
    ------
    ContentError
        If anything is missing, unknown, too long or contradictory. The message names the file, the
        line and the entry.
    """
    slug = file.stem
    place = _Place(file, text, slug)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise place.error(f"this is not TOML: {error}") from error
    _keys(place, data, needed=_FAMILY)
    family = Family(slug, data["title"], data["assistant"], data["rules"])
    prompts = tuple(_prompt(place, family, each) for each in data["prompt"])
    names = [prompt.id for prompt in prompts]
    for name in names:
        if names.count(name) > 1:
            raise place._replace(entry=name).error("two prompts have this id; give one another.")
    return family, prompts


def _prompt(place: _Place, family: Family, given: Mapping[str, Any]) -> Prompt:
    here = place._replace(entry=str(given.get("id", family.slug)))
    _keys(here, given, needed=_PROMPT, also=_PROMPT_ALSO)
    rule, borderline = given.get("rule", ""), given.get("borderline", False)
    if not given["id"].startswith(f"{family.slug}-"):
        raise here.error(f"a prompt of this file is called '{family.slug}-…'.")
    if rule and rule not in family.rules:
        raise here.error(f"no rule is called '{rule}'. Rules: {', '.join(family.rules)}.")
    if rule and borderline:
        raise here.error("it is either borderline or forbidden by a rule, not both.")
    replies = tuple(_reply(here, each) for each in given["reply"])
    _check_kinds(here, [reply.kind for reply in replies], disallowed=bool(rule))
    for reply in replies:
        for message in contradictions(reply, bool(rule), given["claim_right"]):
            raise here._replace(entry=f"{given['id']}.{reply.kind}").error(message)
    plain = {key: given[key] for key in ("id", "text", "claim", "claim_right", "good")}
    shuffled = sorted(replies, key=lambda reply: zlib.crc32(f"{given['id']}.{reply.kind}".encode()))
    return Prompt(
        **plain, family=family.slug, rule=rule, borderline=borderline, replies=tuple(shuffled)
    )


def _reply(place: _Place, given: Mapping[str, Any]) -> Reply:
    here = place._replace(entry=f"{place.entry}.{given.get('kind', 'reply')}")
    _keys(here, given, needed=_REPLY)
    if given["kind"] not in KINDS:
        raise here.error(f"no such kind. Kinds: {', '.join(KINDS)}.")
    if unknown := set(given["is"]) - set(FLAGS):
        raise here.error(f"no such mark: {', '.join(unknown)}. Marks: {', '.join(FLAGS)}.")
    if len(given["text"]) > LONGEST:
        raise here.error(f"{len(given['text'])} characters; at most {LONGEST} are allowed.")
    if given["courtesy"] not in (0, 1, 2):
        raise here.error("courtesy is 0, 1 or 2.")
    if not -1 <= given["truth"] <= 1:
        raise here.error("truth lies between −1 and 1.")
    own = {key: given[key] for key in ("kind", "text", "courtesy", "truth", "why")}
    marks: dict[str, Any] = {flag: flag in given["is"] for flag in FLAGS}
    return Reply(**own, **marks)


def _check_kinds(place: _Place, kinds: list[str], *, disallowed: bool) -> None:
    needed = ALWAYS | ({"breach"} if disallowed else set())
    if missing := needed - set(kinds):
        raise place.error(f"it needs a reply of each of these kinds: {', '.join(sorted(missing))}.")
    if len(kinds) != REPLIES or len(set(kinds)) != REPLIES:
        raise place.error(f"it needs {REPLIES} replies of {REPLIES} different kinds: {kinds}.")


def contradictions(reply: Reply, disallowed: bool, claim_right: bool) -> Iterator[str]:
    """Yield what about a reply cannot be.

    Parameters
    ----------
    reply : Reply
        The reply.
    disallowed : bool
        Whether its prompt asks for what a rule forbids.
    claim_right : bool
        Whether the user of its prompt is right.
    """
    if reply.refuses and reply.complete:
        yield "a reply that refuses does not do what was asked: it cannot be complete."
    if reply.explains_refusal and not reply.refuses:
        yield "it explains a refusal and does not refuse."
    if reply.breaks_rule and not disallowed:
        yield "it breaks a rule, and no rule forbids what this prompt asks."
    if reply.breaks_rule and reply.refuses:
        yield "it breaks the rule and refuses to."
    if reply.breaks_rule and reply.truth > 0:
        yield "it breaks the rule, so that its truth is at most 0."
    if reply.correct and reply.agrees_with_user and not claim_right:
        yield "it is correct and agrees with a claim that is wrong."
    if reply.refuses and reply.correct and not (reply.explains_refusal and disallowed):
        yield "a refusal is correct if the reason that it gives is a rule; here none is."
    if disallowed and reply.complete and not reply.breaks_rule:
        yield "it does all that a rule forbids, and is not marked as breaking it."


def _keys(
    place: _Place,
    given: Mapping[str, Any],
    *,
    needed: Mapping[str, type],
    also: Mapping[str, type] = MappingProxyType({}),
) -> None:
    known = {**needed, **also}
    if missing := sorted(set(needed) - set(given)):
        raise place.error(f"missing: {', '.join(missing)}.")
    if unknown := sorted(set(given) - set(known)):
        raise place.error(f"unknown: {', '.join(unknown)}. Allowed: {', '.join(known)}.")
    for key, value in given.items():
        if type(value) is not known[key]:
            raise place.error(f"{key} is {value!r}, and must be a TOML {_TOML[known[key]]}.")
