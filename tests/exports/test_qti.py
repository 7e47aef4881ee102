"""QTI packages, played by pyslet, an independent implementation of QTI 2.1."""

import json
import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from proxygap import exports
from proxygap.quiz import rule_of, score
from proxygap.quiz.model import Classify, Multiple, Number, Order, Single, Text
from tests.bank.builders import key_of, miss_of

Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


@pytest.fixture(scope="module")
def folder(quizzes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("qti")
    with zipfile.ZipFile(BytesIO(exports.get("qti").build(quizzes))) as package:
        package.extractall(folder)
    return folder


def responses(item):
    """Yield answers of every sort: right, wrong, foreseen mistakes, and mixtures."""
    yield key_of(item)
    yield miss_of(item)
    rng = random.Random(item.id)  # noqa: S311  (draws answers, not secrets)
    match item.body:
        case Single(options):
            yield from (option.id for option in options)
        case Multiple(options):
            for _ in range(8):
                yield [o.id for o in options if rng.random() < 0.5] or [options[0].id]
        case Number(answer, mistakes):
            for band in (answer, *mistakes):
                yield from (f"{value:.9f}" for value in (band.low, band.value, band.high))
        case Text(answer, mistakes):
            yield from (phrase for group in (answer, *mistakes) for phrase in group.accept)
        case Order(steps):
            names = [step.id for step in steps]
            yield from (rng.sample(names, len(names)) for _ in range(8))
        case Classify(_, cards):
            homes = sorted(set(rule_of(item)["home"].values()))
            yield from ({card.id: rng.choice(homes) for card in cards} for _ in range(8))


def as_qti(response):
    return [f"{k} {v}" for k, v in response.items()] if isinstance(response, dict) else response


def expected(item, response):
    """Return the score, and what is said: the page's notes and the explanation."""
    scored = score(rule_of(item), response)
    notes = set(scored.notes)
    return scored.credit, sorted(notes | {"explanation"})


def test_another_engine_scores_every_item_as_the_page_does(folder, items, tmp_path):
    cases = [(item, response) for item in items.values() for response in responses(item)]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([(item.id, as_qti(r)) for item, r in cases]), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", Path(__file__).with_name("run_qti.py"), folder, file]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    for (item, response), (credit, said) in zip(cases, json.loads(done.stdout), strict=True):
        wanted, notes = expected(item, response)
        assert credit == pytest.approx(wanted, abs=1e-6), (item.id, response)
        assert sorted(set(said)) == notes, (item.id, response)


def test_every_file_is_in_the_manifest_and_every_item_in_the_test(folder, quizzes):
    manifest = etree.parse(folder / "imsmanifest.xml")
    listed = {one.get("href") for one in manifest.iter("{*}file")}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xml")}
    assert listed == present - {"imsmanifest.xml"}
    sections = etree.parse(folder / "test.xml").findall(f".//{Q}assessmentSection")
    found = {one.get("identifier"): [ref.get("identifier") for ref in one] for one in sections}
    assert found == {quiz.chapter: [item.id for item in quiz.items] for quiz in quizzes}


def test_every_feedback_that_rules_can_name_is_there(folder, items):
    for name in items:
        item = etree.parse(folder / "items" / f"{name}.xml")
        modal = {one.get("identifier") for one in item.iter(f"{Q}modalFeedback")}
        named = {one.text for one in item.iter(f"{Q}baseValue")
                 if one.get("baseType") == "identifier"}  # fmt: skip
        assert "explanation" in named
        assert named <= modal
        assert all("".join(one.itertext()).strip() for one in item.iter(f"{Q}modalFeedback"))


def test_items_use_only_the_html_that_qti_has(folder, items):
    known = {"div", "p", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "table", "thead",
             "tbody", "tr", "th", "td", "br", "hr", "blockquote", "img"}  # fmt: skip
    for name in items:
        root = etree.parse(folder / "items" / f"{name}.xml").getroot()
        for place in (*root.findall(f"{Q}itemBody/{Q}div"), *root.iter(f"{Q}modalFeedback")):
            for node in place.iterdescendants():
                if node.tag.startswith(Q):
                    assert node.tag.removeprefix(Q) in known
                    assert set(node.attrib) <= {"href", "src", "alt", "class"}


def test_maths_is_mathml_and_scripts_are_text(folder):
    item = etree.parse(folder / "items" / "t-single.xml")
    body = item.find(f"{Q}itemBody")
    maths = body.findall(".//{http://www.w3.org/1998/Math/MathML}math")
    assert [one.get("display") for one in maths][:2] == ["inline", "block"]
    assert body.find(".//{http://www.w3.org/1998/Math/MathML}mfrac") is not None
    assert body.find(f".//{Q}script") is None
    assert "<script>alert(1)</script>" in "".join(body.itertext())


def test_the_same_items_give_the_same_bytes(quizzes):
    build = exports.get("qti").build
    assert build(quizzes) == build(quizzes)


def test_the_manifest_says_what_is_not_carried(folder):
    assert "What QTI 2.1 does not carry:" in (folder / "imsmanifest.xml").read_text("utf-8")
