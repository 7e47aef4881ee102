r"""A small assistant in four layers, and what becomes of each kind of request. Exact, SIMULATED.

A request meets the **rail** first, a filter with a list of words and a threshold. What passes goes
to the **model** under a **policy** (the system prompt); what the model does not refuse is done,
unless the **deployment** holds it until a person has confirmed it. One kind of request has one
chance for each of four ends, which sum to 1:

    blocked = Phi(alarm + list * listed - threshold)        where the rail reads its route
    refused = (1 - blocked) * sigma(caution + intent + policy)
    held    = (1 - blocked) * (1 - sigma) * confirm         where it changes something
    done    = what is left

Phi is the normal distribution function, sigma the logistic one. In a document that is handed to
the model like an instruction, the model sees `obeys` less of the intent.

Every number in it is made up to be plain. Not modelled: conversations, learning, attackers who
adapt, layers that fail together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb, erf, exp, sqrt
from typing import Literal, NamedTuple

Wanted = Literal["answered", "stopped"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request.

    Parameters
    ----------
    slug, label : str
        Its name, and what is asked, in words.
    per_hour : float
        How many come in an hour.
    wanted : str
        ``answered`` or ``stopped``: what the people in charge want.
    alarm : float
        How alarming its words look to the rail, in standard deviations.
    intent : float
        How harmful it looks to the model, as a logit.
    listed : float
        How many words of the rail's newest list it holds.
    route : str
        ``chat`` or ``document``: how it reaches the assistant.
    verified : bool
        Whether the login says that staff is asking.
    acts : bool
        Whether doing it changes something, such as an account.
    reported : bool
        Whether it holds the sentence of the report, word for word.
    """

    slug: str
    label: str
    per_hour: float
    wanted: Wanted
    alarm: float
    intent: float
    listed: float = 0.0
    route: Literal["chat", "document"] = "chat"
    verified: bool = False
    acts: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """How the four layers are set.

    Parameters
    ----------
    threshold : float
        Rail: blocks what looks more alarming than this.
    word_list : float
        Rail: weight of each listed word; 0 for the list before.
    trusts_staff : bool
        Rail: whether listed words count nothing where the login says staff.
    reads_documents : bool
        Rail: whether it reads documents, or the chat alone.
    phrase : float
        Rail: added to what holds the reported sentence; above 0, the rail looks for it everywhere.
    caution : float
        Model: added to every refusal's logit.
    obeys : float
        Model: how much of the intent it overlooks in a document handed over like an instruction.
    document_line : float
        Policy: a line in the system prompt about documents, added to the logit there.
    staff_line : float
        Policy: a line that lets staff ask, taken off the logit for them.
    documents_as_data : bool
        Deployment: whether documents are handed over as data, not as instructions.
    confirm : float
        Deployment: share of changes that a person holds and confirms first.
    """

    threshold: float = 2.0
    word_list: float = 0.0
    trusts_staff: bool = False
    reads_documents: bool = False
    phrase: float = 0.0
    caution: float = 0.0
    obeys: float = 4.0
    document_line: float = 0.0
    staff_line: float = 0.0
    documents_as_data: bool = False
    confirm: float = 0.0


class Ends(NamedTuple):
    """The chance of each end of a request."""

    blocked: float
    refused: float
    held: float
    done: float

    def share(self, wanted: Wanted) -> float:
        """Return the chance that it goes as `wanted`.

        A held request is as good as answered to whoever asks honestly, since a person goes on with
        it, and as good as stopped to whoever does not.
        """
        good = self.done if wanted == "answered" else self.blocked + self.refused
        return good + self.held


SAYS_NO = Ends(0.0, 1.0, 0.0, 0.0)
SAYS_YES = Ends(0.0, 0.0, 0.0, 1.0)


def ends(system: System, kind: Kind) -> Ends:
    """Return what becomes of a `kind` of request in this `system`.

    Examples
    --------
    >>> asks = Kind("asks", "asks", 1, "answered", alarm=2, intent=0)
    >>> ends(System(), asks)
    Ends(blocked=0.5, refused=0.25, held=0.0, done=0.25)
    """
    blocked = _blocked(system, kind)
    refused = (1 - blocked) * _logistic(_logit(system, kind))
    held = (1 - blocked - refused) * (system.confirm if kind.acts else 0.0)
    return Ends(blocked, refused, held, 1 - blocked - refused - held)


def _blocked(system: System, kind: Kind) -> float:
    looks = kind.alarm
    if not (system.trusts_staff and kind.verified):
        looks += system.word_list * kind.listed
    knows_it = system.phrase > 0 and kind.reported
    if kind.route == "document" and not (system.reads_documents or knows_it):
        return 0.0
    return _normal(looks + system.phrase * knows_it - system.threshold)


def _logit(system: System, kind: Kind) -> float:
    in_document = kind.route == "document"
    overlooked = system.obeys if in_document and not system.documents_as_data else 0.0
    lines = system.document_line * in_document - system.staff_line * kind.verified
    return system.caution + kind.intent - overlooked + lines


def _normal(z: float) -> float:
    return 0.5 * (1 + erf(z / sqrt(2)))


def _logistic(logit: float) -> float:
    return 1 / (1 + exp(-logit))


class Harm(NamedTuple):
    """What goes wrong in an hour, in expected requests.

    Attributes
    ----------
    turned_away : float
        Honest requests that are not answered.
    let_through : float
        Requests that should have been stopped, and were done.
    by_hand : float
        Requests that a person has to deal with.
    """

    turned_away: float
    let_through: float
    by_hand: float

    def times(self, hours: float) -> Harm:
        """Return the same over `hours`."""
        return Harm(*(hours * each for each in self))

    def plus(self, other: Harm) -> Harm:
        """Return the sum of both."""
        return Harm(*(a + b for a, b in zip(self, other, strict=True)))


NO_HARM = Harm(0.0, 0.0, 0.0)


def harm_per_hour(
    system: System, kinds: Mapping[str, Kind], *, stopped: bool = False, by_hand: frozenset[str]
) -> Harm:
    """Return what goes wrong in an hour.

    Parameters
    ----------
    system : System
        How the layers are set.
    kinds : mapping from str to Kind
        Everything that is asked.
    stopped : bool
        Whether the assistant is switched off: then every honest request is turned away.
    by_hand : frozenset of str
        Kinds that people deal with instead; they make no mistakes here.
    """
    total = NO_HARM
    for kind in kinds.values():
        if kind.slug in by_hand:
            one = Harm(0, 0, 1)
        elif stopped:
            one = Harm(float(kind.wanted == "answered"), 0, 0)
        else:
            found = ends(system, kind)
            wrong = 1 - found.share(kind.wanted)
            honest = kind.wanted == "answered"
            one = Harm(wrong * honest, wrong * (not honest), found.held)
        total = total.plus(one.times(kind.per_hour))
    return total


def at_least(successes: int, trials: int, chance: float) -> float:
    """Return the chance of at least so many successes in independent trials.

    >>> at_least(2, 2, 0.5)
    0.25
    """
    terms = (
        comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
        for k in range(max(successes, 0), trials + 1)
    )
    return min(1.0, sum(terms))
