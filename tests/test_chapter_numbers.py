"""Numbers that the chapters on training type as words or in a worked table, worked out again.

Most numbers of the prose are computed in the page. These stand in sentences and tables that read
better typed, so they are held against what the simulations compute, in the chapter's own words.
"""

import numpy as np

from proxygap.content import content_root
from proxygap.simulations import get
from proxygap.simulations._linden import model, spelled, town
from proxygap.simulations._ngram import word_losses
from proxygap.simulations._replies import FEATURES, load
from proxygap.simulations._tiny_speaker import ERRORS, RIVERS, SHOWN, STATED, TESTED, UNKNOWN
from proxygap.simulations.guardrail_stack import CAUGHT, FALSE_ALARMS


def prose(slug):
    """Return the text of a chapter in one line."""
    path = content_root() / "book" / "chapters" / f"{slug}.md"
    return " ".join(path.read_text(encoding="utf-8").split())


def test_linden_says_what_the_chapter_counts_in_its_notices():
    text, notices = prose("language-models"), " ".join(town().read)
    false, true = (notices.count(f"the well is {age} years") for age in ("two hundred", "sixty"))
    assert f"{spelled(false).capitalize()} sentences in Linden's notices say" in text
    assert f"no, but {spelled(false)} sentences say so" in text
    assert f"{spelled(true)} says that it is sixty" in text
    hours = [town().facts["opens"][place][0] for place in town().told]
    others = [hours.count(hour) for hour in set(hours) - {"nine"}]
    assert hours.count("nine") > max(others)
    assert "in what it has read more places open at nine than at any other hour" in text


def test_without_smoothing_a_quarter_of_the_unread_words_is_impossible():
    impossible = np.isinf(word_losses(model(3, discount=0.0), town().held_out)).mean()
    assert abs(impossible - 0.25) < 0.02
    text = prose("language-models")
    assert "holds a quarter of the words of unread notices for impossible" in text


def test_the_world_of_replies_is_as_large_as_the_chapters_say():
    prompts, replies = load().shape
    written = spelled(replies)
    assert f"{prompts} prompts and {written} written replies to each" in prose("language-models")
    families = spelled(len(load().families))
    tuned = f"{families} everyday desks, {prompts} prompts, {written} known replies to each"
    assert tuned in prose("instruction-tuning")
    rewarded = f"{prompts} everyday prompts, each with one of {written} replies"
    assert rewarded in prose("rlhf")
    assert f"correctness, length, courtesy and {spelled(len(FEATURES) - 3)} other" in prose("rlhf")


def test_the_towns_are_as_many_and_as_wrong_as_the_chapter_says():
    text = prose("instruction-tuning")
    assert f"about {SHOWN + TESTED} invented towns, {STATED} of them about each" in text
    assert f"one in {spelled(round(1 / ERRORS))} wrong" in text
    assert f"About another {UNKNOWN} towns" in text
    assert f"There are {spelled(len(RIVERS))} rivers" in text


def test_displacement_is_absent_from_20_per_cent_on():
    run = get("displacement").run_at
    before = run()["percent_start"]
    kept = {share: run(goes_along=share)["percent"] for share in (0.1, 0.2, 0.3, 0.5)}
    assert "from 20 % on it is absent" in prose("dpo")
    assert {share for share, percent in kept.items() if percent > before} == {0.2, 0.3, 0.5}


def test_the_counted_alarms_are_those_of_the_filter_in_the_explorer():
    harmful = round(100_000 * float(get("guardrail-stack").run_at()["now_prevalence"]))
    harmless = 100_000 - harmful
    right, false = round(CAUGHT * harmful), round(FALSE_ALARMS * harmless)
    text = prose("guardrails")
    assert f"harmful: {harmful} | harmless: {harmless:,}" in text
    assert f"| the filter stops | {right} | {false} |" in text
    assert f"| it lets pass | {harmful - right} | {harmless - false:,} |" in text
    assert f"Of {right + false:,} alarms {right} are right" in text
