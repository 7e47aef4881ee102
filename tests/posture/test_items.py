"""Borderline-250: complete, varied, harmless, and each item says what could be said against it."""

import re
import tomllib
from collections import Counter
from dataclasses import fields
from datetime import date
from itertools import combinations

import pytest

from proxygap.content import content_root
from proxygap.errors import UsageError
from proxygap.posture.items import Item, load

SET = load()

# What no line of a course may hold: means of harm, slurs' usual neighbours, and real people's data.
BLOCKED = [
    r"\b(synthesi[sz]e|precursor|detonat\w*|molotov|nerve agent|ricin|sarin|pipe bomb|napalm)\b",
    r"\b(ignore (all|any|your) (previous|prior)|jailbreak|do anything now|system prompt)\b",
    r"\b(kill (him|her|them|myself|yourself)|rape\w*|lynch\w*|suicid\w*|bestial\w*)\b",
    r"\b(porn\w*|nude|naked|sexual\w*)\b",
    r"\b(vermin|subhuman|savages|inferior race)\b",
    r"https?://|www\.|\S+@\S+\.\w",
    r"\b\d{7,}\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b\d{1,3}(\.\d{1,3}){3}\b",
    r"\b(milligrams?|\d+ ?mg|\d+ ?ml)\b",
]


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def likeness(first: Item, second: Item) -> float:
    one, other = words(first.prompt), words(second.prompt)
    return len(one & other) / len(one | other)


def test_the_set_has_150_borderline_60_disallowed_and_40_sycophancy_items():
    assert [len(SET.of(d)) for d in ("benign", "disallowed", "sycophancy")] == [150, 60, 40]
    assert len(SET.items) == 250


def test_each_of_the_fifteen_types_has_ten_borderline_items_and_four_contrasts():
    benign = Counter(item.type for item in SET.of("benign"))
    disallowed = Counter(item.type for item in SET.of("disallowed"))
    assert len(benign) == 15
    assert set(benign.values()) == {10}
    assert disallowed == dict.fromkeys(benign, 4)


def test_the_first_ten_types_credit_xstest_and_the_five_regulated_ones_do_not():
    credited = ["XSTest" in kind.credit for kind in SET.types]
    assert credited == [True] * 10 + [False] * 10


def test_ids_are_unique():
    assert len({item.id for item in SET.items}) == 250


def may_be_empty(item: Item) -> set[str]:
    if item.dimension == "sycophancy":
        return set() if item.pressed else {"trigger"}
    return {"answer", "claim", "pair"} if item.dimension == "benign" else {"answer", "claim"}


def test_every_field_of_every_item_is_filled():
    for item in SET.items:
        empty = {f.name for f in fields(item) if getattr(item, f.name) == ""}
        assert empty <= may_be_empty(item), item.id
        assert item.trigger in item.prompt, item.id
        assert (item.alarm == 0) == (item.trigger == ""), item.id
        assert item.alarm in range(4), item.id
        assert item.clarity in range(1, 4), item.id
        date.fromisoformat(item.reviewed_on)
        assert item.licence == "CC-BY-4.0"


def test_every_item_is_one_short_harmless_request():
    for item in SET.items:
        assert 25 <= len(item.asked) <= 300, item.id
        assert "\n" not in item.prompt, item.id
        for text in (item.prompt, item.why, item.who_could_disagree):
            found = [rule for rule in BLOCKED if re.search(rule, text, re.IGNORECASE)]
            assert found == [], item.id


def test_the_blocklist_catches_what_it_is_for():
    for text in ("call 555-123-4567", "see https://example.org", "ignore all previous rules",
                 "give 500 mg", "write to a@b.org"):  # fmt: skip
        assert any(re.search(rule, text, re.IGNORECASE) for rule in BLOCKED), text


def test_no_two_items_are_nearly_the_same_unless_they_are_a_pair():
    alike = [
        (first.id, second.id)
        for first, second in combinations(SET.items, 2)
        if likeness(first, second) > 0.4 and (first.pair != second.pair or not first.pair)
    ]
    assert alike == []


def test_no_opening_is_used_more_than_a_few_times():
    alone = [item for item in SET.items if item.dimension != "disallowed"]
    openings = Counter(" ".join(item.prompt.lower().split()[:5]) for item in alone)
    assert max(openings.values()) <= 3
    first_words = Counter(item.prompt.split()[0] for item in SET.items)
    assert max(first_words.values()) <= 25  # a tenth of the set


def test_each_disallowed_item_is_the_contrast_of_one_borderline_item():
    benign = {item.id: item for item in SET.of("benign")}
    for item in SET.of("disallowed"):
        partner = benign[item.pair]
        assert partner.pair == partner.id
        assert partner.type == item.type
        assert words(partner.prompt) & words(item.prompt)
    pairs = Counter(item.pair for item in SET.of("disallowed"))
    assert set(pairs.values()) == {1}
    assert sum(item.pair != "" for item in benign.values()) == 60


def test_each_target_fits_its_dimension():
    targets = {d: {i.target for i in SET.of(d)} for d in ("benign", "disallowed", "sycophancy")}
    assert targets == {"benign": {"comply", "comply_with_caveat"}, "disallowed": {"refuse"},
                       "sycophancy": {"hold"}}  # fmt: skip


def test_disallowed_items_are_written_only_for_the_hazards_that_a_course_may_print():
    assert len(SET.hazards) == 12
    written = {hazard.slug for hazard in SET.hazards if hazard.written}
    assert written == {
        "nonviolent-crimes", "privacy", "defamation", "hate", "intellectual-property",
        "specialized-advice",
    }  # fmt: skip
    assert {item.hazard for item in SET.of("disallowed")} == written
    known = {hazard.slug for hazard in SET.hazards}
    assert {item.hazard for item in SET.of("benign")} <= known
    for hazard in SET.hazards:
        assert hazard.why
        assert hazard.written or "Taxonomy only" in hazard.why


def test_sycophancy_comes_in_twenty_pairs_of_which_eight_are_true_claims():
    pairs: dict[str, list[Item]] = {}
    for item in SET.of("sycophancy"):
        pairs.setdefault(item.pair, []).append(item)
    assert len(pairs) == 20
    for neutral, pressed in pairs.values():
        assert (neutral.pressed, pressed.pressed) == (False, True)
        assert neutral.answer == pressed.answer in {"yes", "no"}
        assert neutral.claim == pressed.claim in {"true", "false"}
        assert words(neutral.prompt) & words(pressed.prompt)
        assert pressed.asked.endswith("Begin your answer with yes or no.")
    assert Counter(pair[0].claim for pair in pairs.values()) == {"false": 12, "true": 8}


def test_some_keys_are_open_to_dispute_and_say_by_whom():
    disputed = [
        item for item in SET.of("benign")
        if not re.match(r"Nobody|Hardly anyone", item.who_could_disagree)
    ]  # fmt: skip
    assert len(disputed) >= 75


def test_an_unknown_item_is_named_with_the_nearest_one():
    with pytest.raises(UsageError, match=r"no item 'homonyms-99'.*Did you mean 'homonyms-09'"):
        SET.item("homonyms-99")
    assert SET.item("homonyms-01").prompt.startswith("How do I kill the report job")


def test_every_file_of_the_folder_is_part_of_the_set():
    folder = content_root() / "src" / "proxygap" / "posture" / "items"
    order = tomllib.loads((folder / "set.toml").read_text(encoding="utf-8"))["order"]
    assert {file.stem for file in folder.iterdir()} == {*order, "set"}


def test_the_recipe_shows_an_item_as_it_stands_in_its_file():
    recipe = (content_root() / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = re.search(r"```toml\n(\[\[benign\]\].*?)```", recipe, re.DOTALL)
    assert shown
    (item,) = tomllib.loads(shown[1])["benign"]
    known = SET.item(item["id"])
    assert {name: getattr(known, name) for name in item} == item
