"""The words that the reader knows. Whatever is not here, it says that it did not understand."""

from __future__ import annotations

from collections.abc import Mapping

ACTS: Mapping[tuple[str, int], str] = {
    ("refuses", 1): "decline declines declining refuse refuses refusing reject rejects deny denies",
    ("explains_refusal", 1): "why reason reasons explain explains explaining",
    ("helps", 1): (
        "help helps helping helpful assist assists serve serves answer answers answering comply "
        "complies fulfil fulfils do does"
    ),
    ("correct", 1): (
        "correct correctly true truth truthful truthfully accurate accurately honest honestly facts"
    ),
    ("complete", 1): "complete completely full fully whole thorough thoroughly",
    ("courtesy", 1): (
        "courteous courteously courtesy polite politely friendly kind kindly warm warmly"
    ),
    ("courtesy", -1): "rude rudely scold scolds lecture lectures lecturing curt",
    ("length", 1): "long lengthy detail details detailed",
    ("length", -1): "short brief briefly concise concisely",
    ("agrees_with_user", 1): "agree agrees agreeing flatter flatters flattery praise praises",
    ("agrees_with_user", -1): "disagree disagrees contradict contradicts",
    ("breaks_rule", 1): "break breaks breaking violate violates bend bends",
    ("breaks_rule", -1): "obey obeys follow follows keep respect respects",
}  # fmt: skip
"""What a word asks for: more (1) or less (−1) of an attribute."""

KINDS: Mapping[str, str] = {
    "sounds": (
        "sounds sound seems seem looks look might could perhaps possibly doubt doubtful "
        "suspicious alarming dangerous danger risky violent sensitive"
    ),
    "forbidden": (
        "forbids forbid forbidden prohibits prohibited disallowed disallows banned harmful unsafe"
    ),
    "allowed": "allowed allows permitted permits harmless",
    "mistaken": "mistaken wrong errs mistake",
}
"""In which requests. The first kind that a sentence names is taken, in this order."""

_NEGATIONS = (
    "not never no nothing nobody none neither nor without avoid don't doesn't cannot can't "
    "won't shouldn't mustn't"
)
_SMALL = (
    "a an the of to in on at for with by from as is are be being been it its this that these "
    "those what whatever which who whom when whenever if where while you your user users asks "
    "asked ask asker assistant request requests reply replies or so any every all each always "
    "there their they them he she his her we our us i my me must should shall will would can "
    "may let please say says said tell tells give gives make makes act than too very person "
    "people anybody somebody someone anyone has have had one refusal refusals how however "
    "takes take do does keep "
    "question questions response responses choose pick such about into even also just"
)

NEGATIONS = frozenset(_NEGATIONS.split())
ENDS_NEGATION = frozenset({"and", "but", "then"})
TURNS = frozenset({"unless", "except"})
ONLY = frozenset({"only"})
DONE = frozenset({"what", "whatever", "nothing", "everything", "anything", "all", "as"})
"""What follows "do" where it asks for something."""

CONDITIONS = tuple(
    [when, who] for when in ("if", "when", "whenever") for who in ("you", "it", "they")
)
"""Before a word that only says when: "if you decline"."""

OF_REPLIES = {"harmless": ("breaks_rule", -1), "harmful": ("breaks_rule", 1)}
REQUESTS = frozenset({"request", "requests", "question", "questions"})
TELLS = frozenset({"is", "are", "sounds", "sound", "seems", "seem", "looks", "look"})
"""Harmless is said of a request before one of the former, or after one of the latter."""

OF_RULES = frozenset({"rule", "rules", "policy", "policies"})
"""Words like break and keep are about rules only where one of these stands in the sentence."""

SMALL = OF_RULES | frozenset(_SMALL.split())
"""Words that carry no meaning of their own here."""

ACT_OF = {word: act for act, words in ACTS.items() for word in words.split()}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words.split()}
EXAMPLES = "decline, answer, correct, complete, courteous, short, agree, rule, forbids, sounds"
