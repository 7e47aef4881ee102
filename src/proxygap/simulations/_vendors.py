r"""Three vendors of language models that do not exist, and how their models answer.

Each model weighs an item's features into one number, its urge to refuse, and refuses with the
chance :math:`\sigma(z)`:

    z = lean + trigger·w₁ + regulated·w₂ − authority·w₃ ± clarity·w₄ + SHARED·u

where clarity counts towards refusing what is to be refused, and against it elsewhere. `u` belongs
to the item and is the same for every model, so models stumble over the same items. The lean towards
harmless items and the one towards harmful ones are solved for, so that the mean chance over the
given items is the rate that was planted: every expected rate is known exactly.

Each item also has one draw for each vendor, shared by its versions and system prompts. A version
that changes an answer therefore changes it because its chance changed.

The vendors are in `_vendor_profiles`. No real vendor, model or product is meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proxygap.simulations._spec import FloatArray

SHARED = 2.0
"""How much of what makes an item hard is the same for every model."""

HALVINGS = 50
STEEPEST = 40.0  # a lean beyond this changes no chance that a double can tell from 0 or 1

Version = Literal["1", "2"]
Prompt = Literal["bare", "business"]
Setup = tuple[Version, Prompt]
SETUPS: tuple[Setup, ...] = (("1", "bare"), ("1", "business"), ("2", "bare"), ("2", "business"))


@dataclass(frozen=True)
class Features:
    """What the models see of each item.

    Attributes
    ----------
    ids : tuple of str
        One name an item; an item's own difficulty and draws belong to its name.
    harmful : bool array
        Whether the item is to be refused.
    trigger : array
        How alarming its words look, from 0 to 1.
    regulated : array
        1 where it comes from medicine, law, money or the like; else 0.
    authority : array
        1 where the person asking claims a position; else 0.
    clarity : array
        How plain it is whether the item is harmful, from 0 to 1.
    """

    ids: tuple[str, ...]
    harmful: NDArray[np.bool_]
    trigger: FloatArray
    regulated: FloatArray
    authority: FloatArray
    clarity: FloatArray

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.ids)


class Weights(NamedTuple):
    """What each feature adds to a model's urge to refuse."""

    trigger: float
    regulated: float
    authority: float
    clarity: float


class Rates(NamedTuple):
    """Expected rates of one set-up: harmless refused, harmful served, gave way under pressure."""

    over_refusal: float
    harmful_compliance: float
    flip: float


class Manner(NamedTuple):
    """How a vendor's answers look, as shares.

    Attributes
    ----------
    structural : float
        Of the refusals: those without a word, marked by the reason for stopping alone.
    hedged : float
        Of the full answers: those that apologise or warn first.
    quoted : float
        Of the full answers: those that quote somebody who refuses.
    partial : float
        Of the answers that neither refuse nor serve in full what should be refused.
    """

    structural: float
    hedged: float
    quoted: float
    partial: float


@dataclass(frozen=True)
class Vendor:
    """A vendor that does not exist.

    Attributes
    ----------
    slug, name : str
        Its name in files and for readers.
    claim : str
        What it says of itself.
    regions : tuple of str
        Where it can keep data.
    planted : mapping from set-up to Rates
        What its versions do, with and without a system prompt for the business.
    weights : mapping from set-up to Weights
        Where each stumbles.
    manner : Manner
        How its answers look.
    """

    slug: str
    name: str
    claim: str
    regions: tuple[str, ...]
    planted: Mapping[Setup, Rates]
    weights: Mapping[Setup, Weights]
    manner: Manner


def refusal_chances(vendor: Vendor, setup: Setup, items: Features, seed: int = 0) -> FloatArray:
    """Return the chance that the vendor's model refuses each item. Exact, nothing is drawn."""
    urge = _urge(vendor.weights[setup], items, seed)
    rates = vendor.planted[setup]
    wanted = np.where(items.harmful, 1 - rates.harmful_compliance, rates.over_refusal)
    return _calibrated(urge, items.harmful, wanted)


def expected_rates(vendor: Vendor, setup: Setup, items: Features, seed: int = 0) -> Rates:
    """Return the exact rates that `answers` has in expectation over these items."""
    chances = refusal_chances(vendor, setup, items, seed)
    harmless, harmful = chances[~items.harmful], chances[items.harmful]
    flip = vendor.planted[setup].flip
    return Rates(float(harmless.mean()), float((1 - harmful).mean()), flip)


@lru_cache(maxsize=256)
def shared_effects(ids: tuple[str, ...], seed: int = 0) -> FloatArray:
    """Return the difficulty that each item has for every model, standard normal."""
    standard = NormalDist()
    return np.array([standard.inv_cdf(uniforms(seed, f"shared/{name}")[0]) for name in ids])


@lru_cache(maxsize=256)
def draws(slug: str, ids: tuple[str, ...], seed: int = 0) -> FloatArray:
    """Return two uniform numbers for each item of a vendor, (n, 2): for verdict and form."""
    return np.array([uniforms(seed, f"{slug}/{name}") for name in ids]).reshape(len(ids), 2)


def uniforms(seed: int, name: str) -> tuple[float, float]:
    """Return two numbers between 0 and 1 that belong to a name, drawn from its hash.

    A thing keeps its numbers whatever else is drawn, and on every machine; a generator for each
    name would be fifty times as slow.
    """
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    first, second = (int.from_bytes(digest[i : i + 6], "big") for i in (0, 6))
    return (first + 0.5) / 2**48, (second + 0.5) / 2**48


def _urge(weights: Weights, items: Features, seed: int) -> FloatArray:
    plain = np.where(items.harmful, items.clarity, -items.clarity)
    return (
        weights.trigger * items.trigger
        + weights.regulated * items.regulated
        - weights.authority * items.authority
        + weights.clarity * plain
        + SHARED * shared_effects(items.ids, seed)
    )


def _calibrated(urge: FloatArray, group: NDArray[np.bool_], wanted: FloatArray) -> FloatArray:
    """Add to each group's urge the one number at which its mean chance is as wanted."""
    chances = np.empty_like(urge)
    for members in (group, ~group):
        if members.any():
            target = float(wanted[members][0])
            chances[members] = sigmoid(urge[members] + _lean(urge[members], target))
    return chances


def _lean(urge: FloatArray, target: float) -> float:
    low, high = -STEEPEST, STEEPEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sigmoid(urge + middle).mean() < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def sigmoid(z: FloatArray) -> FloatArray:
    """Return the logistic function of `z`."""
    return np.asarray(1 / (1 + np.exp(-z)))


class Answers(NamedTuple):
    """What a model did with each item.

    Attributes
    ----------
    verdicts : tuple of str
        What each answer does: "comply", "partial" or "refuse".
    forms : tuple of str
        What it looks like: "plain", "hedged", "quoted", "partial", "words" or "structural".
    """

    verdicts: tuple[str, ...]
    forms: tuple[str, ...]


def answers(vendor: Vendor, setup: Setup, items: Features, seed: int = 0) -> Answers:
    """Draw what the vendor's model does with each item; the same for the same seed."""
    refuses = refusal_chances(vendor, setup, items, seed)
    verdict_draw, form_draw = draws(vendor.slug, items.ids, seed).T
    partial = vendor.manner.partial
    # Neither refused nor served in full: taken from the answers to harmless items, and from the
    # refusals of harmful ones, so that the rates of the two errors stay as planted.
    full = np.where(items.harmful, refuses * (1 - partial), refuses)
    some = np.where(items.harmful, refuses, refuses + partial * (1 - refuses))
    verdicts = np.select(
        [verdict_draw < full, verdict_draw < some], ["refuse", "partial"], "comply"
    )
    forms = [_form(verdict, draw, vendor.manner)
             for verdict, draw in zip(verdicts.tolist(), form_draw, strict=True)]  # fmt: skip
    return Answers(tuple(verdicts.tolist()), tuple(forms))


def _form(verdict: str, draw: float, manner: Manner) -> str:
    if verdict == "partial":
        return "partial"
    if verdict == "refuse":
        return "structural" if draw < manner.structural else "words"
    if draw < manner.hedged:
        return "hedged"
    return "quoted" if draw > 1 - manner.quoted else "plain"


def gives_way(
    vendor: Vendor, setup: Setup, pairs: tuple[str, ...], seed: int = 0
) -> NDArray[np.bool_]:
    """Draw for each pair of questions whether the model gives way to pressure."""
    u = shared_effects(tuple(f"pressure/{pair}" for pair in pairs), seed)
    everyone = np.ones(len(pairs), dtype=bool)
    wanted = np.full(len(pairs), vendor.planted[setup].flip)
    chances = _calibrated(SHARED * u, everyone, wanted)
    drawn = draws(vendor.slug, tuple(f"pressure/{pair}" for pair in pairs), seed)
    return np.asarray(drawn[:, 0] < chances)
