"""Is the loss the loss, does it bear the impossible, and do smoothed counts predict the notices?"""

import math
from itertools import pairwise

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close
from proxygap.simulations._linden import model, town
from proxygap.simulations._ngram import word_losses

BY_HAND = np.array([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]])
DISCOUNT = 0.75


def right_loss(chances, came):
    return float(-np.log2([row[word] for row, word in zip(chances, came, strict=True)]).mean())


def right_mix(counts, discount, shorter):
    kept = np.maximum(counts - discount, 0)
    return (kept + (counts.sum() - kept.sum()) * shorter) / counts.sum()


def expect_loss(submission, chances, came, inputs):
    expect_close(
        submission.function("loss")(chances.copy(), came.copy()),
        right_loss(chances, came),
        inputs=inputs,
        message="The loss on these words is another one.",
    )


def expect_chances(got, right, inputs, message):
    """Compare probabilities one by one."""
    proper = type(got) is np.ndarray and got.dtype.kind == "f" and got.shape == right.shape
    expect(
        proper,
        "The answer must be an array of one probability for each word.",
        inputs=inputs,
        got=got if proper else type(got).__name__,
        expected=f"an array of shape {right.shape}",
    )
    for word, chance in enumerate(right.tolist()):
        expect_close(got[word], chance, inputs=f"{inputs}; word {word}", message=message)


@check(
    "The loss is the mean of −log₂ p of the words that came",
    hint="From each row take the probability of the word that came, and no other. Then the "
    "logarithm, then the mean: the mean of the logarithms is not the logarithm of the mean.",
)
def by_hand(submission):
    expect_loss(submission, BY_HAND, np.array([0, 1, 0]), "three words with p = 1/2, 1/4, 1/4")
    rng = np.random.default_rng(41)
    for size in (2, 5, 30):
        chances, came = rng.dirichlet(np.ones(size), 12), rng.integers(0, size, 12)
        expect_loss(submission, chances, came, f"12 places, {size} words, drawn at random")


@check(
    "What was held for impossible and came anyway costs infinitely much",
    hint="A single probability of 0 makes the whole loss infinite, and no large number will do. "
    "Say so with math.inf before you take a logarithm of 0.",
)
def impossible(submission):
    certain = np.array([[1.0, 0.0], [0.5, 0.5]])
    got = submission.function("loss")(certain.copy(), np.array([1, 0]))
    is_infinite = type(got) in (float, np.float64) and math.isinf(got) and got > 0
    expect(
        is_infinite,
        "A word came to which the model had given probability 0.",
        inputs="p = 0 for the first word, 1/2 for the second",
        got=got if type(got) in (float, int, np.float64) else type(got).__name__,
        expected="math.inf",
    )
    expect_loss(submission, certain, np.array([0, 1]), "p = 1 for the first word, 1/2 for the next")


@check(
    "Perplexity counts words",
    hint="K equally likely words have a loss of log₂ K bits, and the perplexity shall be K.",
)
def of_bits(submission):
    for bits in (0.0, 1.0, 3.0, 3.5, math.log2(283)):
        expect_close(
            submission.function("perplexity")(bits),
            2**bits,
            inputs=f"perplexity({bits:.4g})",
            message="This loss is as bad as guessing one of another number of words.",
        )


@check(
    "Smoothed counts, by hand",
    hint="What is taken off is the discount once for each word with a count above 0. It is shared "
    "out to all words, those that were seen included, and everything sums to 1.",
)
def mixed(submission):
    call = submission.function("smoothed")
    message = "After smoothing this word has another probability."
    counts, shorter = np.array([2.0, 1.0, 0.0, 0.0]), np.array([0.4, 0.3, 0.2, 0.1])
    expect_chances(
        call(counts.copy(), 0.5, shorter.copy()),
        right_mix(counts, 0.5, shorter),
        "counts 2, 1, 0, 0; discount 0.5; shorter 0.4, 0.3, 0.2, 0.1",
        message,
    )
    rng = np.random.default_rng(42)
    for discount in (0.0, 0.3, 0.9):
        counts, shorter = rng.integers(0, 4, 6).astype(float), rng.dirichlet(np.ones(6))
        counts[0] += 1
        expect_chances(call(counts.copy(), discount, shorter.copy()),
                       right_mix(counts, discount, shorter),
                       f"6 words with counts {counts.astype(int).tolist()}, discount {discount}",
                       message)  # fmt: skip


@check(
    "Where the context was never seen, the shorter one decides",
    hint="If all counts are 0 there is nothing to divide by. Then the shorter context is all that "
    "is known.",
)
def unseen(submission):
    shorter = np.array([0.5, 0.25, 0.25])
    got = submission.function("smoothed")(np.zeros(3), 0.75, shorter.copy())
    expect_chances(got, shorter, "counts 0, 0, 0; discount 0.75; shorter 0.5, 0.25, 0.25",
                   "Without a count the shorter context decides alone.")  # fmt: skip


@check(
    "The notices of Linden, predicted by your code",
    hint="Your three functions are used together on real words. Look for a place where one of "
    "them changes what it is given, or rounds.",
)
def notices(submission):
    words, vocabulary = town().read, model(2).vocabulary
    place = {word: at for at, word in enumerate(vocabulary)}
    unread = town().held_out[:60]
    counts = np.zeros((len(vocabulary), len(vocabulary)))
    for first, second in pairwise(words):
        counts[place[first], place[second]] += 1
    shorter = np.array(model(1).probabilities(()))
    call = submission.function("smoothed")
    rows = [call(counts[place[word]].copy(), DISCOUNT, shorter.copy()) for word in unread[:-1]]
    came = np.array([place[word] for word in unread[1:]])
    right = float(word_losses(model(2), unread[1:], unread[:1]).mean())
    bits = submission.function("loss")(np.array(rows), came)
    expect_close(bits, right, inputs="a bigram model on 59 words of unread notices",
                 message="Your model predicts the unread notices with another loss.")  # fmt: skip
    expect_close(
        submission.function("perplexity")(bits),
        2**right,
        inputs="the perplexity of that",
        message="The perplexity is another one.",
    )
    return f"{right:.2f} bits a word: as if one of {2**right:.0f} words had to be guessed."
