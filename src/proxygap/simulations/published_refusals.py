"""Published refusals: five configurations of three models of 2023, on two kinds of prompt.

XSTest asks 250 prompts that are safe and sound unsafe, and 200 that are unsafe. People sorted every
answer: complied, refused, or refused in part (rottger2024). Nothing here is simulated; the numbers
are theirs, as counts, and the intervals are ours.

>>> [round(share(label, "safe", partial=1.0), 1) for label in COUNTS]
[59.6, 29.6, 18.8, 1.6, 8.4]

Two imaginary models are the ends of every such plane: one that refuses everything and one that
refuses nothing. Whoever counts harmful answers alone finds the first one perfect.

Not shown: the models of today. The figure is about what moves a point, not about who is better.

Source: rottger2024, table of full and partial refusals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from proxygap.simulations._proportions import difference_p, wilson_interval
from proxygap.simulations._spec import (
    Claim,
    FloatArray,
    Parameter,
    Prediction,
    Result,
    Simulation,
)
from proxygap.simulations._views import Mark, Plane

SAFE, UNSAFE = 250, 200
PUBLISHED = {
    # Percent of safe prompts refused fully and in part, of unsafe ones fully and in part.
    "Llama 2 + own prompt": (38.0, 21.6, 99.5, 0.5),
    "Llama 2": (14.0, 15.6, 97.5, 2.5),
    "Mistral + guard prompt": (9.6, 9.2, 87.5, 9.0),
    "Mistral": (0.8, 0.8, 23.5, 12.5),
    "GPT-4": (6.4, 2.0, 97.5, 2.0),
}
ITEMS = {"safe": SAFE, "unsafe": UNSAFE}
PARTIAL = {"a refusal": 1.0, "half a refusal": 0.5, "an answer": 0.0}


def _counted(percent: tuple[float, float, float, float]) -> dict[str, tuple[int, int]]:
    full, part, full_unsafe, part_unsafe = percent
    return {
        "safe": (round(full * SAFE / 100), round(part * SAFE / 100)),
        "unsafe": (round(full_unsafe * UNSAFE / 100), round(part_unsafe * UNSAFE / 100)),
    }


COUNTS = {label: _counted(percent) for label, percent in PUBLISHED.items()}
"""Full and partial refusals of each configuration, by kind of prompt."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner may vary."""

    partial: str = "a refusal"  # what a partial refusal counts as


def share(label: str, kind: str, partial: float) -> float:
    """Return the percentage of prompts of one kind that a configuration refuses.

    Parameters
    ----------
    label : str
        One of `COUNTS`.
    kind : str
        "safe" or "unsafe".
    partial : float
        What a partial refusal counts, 0 to 1.
    """
    full, part = COUNTS[label][kind]
    return 100 * (full + partial * part) / ITEMS[kind]


def _interval(label: str, kind: str, partial: float) -> tuple[FloatArray, FloatArray]:
    """Return the 95 % interval of `share`; a half counts as rounded to whole prompts."""
    low, high = wilson_interval(round(share(label, kind, partial) * ITEMS[kind] / 100), ITEMS[kind])
    return 100 * low, 100 * high


def _cross(label: str, partial: float) -> tuple[FloatArray, FloatArray]:
    """Return a cross of both intervals as one line with a gap."""
    x, y = share(label, "safe", partial), 100 - share(label, "unsafe", partial)
    left, right = _interval(label, "safe", partial)
    top, bottom = (100 - end for end in _interval(label, "unsafe", partial))
    return np.array([left, right, np.nan, x, x]), np.array([y, y, np.nan, bottom, top])


def run(settings: Settings, rng: np.random.Generator) -> Result:  # noqa: ARG001  (nothing is drawn)
    """Return where each configuration lies.

    Returns
    -------
    Result
        Percent. ``x_0`` … ``x_4`` (1,): safe prompts refused; ``y_0`` … ``y_4`` (1,): unsafe
        prompts answered; ``cross_x_0`` … and ``cross_y_0`` … (5,): their 95 % intervals.
        ``llama_x``, ``llama_y``, ``mistral_x``, ``mistral_y`` (2,): one model with and without its
        system prompt. ``refuse_x``, ``refuse_y``, ``comply_x``, ``comply_y`` (1,): the two ends,
        ``guess_x`` and ``guess_y`` (2,): the line between them. Scalars: ``llama_with``,
        ``llama_without``, ``mistral_with``, ``mistral_without``, safe prompts refused.
    """
    partial = PARTIAL[settings.partial]
    series: dict[str, FloatArray] = {}
    for place, label in enumerate(COUNTS):
        series[f"x_{place}"] = np.array([share(label, "safe", partial)])
        series[f"y_{place}"] = np.array([100 - share(label, "unsafe", partial)])
        series[f"cross_x_{place}"], series[f"cross_y_{place}"] = _cross(label, partial)
    for name, with_prompt, without in (("llama", 0, 1), ("mistral", 2, 3)):
        for axis in "xy":
            both = [series[f"{axis}_{without}"], series[f"{axis}_{with_prompt}"]]
            series[f"{name}_{axis}"] = np.concatenate(both)
        series[f"{name}_without"], series[f"{name}_with"] = series[f"{name}_x"]
    ends = {"refuse_x": 100, "refuse_y": 0, "comply_x": 0, "comply_y": 100}
    series |= {name: np.array([float(end)]) for name, end in ends.items()}
    series |= {"guess_x": np.array([0.0, 100.0]), "guess_y": np.array([100.0, 0.0])}
    return Result(series)


def _off_whole_counts() -> float:
    """Return how far the published percentages are from whole numbers of prompts, at worst."""
    items = np.array([SAFE, SAFE, UNSAFE, UNSAFE]) / 100
    counts = np.array(list(PUBLISHED.values())) * items
    return float(np.abs(counts - np.rint(counts)).max())


def _p_of_prompt(first: str, second: str) -> float:
    """Return Fisher's p for the safe prompts that two configurations refuse, partly or fully."""
    return float(difference_p(sum(COUNTS[first]["safe"]), SAFE, sum(COUNTS[second]["safe"]), SAFE))


def _above_guessing() -> float:
    """Return the most by which a configuration lies above the line of refusing at random."""
    return max(share(one, "safe", 1.0) - share(one, "unsafe", 1.0) for one in COUNTS)


LLAMA, LLAMA_NONE, MISTRAL, MISTRAL_NONE, _ = COUNTS
CLAIMS = (
    Claim("The published percentages are whole numbers of 250 and 200 prompts", "rottger2024",
          lambda _: _off_whole_counts(), 0, 1e-9),
    Claim("Llama 2 70b with its system prompt refuses more than half of the safe prompts, %",
          "rottger2024", lambda run_at: float(run_at()["llama_with"]), 59.5, 59.7),
    Claim("Without it, half as many, %", "rottger2024",
          lambda run_at: float(run_at()["llama_without"]), 29.5, 29.7),
    Claim("That difference is not chance: p", "rottger2024",
          lambda _: _p_of_prompt(LLAMA, LLAMA_NONE), 0, 1e-6),
    Claim("A guard prompt multiplies what Mistral 7B refuses of the safe prompts", "rottger2024",
          lambda run_at: float(run_at()["mistral_with"] / run_at()["mistral_without"]), 11.7, 11.8),
    Claim("Nor is that one: p", "rottger2024",
          lambda _: _p_of_prompt(MISTRAL, MISTRAL_NONE), 0, 1e-6),
    Claim("Every configuration is better than refusing at random", "rottger2024",
          lambda _: _above_guessing(), -100, -30),
)  # fmt: skip


def _points(places: tuple[int, ...], *labelled: str) -> tuple[Mark, ...]:
    """Return configurations with their crosses."""
    crosses = (Mark(f"cross_x_{place}", f"cross_y_{place}", shape="line") for place in places)
    labels = [label if label in labelled else "" for label in COUNTS]
    dots = (Mark(f"x_{place}", f"y_{place}", labels[place], shape="dot") for place in places)
    return (*crosses, *dots)


SIMULATION = Simulation(
    slug="published-refusals",
    title="Two errors, five published points",
    parameters=(
        Parameter("partial", "A partial refusal counts as", tuple(PARTIAL), "a refusal"),
    ),
    settings=Settings,
    run=run,
    views=(
        Plane("XSTest, 2023: both errors of three models", (
            Mark("guess_x", "guess_y", "refusing at random", shape="line"),
            Mark("llama_x", "llama_y", shape="line"),
            Mark("mistral_x", "mistral_y", shape="line"),
            *_points((0, 1, 2, 3, 4), MISTRAL_NONE),
            Mark("refuse_x", "refuse_y", "refuses everything", shape="dot"),
            Mark("comply_x", "comply_y", "refuses nothing", shape="dot"),
        ), "safe prompts refused, %", "unsafe prompts answered, %", (-5.0, 105.0), (-5.0, 105.0)),
        Plane("The bottom, enlarged; crosses: 95 % intervals", (
            Mark("llama_x", "llama_y", shape="line"),
            *_points((0, 1, 2, 4), LLAMA, LLAMA_NONE, MISTRAL, "GPT-4"),
        ), "safe prompts refused, %", "unsafe prompts answered, %", (-3.0, 72.0), (-2.0, 16.0)),
    ),
    claims=CLAIMS,
    alt_text=(
        "A plane: safe prompts refused to the right, unsafe prompts answered upwards; the best "
        "place is at the lower left. A line leads from refusing nothing, top left, to refusing "
        "everything, bottom right. Llama 2 70b lies at the bottom, at 60 % with its system prompt "
        "and 30 % without. Mistral 7B lies at the left, 64 % high without a prompt and 4 % high, "
        "19 % to the right, with a guard prompt. GPT-4 lies near the corner at 8 %."
    ),
    finding=(
        "The same model lies elsewhere with another system prompt: 30 points further to the right, "
        "or from 2 % to 19 %. And whoever counts harmful answers alone ranks first a model that "
        "refuses everything."
    ),
    summary=(
        "Where a partial refusal counts as {partial}: Llama 2 70b refuses {llama_without:.1f} % of "
        "the safe prompts without its system prompt and {llama_with:.1f} % with it, Mistral 7B "
        "{mistral_without:.1f} % and {mistral_with:.1f} %."
    ),
    prediction=Prediction(
        id="published-refusals-guard",
        prompt=(
            "Without a system prompt, Mistral 7B refuses 1.6 % of 250 safe prompts and answers 64 "
            "% of the unsafe ones. Its users add a guard prompt of a few sentences, and it answers "
            "4 % of the unsafe ones. How many of the safe prompts does it refuse now?"
        ),
        outcome=lambda result: float(result["mistral_with"]),
        low=0,
        high=100,
        unit="% of safe prompts",
        step=1,
        tolerance=6,
    ),
)  # fmt: skip
