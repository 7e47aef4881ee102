"""The pieces that a page is put together from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxygap.site import audit
from proxygap.site.page import accessible, address_from_root, describe, outline, rewrite_static


def test_static_addresses_are_rewritten_in_every_kind_of_attribute():
    body = "<img src=\"pg-static:a.svg\"><pg-x data-table='pg-static:b.bin'></pg-x>"
    expected = "<img src=\"../s/a.svg\"><pg-x data-table='../s/b.bin'></pg-x>"
    assert rewrite_static(body, "../s/") == expected


def test_static_addresses_in_text_are_left_alone():
    body = "<code>pg-static:a.svg</code> and src=&quot;pg-static:b&quot;"
    assert rewrite_static(body, "../s/") == body


@given(st.text(alphabet=st.characters(exclude_characters="\"'")))
def test_text_without_quotes_is_never_changed(text):
    assert rewrite_static(text, "../s/") == text


def test_only_empty_headings_become_cells():
    assert accessible("<th><p></p></th><th>x</th>") == "<td></td><th>x</th>"


def test_a_role_that_was_retired_is_left_out():
    assert accessible('<div id="a" role="doc-biblioentry">') == '<div id="a">'
    given = '<div role="list" class="citation-list"><ul role="list">'
    assert accessible(given) == '<div class="citation-list"><ul role="list">'


@pytest.mark.parametrize("published", ["https://x.org/course", "https://x.org/course/"])
def test_the_page_for_missing_addresses_works_at_any_depth_of_a_known_host(published):
    context = {"pathto": "{}.html".format, "favicon_url": "icon.svg"}
    address_from_root(context, published)
    assert context["pathto"]("index") == "/course/index.html"
    assert context["favicon_url"] == "/course/icon.svg"


def test_without_a_known_host_addresses_stay_relative():
    context = {"pathto": str, "favicon_url": "icon.svg"}
    address_from_root(context, "")
    assert context == {"pathto": str, "favicon_url": "icon.svg"}


def test_a_description_in_the_front_matter_wins():
    assert describe({"description": " Short. "}, None) == "Short."


def test_a_page_without_text_has_no_description():
    assert describe({}, None) == ""


def test_a_long_first_paragraph_is_cut_between_words():
    from docutils import nodes
    from docutils.utils import new_document

    document = new_document("page")
    document += nodes.paragraph("", "word " * 60)
    described = describe({}, document)
    assert described == ("word " * 32).strip() + " …"


TOC = '<ul><li><a href="#">Page</a><ul>{}</ul></li></ul>'


def test_the_outline_lists_sections_and_no_deeper_level():
    sections = '<li><a href="#a">A</a><ul><li><a href="#aa">AA</a></li></ul></li>'
    shown = outline(TOC.format(sections + '<li><a href="#b">B</a></li>'))
    assert "A</a>" in shown
    assert "B</a>" in shown
    assert "AA" not in shown


@pytest.mark.parametrize("toc", ["", TOC.format(""), TOC.format('<li><a href="#a">A</a></li>')])
def test_fewer_than_two_sections_need_no_outline(toc):
    assert outline(toc) == ""


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("<script>x()</script>", "inline <script>"),
        ('<script type="module">x()</script>', "inline <script>"),
        ('<script src="//cdn.example/x.js"></script>', "another origin"),
        ('<span class="katex-error" title="ParseError: \\frac">x</span>', "ParseError: \\frac"),
        ('<a href="x" onclick="y()">z</a>', "onclick"),
        ('<iframe src="https://example.org"></iframe>', "another origin"),
    ],
)
def test_what_the_policy_would_block_is_found_at_build_time(body, part):
    (finding,) = audit.findings(body)
    assert part in finding


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/json">{}</script>',
        '<a href="https://example.org">a link is no load</a>',
        '<img src="../_static/x.svg" alt="">',
        "<p>text about &lt;script&gt;</p>",
    ],
)
def test_data_links_and_own_files_are_fine(body):
    assert list(audit.findings(body)) == []
