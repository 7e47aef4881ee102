"""What is built again, and when."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.book]


@pytest.fixture(scope="module")
def course(new_course):
    made = new_course("rebuilt")
    built = made.proxygap("book")
    assert built.returncode == 0, built.stderr
    return made


def runs(course) -> int:
    return len((course.root / "runs").read_text().splitlines())


def rebuild(course) -> str:
    built = course.proxygap("book")
    assert built.returncode == 0, built.stderr
    return built.stderr


def test_nothing_is_built_when_nothing_has_changed(course):
    assert "Book … up to date" in rebuild(course)


def test_changing_prose_runs_no_cell(course):
    before = runs(course)
    chapter = course.root / "book/chapters/counting.md"
    chapter.write_text(chapter.read_text() + "\nOne more sentence.\n")
    rebuild(course)
    assert runs(course) == before
    assert "One more sentence" in (course.root / "_build/html/chapters/counting.html").read_text()


def test_changing_the_package_runs_every_chapter_again(course):
    before = runs(course)
    simulation = course.root / "src/proxygap/simulations/boat_race.py"
    simulation.write_text(simulation.read_text() + "\n# changed\n")
    rebuild(course)
    assert runs(course) == before + 1


def test_going_back_to_an_earlier_version_of_the_package_runs_nothing(course):
    before = runs(course)
    simulation = course.root / "src/proxygap/simulations/boat_race.py"
    simulation.write_text(simulation.read_text().removesuffix("\n# changed\n"))
    rebuild(course)
    assert runs(course) == before


def test_changing_the_site_code_writes_pages_but_runs_no_cell(course):
    before = runs(course)
    theme = course.root / "src/proxygap/site/page.py"
    theme.write_text(theme.read_text() + "\n# changed\n")
    assert "2 pages written" in rebuild(course)
    assert runs(course) == before
