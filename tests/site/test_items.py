"""Items as files of their own: what the chapter's page shows, with links that work elsewhere."""

import json

from proxygap.site import digest, items

RULE = {"type": "single", "credit": {"oa": 2}, "of": 2}
DATA = {"quiz": "x", "mode": "steps", "beliefs": {"b": "Belief"},
        "items": [{"id": "x-1", "rule": RULE, "beliefs": {}}]}  # fmt: skip
INLINE = {"quiz": "x", "mode": "list", "beliefs": {},
          "items": [{"id": "x-0", "rule": RULE, "beliefs": {}}]}  # fmt: skip
PAGE = """<!doctype html><html><body>
<pg-quiz><script type="application/json">{inline}</script>
<ol><li data-item="x-0"><p>Inline</p></li></ol></pg-quiz>
<pg-quiz><script type="application/json">{data}</script><ol class="pg-quiz-list">
<li data-item="x-1"><div class="pg-quiz-ask"><p id="id7">1 &lt; 2? <a href="#section">Here</a>,
<a href="../references.html#cite-x">there</a>, <a href="https://example.org/">elsewhere</a>
<img src="../_static/a.svg" alt=""></p></div></li></ol></pg-quiz></body></html>"""


WRITTEN = PAGE.format(inline=json.dumps(INLINE), data=json.dumps(DATA))


def test_the_items_of_every_quiz_on_the_page_are_taken_and_their_links_lead_to_the_same_places():
    found = items.items_of(WRITTEN, "chapters/x.html")
    assert (found["quiz"], found["beliefs"], found["sheets"]) == ("x", {"b": "Belief"}, [])
    inline, item = found["items"]
    assert (inline["id"], inline["html"]) == ("x-0", "<p>Inline</p>")
    assert item["rule"] == RULE
    html = item["html"]
    assert "1 &lt; 2?" in html
    assert 'href="chapters/x.html#section"' in html
    assert 'href="references.html#cite-x"' in html
    assert 'href="https://example.org/"' in html
    assert 'src="_static/a.svg"' in html


def test_ids_are_left_on_the_chapters_page():
    assert "id7" not in items.items_of(WRITTEN, "chapters/x.html")["items"][1]["html"]


def test_formulas_bring_their_style_sheet():
    page = WRITTEN.replace("1 &lt; 2?", '<span class="katex">x</span>')
    assert items.items_of(page, "chapters/x.html")["sheets"] == ["katex.css"]


def test_a_page_without_a_quiz_has_no_items():
    assert items.items_of("<html><body><p>None</p></body></html>", "a.html")["items"] == []


def test_the_files_name_changes_with_what_it_is_made_from(tmp_path, monkeypatch):
    names = ("quizzes/x.yml", "quizzes/misconceptions.yml", "book/references.bib",
             "book/chapters/x.md")  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    monkeypatch.setattr(items, "content_root", lambda: tmp_path)
    seen = {items.file_name("x")}
    assert items.file_name("x") in seen
    for name in names:
        (tmp_path / name).write_text("after")
        seen.add(items.file_name("x"))
    monkeypatch.setattr(digest, "of_package", lambda: "other")
    seen.add(items.file_name("x"))
    assert len(seen) == 6
