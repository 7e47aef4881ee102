"""The table of postures shows what `path` computes."""

import re

from proxygap.presentation.posture_table import COLUMNS, posture_table
from proxygap.simulations._techniques import path


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html.split("<tbody>")[1])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_each_row_is_a_stage_and_each_cell_its_posture_in_hundredths():
    table = posture_table("language-models")
    (row,) = cells(table._repr_html_())
    (stage,) = path("language-models")
    assert row[0] == stage.label
    shown = [float(cell.replace("−", "-")) for cell in row[1:]]
    for value, (measure, _, _) in zip(shown, COLUMNS, strict=True):
        assert abs(value - 100 * getattr(stage.posture, measure)) <= 0.5


def test_only_the_newest_row_is_marked():
    last = path()[-1].chapter
    html = posture_table(last)._repr_html_()
    assert html.count("aria-current") == 1
    assert len(cells(html)) == len(path())
    assert html.index("aria-current") > html.rindex("<tr", 0, html.index("aria-current"))
    assert html.split("aria-current")[1].count("<tr") == 0


def test_a_terminal_gets_the_same_rows():
    lines = repr(posture_table("language-models")).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("before tuning")
