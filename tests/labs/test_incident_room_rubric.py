"""The published rubric: exemplars earn the published marks, and each line on its own."""

import re

import pytest

from proxygap.labs.incident_room.case import SLUGS, incident, room
from proxygap.labs.incident_room.memo import markdown
from proxygap.labs.incident_room.rubric import MARKERS, marks, of_exemplar
from proxygap.labs.incident_room.work import Work

DOSE = incident("dose")
EXEMPLARS = {one["grade"]: one for one in DOSE.exemplars}


def mark(name, work):
    return marks(DOSE, work)[name].points


ALL = [
    pytest.param(incident(slug), one, id=f"{slug}-{one['grade']}")
    for slug in SLUGS
    for one in incident(slug).exemplars
]
STRONG = [one for one in ALL if one.values[1]["grade"] == "strong"]


@pytest.mark.parametrize(("case", "exemplar"), ALL)
def test_an_exemplar_earns_its_published_marks(case, exemplar):
    found = marks(case, of_exemplar(exemplar))
    assert {name: one.points for name, one in found.items()} == exemplar["marks"]


@pytest.mark.parametrize(("slug", "published"), [("dose", [1, 11, 16]), ("letter", [2, 10, 16])])
def test_the_exemplars_are_weak_fair_and_strong(slug, published):
    exemplars = incident(slug).exemplars
    assert [one["grade"] for one in exemplars] == ["weak", "fair", "strong"]
    assert [sum(one["marks"].values()) for one in exemplars] == published
    assert published[-1] == 2 * len(MARKERS)


CLAIMS = ("happened", "known", "unknown", "cause", "number")


def at_hand(case, exemplar):
    """What the writer had read: the first report, and the cards that were opened."""
    return {"first report": case.story} | {
        f"{card.title} {card.source}".lower(): card.text
        for card in map(case.evidence.get, exemplar["opened"])
    }


@pytest.mark.parametrize(("case", "exemplar"), ALL)
def test_an_exemplar_has_its_numbers_from_what_was_opened(case, exemplar):
    read = " ".join(at_hand(case, exemplar).values())
    told = {n for name in CLAIMS for n in re.findall(r"\d[\d:]*\d|\d", exemplar["memo"][name])}
    counted = {"3"} if case.slug == "letter" else set()  # one account, and two more
    assert told <= {*re.findall(r"\d[\d:]*\d|\d", read), *counted}


@pytest.mark.parametrize(("case", "exemplar"), STRONG)
def test_each_claim_of_a_strong_memo_names_a_card_that_was_opened(case, exemplar):
    sources = at_hand(case, exemplar)
    for name in ("happened", "known"):
        for sentence in re.split(r"(?<=\.) ", exemplar["memo"][name]):
            cited = re.search(r"\(([^)]+)\)\.$", sentence)
            assert cited, sentence
            for word in cited[1].split(", "):
                assert any(word in source for source in sources), word


def test_every_published_criterion_is_marked_and_nothing_else():
    assert [one["slug"] for one in room()["criteria"]] == list(MARKERS)


def test_an_empty_memo_earns_nothing():
    assert sum(one.points for one in marks(DOSE, Work()).values()) == 0


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("23 of 30 were stopped, interval 59 to 88 %", 2),
        ("23 out of 30 (59–88 %)", 2),
        ("23/30, 95 % interval: 59 % to 88 %", 2),
        ("23 of 30 were stopped, 77 %", 1),
        ("23 of 30, interval 10 to 20 %", 1),
        ("9 of 10, interval 59 to 88 %", 1),
        ("77 %", 1),
        ("most of them", 0),
    ],
)
def test_a_number_needs_its_count_from_the_evidence_and_its_interval(text, points):
    assert mark("number", Work(opened=("rail-log",), memo={"number": text})) == points


def test_a_number_from_evidence_that_was_not_opened_earns_half():
    assert mark("number", Work(memo={"number": "23 of 30, 59 to 88 %"})) == 1


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Before each new model version, and on the first of the month", 2),
        ("When the rail’s list changes", 1),
        ("We shall keep an eye on it", 0),
    ],
)
def test_a_trigger_is_an_event(text, points):
    assert mark("retest", Work(memo={"retest": text})) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("If more than 2 of 20 get through, we go back to the old list", 2),
        ("Back to the old list", 1),
        ("If it gets worse", 1),
        ("Not needed", 0),
    ],
)
def test_a_way_back_has_a_target_and_a_condition(text, points):
    assert mark("rollback", Work(memo={"rollback": text})) == points


def test_the_same_words_twice_are_not_known_and_unknown():
    text = "one two three four five six"
    assert mark("known", Work(memo={"known": text, "unknown": text})) == 1
    assert mark("known", Work(memo={"known": text, "unknown": f"{text} seven"})) == 2
    assert mark("known", Work(memo={"unknown": text})) == 1


@pytest.mark.parametrize(
    ("severity", "containment", "points"),
    [("high", "by-hand", 2), ("high", "stop", 2), ("high", "go-on", 1), ("high", "", 1),
     ("medium", "go-on", 2), ("medium", "stop", 1), ("low", "go-on", 1)],
)  # fmt: skip
def test_triage_fits_when_the_first_step_fits_the_severity(severity, containment, points):
    work = Work(severity=severity, affected="staff", containment=containment)
    assert mark("triage", work) == points


def test_the_memo_is_saved_with_its_decisions_and_is_plain_text():
    strong = of_exemplar(EXEMPLARS["strong"])
    text = markdown(DOSE, strong)
    assert text.startswith("# Incident memo: The dose that was not converted\n")
    for one in strong.memo.values():
        assert one in text
    assert "- Owner: The rail\n" in text
    assert "| With your fix | pass | 100 % |" in text
    assert "SIMULATED" in text
    assert len(re.findall(r"of 2 \|", text)) == 8


def test_what_a_learner_writes_starts_no_heading_and_no_tag():
    work = Work(memo={"known": "# Not a heading\n<script>alert(1)</script> | cell"})
    text = markdown(DOSE, work)
    assert "\nNot a heading &lt;script>alert(1)&lt;/script> \\| cell\n" in text
    assert "<script" not in text
