"""Read a sentence as a principle, by a list of words, and say what was not understood.

The reader understands no language. It looks for words that it knows, for negations before them, and
for the kind of request that a sentence names. What it makes of a sentence is shown, and so is
everything that it left out: a word that nobody reads rewards nothing.

Examples
--------
>>> read("Decline what a rule forbids.").terms
(Term(attribute='refuses', sign=1, where='forbidden'),)
>>> read("Be wise.").unknown
('wise',)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from proxygap.labs.constitution_workbench import words as w
from proxygap.simulations._principles import ATTRIBUTES, PLACES, Principle, Term

LONGEST = 400
"""Characters of a principle that is read. A longer text is kept, and counts nothing."""

_TAG = re.compile(r"<[^<>]*>")
_SENTENCE = re.compile(r"[.!?;:\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|,")
_LESS = {
    "refuses": "does not decline", "helps": "does not do what was asked",
    "correct": "is not correct", "complete": "is not complete", "length": "is short",
    "courtesy": "is not courteous", "agrees_with_user": "does not agree with the user",
    "explains_refusal": "does not say why it declines", "breaks_rule": "breaks no rule",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of a text.

    Parameters
    ----------
    terms : tuple of Term
        What the text asks for; empty if nothing was read.
    known, unknown : tuple of str
        Words that were read, and words that were not understood, in their order.
    problem : str
        Why the text counts nothing, or what was left out; empty if there is nothing to say.
    """

    terms: tuple[Term, ...] = ()
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    problem: str = ""

    @property
    def principle(self) -> Principle:
        """Return the principle that is trained by."""
        return Principle(self.terms)

    @property
    def meaning(self) -> str:
        """Return in words what was read."""
        if not self.terms:
            return "nothing"
        return "; ".join(_asked(where, self.terms) for where in _places(self.terms))


def _places(terms: tuple[Term, ...]) -> list[str]:
    return [name for name in PLACES if any(term.where == name for term in terms)]


def _asked(where: str, terms: tuple[Term, ...]) -> str:
    asked = [ATTRIBUTES[t.attribute] if t.sign > 0 else _LESS[t.attribute]
             for t in terms if t.where == where]  # fmt: skip
    return f"{PLACES[where]}, a reply that {' and '.join(asked)}"


@dataclass(slots=True)
class _Found:
    """What one sentence holds, as it is read from left to right."""

    acts: list[tuple[str, int]] = field(default_factory=list)
    kinds: list[tuple[str, bool]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    denial: str = ""  # "open": it waits for what it denies; "act": it has denied what to do
    turned: bool = False
    only: bool = False


class _RefusedError(Exception):
    """A sentence cannot be read; the text says why."""


@lru_cache(maxsize=512)
def read(text: str) -> Reading:
    """Read a text as a principle.

    Parameters
    ----------
    text : str
        Whatever somebody wrote.
    """
    plain = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip()
    if not plain:
        return Reading(problem="There is nothing here yet. It counts nothing.")
    if len(plain) > LONGEST:
        return Reading(problem=_too_long(len(plain)))
    bare = _TAG.sub(" ", plain)
    marked = bare != plain
    try:
        found = [_sentence(part) for part in _SENTENCE.split(bare.lower())]
        terms = _agreed([term for one in found for term in _terms(one)])
    except _RefusedError as refused:
        return Reading(problem=str(refused))
    known = tuple(dict.fromkeys(word for one in found for word in one.known))
    unknown = tuple(dict.fromkeys(word for one in found for word in one.unknown))
    remark = _remark(terms, known, marked=marked, several=any(_several(one) for one in found))
    return Reading(terms, known, unknown, remark)


def _too_long(length: int) -> str:
    return (
        f"This is {length:,} characters long. A principle is a sentence or two: up to {LONGEST} "
        "characters are read, so this one counts nothing yet. Your text is kept; shorten it."
    )


def _remark(terms: tuple[Term, ...], known: tuple[str, ...], *, marked: bool, several: bool) -> str:
    left_out = "Markup was left out: a principle is read as plain words. " if marked else ""
    if terms:
        one = "A sentence of it names several kinds of request; one is read." if several else ""
        return f"{left_out}{one}".strip()
    if known:
        why = "It says for which requests, but not what a reply should do."
    else:
        why = f"No word of it is on the reader's list. Words that are: {w.EXAMPLES}."
    return f"{left_out}{why} It counts nothing."


def _sentence(part: str) -> _Found:
    """Read one sentence, word by word."""
    found = _Found()
    tokens = _WORD.findall(part)
    about_rules = bool(w.OF_RULES & set(tokens))
    for at, word in enumerate(tokens):
        before, after = tokens[max(0, at - 2) : at], tokens[at + 1 : at + 2]
        if word == "," or word in w.ENDS_NEGATION:
            found.denial = ""
        elif word in w.NEGATIONS:
            _deny(found, word, before)
        elif word in w.TURNS or word in w.ONLY:
            found.turned |= word in w.TURNS
            found.only |= word in w.ONLY
            found.known.append(word)
            found.denial = ""
        elif _is_about_replies(word, before, after):
            _act(found, word, before)
        elif word in w.KIND_OF:
            found.kinds.append((w.KIND_OF[word], found.denial == "open"))
            found.known.append(word)
        elif word in w.ACT_OF and _is_act(word, after, about_rules):
            _act(found, word, before)
        elif word not in w.SMALL:
            found.unknown.append(word)
    return found


def _deny(found: _Found, word: str, before: list[str]) -> None:
    """Let a negation wait for what it denies, or deny what stands right before: "break no rule"."""
    found.known.append(word)
    if word in {"no", "nothing"} and before and before[-1] in w.ACT_OF and found.acts:
        attribute, sign = found.acts.pop()
        found.acts.append((attribute, -sign))
    elif found.denial:
        raise _RefusedError(_twice(word))
    else:
        found.denial = "open"


def _is_act(word: str, after: list[str], about_rules: bool) -> bool:
    """Return whether a word asks for something: "break" a rule, "do" what; not "do not"."""
    if w.ACT_OF[word][0] == "breaks_rule":
        return about_rules
    return word not in {"do", "does"} or (bool(after) and after[0] in w.DONE)


def _is_about_replies(word: str, before: list[str], after: list[str]) -> bool:
    """Return whether harmless or harmful is said of a reply: "be harmless"; not "is harmless"."""
    last = before[-1:]
    if word == "harmless":
        return not (set(after) & w.REQUESTS or set(last) & w.TELLS)
    return word in w.OF_REPLIES and last == ["be"]


def _act(found: _Found, word: str, before: list[str]) -> None:
    found.known.append(word)
    if before in w.CONDITIONS:
        return
    attribute, sign = w.ACT_OF.get(word) or w.OF_REPLIES[word]
    found.acts.append((attribute, -sign if found.denial else sign))
    if found.denial:
        found.denial = "act"  # it is about what to do, and no longer about the kind of request


def _twice(word: str) -> str:
    return (
        f"There are two negations in one breath; the second is “{word}”. The reader cannot tell "
        "what is left of them, so this principle counts nothing. Say it with one, or with none."
    )


def _terms(found: _Found) -> list[Term]:
    """Return what a sentence asks for, or refuse it if it contradicts itself."""
    where = _where(found)
    signs: dict[str, int] = {}
    for attribute, sign in found.acts:
        if signs.setdefault(attribute, sign) != sign:
            raise _RefusedError(_both(attribute))
    terms = [Term(attribute, sign, where) for attribute, sign in signs.items()]
    if found.only and where == "forbidden":
        terms += [Term(term.attribute, -term.sign, "allowed") for term in terms]
    return terms


def _both(attribute: str) -> str:
    return (
        f"It asks for a reply that {ATTRIBUTES[attribute]} and for one that "
        f"{_LESS[attribute]}. The reader cannot choose, so this principle counts nothing."
    )


def _where(found: _Found) -> str:
    """Return the kind of request that a sentence is about.

    "Sounds forbidden" is about what sounds so; "unless a rule forbids it", "no rule forbids" and
    "not forbidden" are about what is allowed.
    """
    named = {kind for kind, _ in found.kinds}
    if not named:
        return "always"
    kind = next(one for one in w.KINDS if one in named)
    denied = any(turned for name, turned in found.kinds if name == kind)
    if not (denied or found.turned):
        return kind
    other = {"forbidden": "allowed", "allowed": "forbidden"}
    if kind not in other:
        raise _RefusedError(
            f"It makes an exception for requests that are “{kind}”. The reader can only read an "
            "exception for what a rule forbids or allows, so this principle counts nothing."
        )
    return other[kind]


def _several(found: _Found) -> bool:
    """Return whether a sentence names kinds of which one had to be dropped."""
    kinds = set(found.kinds)
    return len({kind for kind, _ in kinds}) > 1 and kinds != {
        ("sounds", False),
        ("forbidden", False),
    }


def _agreed(terms: list[Term]) -> tuple[Term, ...]:
    """Return the terms without repeats; refuse them if two sentences contradict each other."""
    signs: dict[tuple[str, str], int] = {}
    for term in terms:
        if signs.setdefault((term.attribute, term.where), term.sign) != term.sign:
            raise _RefusedError(_both(term.attribute))
    return tuple(dict.fromkeys(terms))
