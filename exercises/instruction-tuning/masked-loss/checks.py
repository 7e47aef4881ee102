"""Is the loss that of the next token, of the reply alone, and is its gradient right?"""

import numpy as np

from proxygap.grading.authoring import check, expect, expect_close
from proxygap.grading.display import describe

WORDS = 6


def log_chances(logits):
    scores = logits - logits.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def row_losses(logits, tokens):
    return -log_chances(logits[:-1])[np.arange(len(tokens) - 1), tokens[1:]]


def is_reply(length, prompt):
    return np.arange(1, length) >= prompt


def example(rng):
    """Return logits, tokens and the length of a prompt that leaves some reply."""
    length = int(rng.integers(4, 12))
    logits = rng.normal(size=(length, WORDS))
    return logits, rng.integers(WORDS, size=length), int(rng.integers(1, length))


def words(logits, tokens, prompt=None):
    spoken = " ".join(map(str, tokens.tolist()))
    front = "" if prompt is None else f", of which the first {prompt} are the prompt"
    return f"tokens {spoken}{front}; logits of shape {logits.shape}"


def numbers(values):
    return np.array2string(values, precision=3, separator=", ", max_line_width=1000)


def expect_array(got, right, *, inputs, message, tolerance=1e-8):
    """Expect an array, and show one row of it if it differs."""
    expect(
        type(got) is np.ndarray and got.dtype == right.dtype and got.shape == right.shape,
        message,
        inputs=inputs,
        got=describe(got),
        expected=f"a NumPy array of shape {right.shape} and of type {right.dtype}",
    )
    far = np.atleast_2d(~(np.abs(got.astype(float) - right.astype(float)) <= tolerance)).any(axis=1)
    row = int(far.argmax())
    where = f"row {row}: " if right.ndim > 1 else ""
    expect(
        not far.any(),
        message,
        inputs=inputs,
        got=where + numbers(np.atleast_2d(got)[row]),
        expected=where + numbers(np.atleast_2d(right)[row]),
    )


@check(
    "Probabilities, as logarithms",
    hint="The log of a softmax is the score less the log of the sum of exp over its row. But "
    "exp(1000) is too large for a float: subtract the largest score of the row from all of them "
    "first, which changes no probability.",
)
def logarithms(submission):
    log_softmax = submission.function("log_softmax")
    rng = np.random.default_rng(40)
    for scale, tolerance in ((1.0, 1e-8), (2000.0, 1e-6)):
        for _ in range(3):
            logits = scale * rng.normal(size=(3, WORDS))
            expect_array(
                log_softmax(logits.copy()),
                log_chances(logits),
                inputs=f"log_softmax of logits of shape (3, {WORDS}), in size about {scale:g}",
                message="These are not the logarithms of the probabilities.",
                tolerance=tolerance,
            )


@check(
    "What each next token costs",
    hint="Row t of the logits is about token t + 1. The last row foresees a token that is not "
    "there, and nothing foresees the first token.",
)
def next_tokens(submission):
    losses = submission.function("token_losses")
    message = "These are not the losses of the tokens that come next."
    even = np.zeros((3, 2))
    expect_array(losses(even.copy(), np.array([0, 1, 1])), np.log([2.0, 2.0]), message=message,
                 inputs="tokens 0 1 1; logits 0 everywhere")  # fmt: skip
    rng = np.random.default_rng(41)
    for _ in range(5):
        logits, tokens, _ = example(rng)
        expect_array(losses(logits.copy(), tokens.copy()), row_losses(logits, tokens),
                     inputs=words(logits, tokens), message=message)  # fmt: skip


@check(
    "The reply counts, from its first token",
    hint="The first token of the reply is foreseen at the last token of the prompt. With a prompt "
    "of 2 tokens, the loss with index 1 is the first that counts.",
)
def from_the_first(submission):
    mask = submission.function("counted")
    for length, prompt in ((3, 2), (6, 1), (6, 4), (9, 8)):
        expect_array(mask(length, prompt), is_reply(length, prompt),
                     inputs=f"counted({length}, {prompt})",
                     message="Not all of the reply counts, or something else does.")  # fmt: skip


@check(
    "Every token that counts counts alike",
    hint="Collect the losses that count from all examples, then take one mean. A short reply must "
    "not weigh as much as a long one, and what does not count must not enlarge the number that "
    "you divide by.",
)
def alike(submission):
    loss = submission.function("masked_loss")
    rng = np.random.default_rng(43)
    for many in (1, 2, 5):
        examples = [example(rng) for _ in range(many)]
        kept = [row_losses(x, w)[is_reply(len(w), m)] for x, w, m in examples]
        lengths = ", ".join(f"{len(w)} tokens with a prompt of {m}" for _, w, m in examples)
        expect_close(
            loss([(x.copy(), w.copy(), m) for x, w, m in examples]),
            float(np.concatenate(kept).mean()),
            inputs=lengths,
            message="The mean over the tokens that count is another one.",
        )


@check(
    "The gradient moves the reply and nothing else",
    hint="For one token it is the probabilities less 1 at the token that came. Rows that do not "
    "count are 0, the last one too, and the whole is divided by the number of tokens that count.",
)
def gradient(submission):
    slope = submission.function("masked_gradient")
    rng = np.random.default_rng(44)
    for _ in range(4):
        logits, tokens, prompt = example(rng)
        right = measured(logits, tokens, prompt)
        expect_array(slope(logits.copy(), tokens.copy(), prompt), right,
                     inputs=words(logits, tokens, prompt), tolerance=1e-6,
                     message="The loss does not change like this when the scores do.")  # fmt: skip


def measured(logits, tokens, prompt, step=1e-5):
    """Return the gradient by moving each score a little."""
    keep = is_reply(len(tokens), prompt)
    found = np.zeros(logits.shape)
    for place in np.ndindex(logits.shape):
        moved = np.zeros(logits.shape)
        moved[place] = step
        up, down = (row_losses(logits + s * moved, tokens)[keep].mean() for s in (1, -1))
        found[place] = (up - down) / (2 * step)
    return found


@check(
    "Trained with it, a model answers",
    hint="All the parts are right by themselves. Does masked_gradient change its arguments, or "
    "remember something from one call to the next?",
)
def trained(submission):
    slope = submission.function("masked_gradient")
    ask, tag, reply, end = range(4)
    shares = {}
    for what, masked in (("the reply", True), ("everything", False)):
        table = np.zeros((4, 4))  # the score of each token after each token
        for step in range(400):
            prompt = [ask, tag] * (step % 3) + [ask]
            tokens = np.array([*prompt, reply, end])
            moved = slope(table[tokens], tokens.copy(), len(prompt) if masked else 1)
            np.subtract.at(table, tokens, 0.5 * moved)
        chance = np.exp(table[ask]) / np.exp(table[ask]).sum()
        shares[what] = float(chance[reply])
    expect(
        shares["the reply"] > 0.95 and shares["everything"] < 0.75,
        "A model that learns with your gradient does not come out as it should.",
        inputs="400 demonstrations whose prompts repeat themselves up to three times",
        got=f"answers with chance {shares['the reply']:.2f}, unmasked {shares['everything']:.2f}",
        expected="above 0.95 with the mask and below 0.75 without",
    )
    return (
        f"After 400 demonstrations it answers with chance {shares['the reply']:.2f}. If the prompt "
        f"counts too, {shares['everything']:.2f}."
    )
