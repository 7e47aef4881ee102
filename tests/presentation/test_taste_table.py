"""The table of tastes shows what was computed, and marks what does not move as our team's does."""

import re

import numpy as np

from proxygap.presentation.posture_table import COLUMNS
from proxygap.presentation.taste_table import TasteTable, taste_table
from proxygap.simulations._replies import Posture
from proxygap.simulations._tastes import TEAM, TasteRuns, hangs_on_taste

TABLE, RUNS = taste_table("rlhf"), hangs_on_taste("rlhf")


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html.split("<tbody>")[1])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_each_taste_has_a_row_with_the_posture_of_the_chapters_draw():
    rows = cells(TABLE._repr_html_())
    assert [row[0] for row in rows[1:-1]] == list(RUNS.after)
    for taste, *shown in rows[1:-1]:
        numbers = [float(cell.rstrip("*").replace("−", "-")) for cell in shown]
        assert np.abs(numbers - 100 * RUNS.after[taste][0]).max() <= 0.5


def test_what_does_not_move_as_our_team_moves_it_is_marked_in_one_draw_of_many_too():
    before = Posture(0.5, 0.5, 0.5, 0.5, 0.5)
    up = np.full(5, 0.6)
    once = np.array([up, [0.6, 0.4, 0.6, 0.5, 0.6]])
    table = TasteTable("rlhf", TasteRuns(before, {TEAM: np.array([up, up]), "other": once}))
    _, team, other, verdict = table.rows()
    assert not any("*" in cell for cell in team)
    assert [cell.endswith("*") for cell in other[1:]] == [False, True, False, True, False]
    assert verdict[1:] == ("yes", "no", "yes", "no", "yes")


def test_it_is_folded_away_named_by_its_caption_and_said_to_be_simulated():
    html = TABLE._repr_html_()
    assert html.startswith("<details")
    (name,) = re.findall(r'aria-labelledby="([^"]+)"', html)
    assert f'id="{name}">SIMULATED.' in html
    assert f"for {len(RUNS.after)} tastes</summary>" in html
    assert html.count('scope="col"') == 1 + len(COLUMNS)


def test_a_terminal_gets_the_same_rows():
    lines = repr(TABLE).splitlines()
    assert len(lines) == 1 + len(TABLE.rows())
    assert lines[-1].split()[-5:] == ["no", "yes", "no", "no", "no"]
