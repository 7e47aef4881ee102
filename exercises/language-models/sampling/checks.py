"""Are temperature and top-p exact, also at their ends, and does each number fall on its word?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close
from proxygap.simulations import _ngram as right
from proxygap.simulations._linden import model, opening

HALF = np.array([0.5, 0.25, 0.25])


def expect_chances(got, wanted, inputs, message):
    """Compare probabilities one by one."""
    proper = type(got) is np.ndarray and got.dtype.kind == "f" and got.shape == wanted.shape
    expect(
        proper,
        "The answer must be an array of one probability for each word.",
        inputs=inputs,
        got=got if proper else type(got).__name__,
        expected=f"an array of shape {wanted.shape}",
    )
    for word, chance in enumerate(wanted.tolist()):
        expect_close(got[word], chance, inputs=f"{inputs}; word {word}", message=message)


def expect_tempered(submission, chances, temperature, message):
    inputs = f"{len(chances)} words, the likeliest {chances.max():.3g}; temperature {temperature:g}"
    expect_chances(
        submission.function("tempered")(chances.copy(), temperature),
        right.tempered(chances, temperature),
        inputs,
        message,
    )


def expect_nucleus(submission, chances, top_p, message):
    shown = ", ".join(f"{chance:.3g}" for chance in chances[:5])
    inputs = f"{shown}{', …' if len(chances) > 5 else ''}; top-p {top_p:g}"
    expect_chances(
        submission.function("nucleus")(chances.copy(), top_p),
        right.nucleus(chances, top_p),
        inputs,
        message,
    )


@check(
    "Temperature, by hand",
    hint="Raise each probability to the power 1/T, not to the power T, and divide by the sum.",
)
def by_hand(submission):
    message = "At this temperature this word has another probability."
    expect_tempered(submission, HALF, 0.5, message)
    expect_tempered(submission, np.array([0.64, 0.36]), 2.0, message)
    rng = np.random.default_rng(51)
    for temperature in (0.3, 1.0, 1.7):
        expect_tempered(submission, rng.dirichlet(np.ones(6)), temperature, message)


@check(
    "Very cold, and impossible words",
    hint="At 0 there is nothing to divide by: the likeliest word has it all. At 0.005 a power of "
    "200 makes small probabilities vanish; divide them by the largest one first.",
)
def cold(submission):
    message = "A cold setting leaves the likeliest word, and what cannot come stays so."
    expect_tempered(submission, np.array([0.2, 0.4, 0.4, 0.0]), 0.0, message)
    expect_tempered(submission, np.array([0.2, 0.5, 0.3]), 0.01, message)
    many = np.full(2000, 1 / 2001)
    many[7] *= 2
    expect_tempered(submission, many, 0.005, message)
    expect_tempered(submission, np.array([0.5, 0.0, 0.5]), 2.0, message)


@check(
    "Top-p keeps as few words as reach it",
    hint="Sort from the likeliest down and add up. The word with which the sum reaches p stays in; "
    "the next one does not. Put the rest back in their own places and bring the sum to 1.",
)
def reached(submission):
    message = "After top-p this word has another probability."
    expect_nucleus(submission, HALF, 0.7, message)
    expect_nucleus(submission, np.array([0.1, 0.4, 0.3, 0.2]), 0.65, message)
    rng = np.random.default_rng(52)
    for top_p in (0.31, 0.62, 0.93):
        expect_nucleus(submission, rng.dirichlet(np.ones(8)), top_p, message)


@check(
    "Top-p at its ends and exactly reached",
    hint="A very small p keeps the likeliest word, and 1 keeps all that can come. Where the sum "
    "reaches p exactly it is enough; allow for rounding, since 0.1 + 0.2 is not quite 0.3.",
)
def exactly(submission):
    message = "Where the sum is exactly top-p, it has been reached."
    expect_nucleus(submission, np.array([0.1, 0.7, 0.2]), 0.01, message)
    expect_nucleus(submission, np.array([0.3, 0.7, 0.0]), 1.0, message)
    expect_nucleus(submission, HALF, 0.5, message)
    expect_nucleus(submission, np.full(10, 0.1), 0.8, message)
    expect_nucleus(submission, np.full(10, 0.1), 1.0, message)


@check(
    "Entropy in bits",
    hint="Add up −p log₂ p. For p = 0 the term is 0, though the logarithm is not finite.",
)
def in_bits(submission):
    for chances, what in (
        (HALF, "1/2, 1/4, 1/4"),
        (np.full(8, 1 / 8), "eight words alike"),
        (np.array([0.0, 1.0, 0.0]), "0, 1, 0"),
        (np.array(model(3).probabilities(opening("gallery"))), "after “the gallery opens at”"),
    ):
        expect_close(
            submission.function("entropy")(chances.copy()),
            right.entropy(chances),
            inputs=what,
            message="This distribution has another entropy.",
        )


@check(
    "A number falls on its word",
    hint="Lay the probabilities end to end: the first word owns the numbers from 0 to below its "
    "probability, the second those after it. A word with probability 0 owns none.",
)
def drawing(submission):
    draw = submission.function("drawn")
    chances = np.array([0.0, 0.5, 0.25, 0.0, 0.25])
    for u, word in ((0.0, 1), (0.49, 1), (0.5, 2), (0.6, 2), (0.75, 4), (0.9999, 4)):
        expect_close(
            draw(chances.copy(), u),
            word,
            inputs=f"0, 1/2, 1/4, 0, 1/4 and u = {u:g}",
            message="This number falls on another word.",
        )
    tenths = np.full(10, 0.1)
    for u in np.random.default_rng(53).random(40).tolist():
        expect_close(
            draw(tenths.copy(), u), int(10 * u), inputs=f"ten words alike and u = {u:.4f}",
            message="This number falls on another word.",
        )  # fmt: skip
