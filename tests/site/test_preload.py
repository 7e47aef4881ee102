"""A page asks at once for what its first interactive element would ask for bit by bit."""

import json
import re

import pytest

from proxygap.content import checkout_root
from proxygap.site import bundle, preload
from proxygap.site.steps import step


@pytest.fixture(scope="module", autouse=True)
def _built():
    with step("Front end") as current:
        bundle.build_bundle(current)


def explorer(table: str = "tables/boat-race.1a2b3c4d.bin", attributes: str = "") -> str:
    payload = json.dumps({"kind": "explorer", "table": {"url": table}}, separators=(",", ":"))
    script = f'<script type="application/json">{payload}</script>'
    return f"<pg-explorer{attributes}>{script}<noscript></noscript></pg-explorer>"


def test_a_page_with_text_alone_preloads_nothing():
    assert preload.find("<p>An explorer? No.</p>") == ((), ())


def test_an_explorer_brings_its_host_what_that_imports_and_the_module_that_draws():
    modules, tables = preload.find(explorer())
    assert modules == preload.modules_of("pg-explorer")
    assert modules[0] == "interactive.mjs"
    assert any(name.startswith("chunks/host-") for name in modules)
    assert tables == ("tables/boat-race.1a2b3c4d.bin",)


def test_only_the_first_element_counts():
    assert preload.find("<pg-hero></pg-hero>" + explorer()) == (preload.modules_of("pg-hero"), ())
    two = explorer() + explorer("tables/best-of-n.1a2b3c4d.bin")
    assert preload.find(two).tables == ("tables/boat-race.1a2b3c4d.bin",)


def test_a_table_waits_behind_a_question():
    assert preload.find(explorer(attributes=" data-asks")).tables == ()


def test_a_table_that_may_be_far_below_is_not_preloaded():
    words = "word " * 150
    assert preload.find(f"<p>{words}</p>{explorer()}").tables != ()
    assert preload.find(f"<p>{words}</p><p>{words}</p>{explorer()}").tables == ()


def test_markup_does_not_count_as_distance():
    long_attribute = "x" * 5000
    assert preload.find(f'<p title="{long_attribute}">Short.</p>{explorer()}').tables != ()


def test_the_table_of_a_later_element_is_not_taken_for_the_first_ones():
    assert preload.find("<pg-lab><script>{}</script></pg-lab>" + explorer()).tables == ()


def test_editors_and_quizzes_wait_until_they_are_used():
    assert preload.find("<pg-exercise></pg-exercise><pg-quiz></pg-quiz>") == ((), ())


def test_the_manifest_knows_every_element_and_only_files_that_exist():
    source = (checkout_root() / "web/src/elements.ts").read_text(encoding="utf-8")
    tags = re.findall(r'^  "(pg-[a-z]+)":', source, re.MULTILINE)
    assert len(tags) >= 6
    for tag in tags:
        modules = preload.modules_of(tag)
        assert len(set(modules)) == len(modules) >= 1
        assert all((bundle.BUNDLE / module).is_file() for module in modules), tag


@pytest.mark.parametrize("tag", ["pg-explorer", "pg-lab", "pg-hero", "pg-progress"])
def test_what_a_module_imports_at_once_is_in_the_list_and_what_waits_is_not(tag):
    listed = set(preload.modules_of(tag)) - {"interactive.mjs"}
    for module in listed:
        text = (bundle.BUNDLE / module).read_text(encoding="utf-8")
        at_once = re.findall(r'(?:from|import)"\./([\w-]+\.mjs)"', text)
        assert {f"chunks/{name}" for name in at_once} <= listed
    assert not any("editor" in module for module in listed)
