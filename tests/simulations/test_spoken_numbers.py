"""The numbers that the simulations of chapters 4 to 10 speak are those that they compute.

A finding, a description of a figure and a question are sentences, so that their numbers are typed.
Here each of them is worked out again and looked for. What is left over may hold no digit: a number
that is added later needs its line in this file.
"""

import math
import re

import numpy as np
import pytest

from proxygap.simulations import get
from proxygap.simulations._constitution import Critic
from proxygap.simulations._linden import WORDS_KNOWN, WORDS_READ, spelled, town
from proxygap.simulations._rlhf import COMPARISONS
from proxygap.simulations._tiny_speaker import SHOWN, TESTED
from proxygap.simulations.guardrail_stack import CAUGHT, MISS

SPEAKING = {}


def speaks(slug):
    """Register what gives the phrases with a number that a simulation's sentences must hold."""

    def registered(phrases):
        SPEAKING[slug] = phrases
        return phrases

    return registered


def sentences(slug):
    simulation = get(slug)
    asked = simulation.prediction.prompt if simulation.prediction else ""
    return " ".join((simulation.finding, simulation.alt_text, asked))


@speaks("next-token")
def next_token(run):
    now = run()
    unread, nine, ten, eight = (
        now[k] for k in ("unread", "after_nine", "after_ten", "after_eight")
    )
    assert f"{ten:.0f}" == f"{eight:.0f}"
    places = spelled(len(town().told))
    return [
        f"among {now['now_perplexity']:.0f} words", f"one of {now['now_perplexity']:.0f} words",
        f"among {len(town().vocabulary)}.", f"one of {len(town().vocabulary)}.",
        f"read {len(town().read):,} words", f"hours of {places} places", f"for all {places},",
        f"one time in {spelled(round(100 / float(now['told_true'])))}",
        f"falls from {unread[0]:.1f} to {unread[-1]:.1f}",
        f"stays below {math.ceil(now['reread'].max())}.",
        f"{now['told_true']:.0f} % for places that", f"{now['untold_true']:.0f} % for others",
        f"nine has {nine:.0f} %, ten and eight {ten:.0f} % each",
    ]  # fmt: skip


@speaks("sampling")
def sampling(run):
    now = run()
    always_nine = [town().facts["opens"][place][0] for place in town().told].count("nine")
    return [
        f"right for {spelled(always_nine)} places of {spelled(len(town().told))}",
        f"at temperature 1: nine {now['next_nine']:.0f} %",
        f"ten and eight {now['next_ten']:.0f} % each",
        f"from {now['entropy'][0]:.0f} to more than {math.floor(now['entropy'][-1])} bits",
        "at temperature 0 to hardly any at 1",
        f"from {now['right'][0]:.0f} % to {now['right'][-1]:.0f} %",
    ]


@speaks("instruction-tuning")
def instruction_tuning(run):
    now = run()
    at = {int(seen): i for i, seen in enumerate(now["seen"])}
    recall, guessed = now["recall"][1:], now["recall_unknown"][1:]
    assert [round(float(guessed.min())), round(float(guessed.max()))] == [13, 13]
    return [
        f"over 0 to {now['seen'][-1]:.0f} demonstrations",
        f"from {now['answered'][0]:.0f} to {now['answered'][at[50]]:.0f} % within 50 ",
        f"ends near {now['answered'][-1]:.0f} %", f"follows it up to {now['right'][-1]:.0f} %",
        f"as well, to {now['answered_unknown'][-1]:.0f} %",
        f"only to {now['right_unknown'][-1]:.0f} %",
        f"{recall.min():.0f} to {recall.max():.0f} % and about 13 %",
        f"about {SHOWN + TESTED} towns", f"shown {now['now_seen']:.0f} questions",
        f"about {TESTED} of the towns", "How many of 100 questions",
    ]  # fmt: skip


@speaks("bradley-terry")
def bradley_terry(run):
    now = run()
    agreed, ceiling = f"{now['dot_agreement'][0]:.0f} %", f"{now['dot_ceiling'][0]:.0f} %"
    first = f"{now['ceilings'][0]:.0f} %"
    return [
        f"on {agreed} of pairs set a ceiling of {ceiling}", f"on {agreed} of pairs:",
        f"Over {now['n'][0]:.0f} to {now['n'][-1]:,.0f} compared pairs",
        f"from {now['on_choices'][0]:.0f} % and flattens at a ceiling of {ceiling}",
        f"rises to {now['on_truth'][-1]:.0f} %",
        f"from {first} at {now['agreeing'][0]:.0f} % agreement through {ceiling} at {agreed}",
    ]  # fmt: skip


@speaks("rlhf")
def rlhf(run):
    now, courtesy = run(), run(rater="courtesy")
    assert now["truth"][-1] < 0 < courtesy["peak_truth"]
    return [
        f"to {now['now_proxy']:.1f} standard deviations at {now['now_kl']:.1f} nats",
        f"to {now['peak_truth']:.1f} at {now['peak_kl']:.1f} nats", "ends below 0",
        f"from {now['helpful'][0]:.0f} to {now['helpful'][-1]:.0f} %",
        f"compares {COMPARISONS:,} pairs", f"up by {now['now_proxy']:.1f} standard deviations",
    ]  # fmt: skip


@speaks("sycophancy")
def sycophancy(run):
    now, wrong = run(), run()["sycophantic"]
    peak = f"{now['best_truth']:.2f} at {now['best_n']:.0f} replies"
    last = f"{now['truth'][-1]:.2f}".replace("-", "−")
    small = [by for taste, by in zip(now["tastes"], now["by_taste"], strict=True) if taste <= 1]
    assert max(small) < 0.5
    assert now["now_sycophantic"] > 90
    return [
        f"Among {spelled(int(now['best_n']))} replies it still does good",
        f"Among {now['now_n']:.0f} it", "nine in ten replies",
        f"Over {now['n'][0]:.0f} to {now['n'][-1]:,.0f} replies",
        f"from {now['score'][0]:.1f} to {now['score'][-1]:.1f}",
        f"from {now['truth'][0]:.2f} to {peak} and then falls to {last}",
        f"from {wrong[0]:.0f} to {wrong[-1]:.0f} %",
        "0 up to 1 point and leaps up between 1 and 1.5",
        f"from −1 to 1, and adds {now['now_taste']:.1f} if",
        f"{wrong[0]:.0f} of 100 single replies", f"Of {now['now_n']:.0f} replies",
        "How many of 100 agree",
    ]  # fmt: skip


@speaks("dpo")
def dpo(run):
    now, fewer = run(), run(comparisons=1000.0)
    return [
        f"from {now['n'][0]:.0f} to {now['n'][-1]:,.0f} comparisons along a line of 1 over",
        "With 1,000 comparisons DPO’s",
        f"in about {fewer['percent']:.0f} of 100 replies",
        f"with {now['now_n']:,.0f} comparisons",
    ]


@speaks("displacement")
def displacement(run):
    now = run()
    assert now["third"][-1] > 0.99
    assert now["chosen"][-1] < 0.01
    return [
        f"over {now['step'][-1]:.0f} training steps", "end near 0",
        f"from {now['third'][0]:.2f} to nearly 1",
        f"from {now['worth'][0]:.1f} to minus {-now['worth'][-1]:.0f}",
        f"{now['percent_start']:.0f} times in 100 each",
        f"for {now['step'][-1]:.0f} steps", "How many of 100 replies",
    ]  # fmt: skip


@speaks("ipo")
def ipo(run):
    now = run()
    assert now["final_dpo"] > 0.99
    return [
        f"Over {now['step'][-1]:,.0f} training steps", "from one half to 1;",
        f"stops at {now['final_ipo']:.2f} after",
        f"for {now['share'][0]:.0f} to {now['share'][-1]:.0f} % of raters",
        f"DPO reaches {now['dpo_ends'][-1]:.0f} where all agree, IPO {now['ipo_ends'][-1]:.2f}",
    ]  # fmt: skip


@speaks("constitutional-ai")
def constitutional_ai(run):
    sound, careful = run(sentence="sounds"), run(sentence="forbids")
    assert sound["now_refuses"] > 95
    assert round(1 / (1 - Critic().accuracy)) == 20
    return [
        "from one in twenty to nearly all of them",
        f"starts at {sound['start_harm'][0]:.0f} %",
        f"it refuses {careful['now_refuses']:.0f} %",
    ]


@speaks("jailbreak-law")
def jailbreak_law(run):
    now = run()
    at = {int(n): i for i, n in enumerate(now["n"])}
    alike = now["alike"]
    return [
        f"from {now['n'][0]:.0f} to {now['n'][-1]:,.0f}:",
        f"from {alike[at[10]]:.0f} to {alike[at[500]]:.0f} % between 10 and 500 attempts",
        f"not stopped at 10,000, where it is {now['asr'][at[10_000]]:.0f} %",
        "powers of ten", "chances from 1 in 100,000 to 1 in 10.",
        f"{now['first']:.0f} in 100 gets through", f"tried {now['now_n']:.0f} times",
    ]  # fmt: skip


@speaks("rare-events")
def rare_events(run):
    now = run()
    upper = {int(n): value for n, value in zip(now["n"], now["upper"], strict=True)}
    small = now["hidden"][now["rate"] <= 0.01]
    assert small.min() >= 99 - 1e-9
    assert now["seen"].max() == 0
    assert np.interp(now["now_upper"], now["rate"], now["hidden"]) == pytest.approx(5, abs=0.01)
    return [
        f"still allow {upper[100]:.0f} in a hundred", f"up to {now['now_attacker']:.0f} %",
        f"from {upper[10]:.0f} % at 10 attempts to {upper[100]:.0f} % at 100 and",
        f"{upper[100_000]:.3f} % at 100,000",
        f"with {now['now_attacker']:.0f} % in as many tries",
        "near 100 % for true rates up to 0.01 %, and is 5 % at the highest",
        f"made {now['now_n']:.0f} attempts", "next 1,000", "(at 95 %)",
    ]  # fmt: skip


@speaks("guardrail-stack")
def guardrail_stack(run):
    now, apart = run(), run(correlation=0.0)
    miss, together = f"{100 * MISS:.0f} %", f"{now['now_missed']:.1f}"
    product, rho = f"{apart['now_missed']:.1f}", f"{now['now_rho']:.1f}"
    return [
        f"each miss {miss} miss {together} % together, not {product} %", f"correlate by {rho}",
        f"judges {now['now_accurate']:.0f} %", f"of which {now['now_right']:.0f} % are right",
        "one request in 1,000",
        f"from {product} per cent over {together} at {rho} to {now['missed'][-1]:.0f} at 1,",
        f"flat at {now['multiplied'][0]:.1f}",
        f"from {now['right'].max():.0f} per cent to under {math.ceil(now['right'].min())} ",
        f"stays near {now['accurate'].mean():.0f}",
        f"at {100 * CAUGHT:.0f} per cent recall and {now['dot_precise'][0]:.0f} per cent precision",
        f"Each misses {miss}", "Of 1,000 harmful requests",
    ]  # fmt: skip


@pytest.mark.parametrize("slug", SPEAKING)
def test_every_number_that_is_spoken_is_the_one_that_is_computed(slug):
    text = left = sentences(slug)
    for phrase in SPEAKING[slug](get(slug).run_at):
        assert phrase in text
        left = left.replace(phrase, "…")
    assert not re.search(r"\d", left), f"Not worked out again in this test: {left}"


def test_the_size_of_the_town_is_counted_in_one_place_and_follows_its_notices():
    assert f"{len(town().read):,}" == WORDS_READ
    assert str(len(town().vocabulary)) == WORDS_KNOWN
    assert get("next-token").parameter("read").values[-1] == len(town().read)
    notices = " ".join(town().read)
    assert min(notices.count(f"the {place} opens at") for place in town().told) >= 2
