"""``proxygap run``: numbers, claims and figures from the terminal."""

import json

import pytest

from proxygap.cli import main
from proxygap.simulations import get


def call(capsys, *arguments: str):
    with pytest.raises(SystemExit) as exit_:
        main(list(arguments))
    captured = capsys.readouterr()
    return exit_.value.code, captured.out, captured.err


def test_json_carries_the_published_keys(capsys):
    code, out, _ = call(capsys, "run", "boat-race", "--set", "reward=arrows", "--json")
    printed = json.loads(out)
    assert code == 0
    assert list(printed) == ["slug", "parameters", "series", "claims"]
    assert printed["parameters"] == {"episodes": 200.0, "reward": "arrows"}
    assert all(
        list(claim) == ["text", "source", "expected", "measured", "passed"] and claim["passed"]
        for claim in printed["claims"]
    )


def test_json_series_are_what_python_computes_and_not_reached_is_null(capsys):
    _, out, _ = call(capsys, "run", "boat-race", "--set", "episodes=10", "--json")
    series = json.loads(out)["series"]
    assert series["return_"][:10] == get("boat-race").run_at(episodes=10)["return_"][:10].tolist()
    assert series["return_"][10:] == [None] * 190


def test_the_plain_report_says_what_happened_and_what_was_expected(capsys):
    code, out, _ = call(capsys, "run", "boat-race")
    assert code == 0
    assert out.startswith("After 200 races the boat is paid 49 points a race")
    assert "✓ A boat that races earns a return of 50: 50 (expected 50; leike2017)" in out


def test_an_unknown_slug_exits_with_2_and_one_sentence(capsys):
    code, out, err = call(capsys, "run", "boat-rase")
    assert (code, out) == (2, "")
    assert err == (
        "Error: Unknown simulation 'boat-rase'. Did you mean 'boat-race'? "
        "All simulations: proxygap list\n"
    )


def test_a_setting_without_a_value_says_how_to_write_it(capsys):
    code, _, err = call(capsys, "run", "boat-race", "--set", "reward")
    assert code == 2
    assert err == "Error: --set reward has no '='. Write --set NAME=VALUE.\n"


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_plot_writes_a_figure(capsys, tmp_path, ending):
    target = tmp_path / f"boat.{ending}"
    code, out, _ = call(capsys, "run", "boat-race", "--plot", str(target))
    assert code == 0
    assert f"Figure: {target}" in out
    assert target.read_bytes()[:5] in (b"\x89PNG\r", b"<?xml")


def test_a_figure_that_cannot_be_written_is_a_sentence(capsys, tmp_path):
    code, _, err = call(capsys, "run", "boat-race", "--plot", str(tmp_path / "no" / "boat.png"))
    assert code == 2
    assert err.startswith("Error: The figure cannot be written to ")


def test_an_unknown_command_suggests_the_nearest(capsys):
    code, _, err = call(capsys, "rnu")
    assert code == 2
    assert "Unknown command 'rnu'. Did you mean 'run'?" in err


def test_list_and_show_name_the_slices(capsys):
    with pytest.raises(SystemExit):
        main(["list"])
    assert "boat-race" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["show", "boat-race"])
    shown = capsys.readouterr().out
    assert "simulations/boat_race.py" in shown
    assert "--set reward=…" in shown


def test_show_suggests_the_nearest_slug(capsys):
    code, _, err = call(capsys, "show", "boat-rase")
    assert code == 2
    assert "Did you mean 'boat-race'?" in err
