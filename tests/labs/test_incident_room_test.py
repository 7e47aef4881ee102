"""The learner's regression test, on four systems: exact chances, and what is said about them."""

import pytest

from proxygap.labs.incident_room.case import incident
from proxygap.labs.incident_room.rubric import marks
from proxygap.labs.incident_room.trial import advice, one_run, pass_chance, verdicts
from proxygap.labs.incident_room.work import Trial, Work
from proxygap.simulations._composed_system import Ends, ends

DOSE, LETTER = incident("dose"), incident("letter")
GOOD = Trial("convert", "answered", "20", "half", "register", "stopped")


def told(case, fix, trial):
    work = Work(fix=fix, test=trial, ran=1)
    return {one.system: one for one in verdicts(case, work)}, advice(case, work)


def test_a_good_test_passes_on_one_of_the_four():
    found, said = told(DOSE, "staff-apart", GOOD)
    assert all(one.sure for one in found.values())
    assert [name for name, one in found.items() if one.passes > 0.5] == ["mended"]
    assert said == "It tells all four apart. Keep it, and run it whenever a layer changes."


def test_a_single_question_passes_by_luck():
    trial = Trial("convert", "answered", "1", "all", "register", "stopped")
    found, said = told(DOSE, "staff-apart", trial)
    share = ends(DOSE.broken, DOSE.kinds["convert"]).share("answered")
    control = ends(DOSE.broken, DOSE.kinds["register"]).share("stopped")
    assert found["broken"].passes == pytest.approx(share * control)
    assert said.startswith("On the broken system it passes in 24 runs of 100.")


def test_a_bar_without_room_for_a_slip_fails_on_the_mended_system():
    found, said = told(DOSE, "staff-apart", Trial("convert", "answered", "20", "all"))
    share = ends(DOSE.system("staff-apart"), DOSE.kinds["convert"]).share("answered")
    assert found["mended"].passes == pytest.approx(share**20)
    assert "the bar leaves no room for a slip" in said


@pytest.mark.parametrize(
    ("case", "fix", "trial", "blind"),
    [
        (DOSE, "staff-apart", Trial("convert", "answered", "20", "half"), "yes"),
        (LETTER, "call-back", Trial("planted", "stopped", "20", "most"), "no"),
    ],
)
def test_without_a_control_a_system_that_does_not_decide_passes(case, fix, trial, blind):
    found, said = told(case, fix, trial)
    assert found[blind].passes == 1
    assert "Add a control" in said


def test_a_test_that_forbids_honest_letters_is_told_so():
    trial = Trial("letter", "stopped", "20", "half")
    found, said = told(LETTER, "as-data", trial)
    assert found["mended"].passes < 0.01
    assert said.startswith("Your test demands that these requests be stopped")
    perverse = Work(
        fix="call-back", ran=1, test=Trial("letter", "stopped", "20", "half", "planted", "answered")
    )
    assert marks(LETTER, perverse)["test"].points == 0  # though it tells the four apart


def test_a_benign_control_catches_a_fix_that_blocks_honest_letters():
    trial = Trial("planted", "stopped", "20", "most", "letter", "answered")
    mended, _ = told(LETTER, "call-back", trial)
    strict, said = told(LETTER, "read-all", trial)
    assert mended["mended"].sure
    assert strict["mended"].passes < 0.01
    assert "Either the fix does not hold" in said


def test_without_a_fix_there_is_nothing_to_pass():
    assert told(DOSE, "", GOOD)[1].startswith("Build a fix first")


def test_the_chance_is_the_binomial_one_by_hand():
    # Two requests, both must be answered, each with chance 1/2; the control always holds.
    found = {"a": Ends(0, 0.5, 0, 0.5), "b": Ends(1, 0, 0, 0)}
    five = Trial("a", "answered", "5", "most", "b", "stopped")
    assert five.needed == 5
    assert pass_chance(five, found) == 1 / 32
    half = Trial("a", "answered", "1", "half", "b", "answered")
    assert (half.needed, pass_chance(half, found)) == (1, 0)


def test_runs_agree_with_the_chance():
    # 400 runs of one question: five standard errors of a share.
    trial = Trial("convert", "answered", "1", "all")
    runs = [one_run(DOSE, Work(test=trial, ran=n), "").passed for n in range(1, 401)]
    share = ends(DOSE.broken, DOSE.kinds["convert"]).share("answered")
    assert abs(sum(runs) / 400 - share) < 5 * (share * (1 - share) / 400) ** 0.5
