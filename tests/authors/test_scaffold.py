"""``proxygap new``: what it writes passes the tests as it stands."""

import shutil
from pathlib import Path

import pytest

from proxygap.content import content_root
from tests.authors.checkout import Checkout

CHECKS = (
    "tests/simulations/test_contract.py",
    "tests/quiz/test_item_bank.py",
    "tests/grading/test_exercises.py",
    "tests/test_slices.py",
    "tests/test_architecture.py",
)


def passes(checkout: Checkout, *slugs: str) -> None:
    """Ask everything that is asked of a slice of these slices, and of the tree as a whole."""
    modules = [slug.replace("-", "_") for slug in slugs]
    about = " or ".join([*slugs, *modules, "test_slices", "test_architecture", "test_item_bank"])
    own = [f"tests/simulations/test_{module}.py" for module in modules]
    tests = [*CHECKS, *(test for test in own if (checkout.root / test).exists())]
    done = checkout.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", about, *tests)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    assert checkout.python("-m", "ruff", "check", "src", "tests", "exercises").returncode == 0


def keep_what_was_computed(output: Path) -> None:
    """Hand on the simulations of an earlier build, as in a checkout that somebody works in."""
    computed = Path("_build", ".proxygap", "simulations")
    if (content_root() / computed).is_dir():
        shutil.copytree(content_root() / computed, output / computed)


@pytest.mark.slow
def test_a_new_chapter_passes_everything_and_builds(checkout):
    done = checkout.proxygap("new", "chapter", "reward-hacking")
    assert done.returncode == 0, done.stderr
    assert "wrote book/chapters/reward-hacking.md" in done.stdout
    assert checkout.proxygap("validate").stdout.startswith("No mistakes found.")
    passes(checkout, "reward-hacking")
    keep_what_was_computed(checkout.root / "out")
    built = checkout.proxygap("book", "--output", str(checkout.root / "out"))
    assert built.returncode == 0, built.stdout[-4000:] + built.stderr
    page = checkout.root / "out/_build/html/chapters/reward-hacking.html"
    assert "<pg-explorer" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_new_single_slices_pass_everything(checkout):
    for arguments in (
        ("simulation", "coin-run", "--in", "specification-gaming"),
        ("exercise", "specification-gaming/first-steps"),
    ):
        done = checkout.proxygap("new", *arguments)
        assert done.returncode == 0, done.stderr
    passes(checkout, "coin-run", "first-steps")


def test_a_new_quiz_is_a_bank_that_plays(checkout):
    bank = checkout.root / "quizzes" / "specification-gaming.yml"
    bank.unlink()
    done = checkout.proxygap("new", "quiz", "specification-gaming")
    assert done.returncode == 0, done.stderr
    assert checkout.proxygap("validate", "specification-gaming").returncode == 0


def test_nothing_is_overwritten(checkout):
    done = checkout.proxygap("new", "simulation", "boat-race")
    assert done.returncode == 2
    assert done.stderr == (
        "Error: src/proxygap/simulations/boat_race.py exists already; nothing was written. "
        "Choose another name.\n"
    )


@pytest.mark.parametrize("name", ["Reward", "reward_hacking", "1reward", "reward--x", "../x"])
def test_a_name_that_cannot_be_a_slug_is_refused(checkout, name):
    done = checkout.proxygap("new", "chapter", name)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: '{name}' cannot be a name. Use lower-case letters")


def test_an_exercise_needs_its_chapter(checkout):
    done = checkout.proxygap("new", "exercise", "first-steps")
    assert done.stderr == (
        "Error: An exercise is called chapter/name, as in first-steps/first-steps.\n"
    )


def test_a_simulation_for_an_unknown_chapter_lists_the_chapters(checkout):
    done = checkout.proxygap("new", "simulation", "coin-run", "--in", "goodhard")
    assert done.returncode == 2
    assert "There is no chapter 'goodhard' in book/_toc.yml. Chapters: " in done.stderr
    assert not (checkout.root / "src/proxygap/simulations/coin_run.py").exists()
