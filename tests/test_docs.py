"""What the documents say can be typed, and everything that can be typed is documented."""

import re
import tomllib

import click
import pytest

import proxygap
from proxygap.cli import _proxygap, modules
from proxygap.content import content_root

ROOT = content_root()
REFERENCE = (ROOT / "book" / "appendix" / "command-line.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "book/appendix/command-line.md"]


def load(name: str) -> click.Command:
    found = _proxygap.get_command(click.Context(_proxygap), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", modules())
def test_every_command_is_in_the_reference(name):
    assert f"### proxygap {name}\n" in REFERENCE


@pytest.mark.parametrize("name", modules())
def test_every_command_and_option_has_help(name):
    command = load(name)
    assert command.help
    children = command.commands.values() if isinstance(command, click.Group) else [command]
    for child in children:
        assert child.help
        for parameter in child.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{child.name} {parameter.opts[0]}"


def test_the_reference_names_no_command_that_does_not_exist():
    assert set(re.findall(r"^### proxygap (\S+)$", REFERENCE, re.MULTILINE)) == set(modules())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_a_document_shows_exists(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    shown = set(re.findall(r"(?:\$ |`)proxygap ([a-z]+)", text))
    assert shown <= set(modules())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_shows_exists(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    shown = {t for line in re.findall(r"(?:\$ |`)make ([a-z ]+)", text) for t in line.split()}
    assert shown <= targets


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_a_document_links_exists(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert linked
    assert [link for link in linked if not (ROOT / link).exists()] == []


def test_the_recipe_for_a_world_runs_as_written(capsys):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert recipes
    for recipe in recipes:
        exec(compile(recipe, "CONTRIBUTING.md", "exec"), {})  # noqa: S102
    # Four moves straight through the paint pay 10 − 4; the detour of six would have pleased more.
    assert capsys.readouterr().out == "Score(return_=6.0, performance=1.0)\n"


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    cited = re.search(r"^version: (\S+)", citation, re.MULTILINE)
    assert newest
    assert cited
    assert {project["version"], newest[1], cited[1]} == {proxygap.__version__}


def test_the_command_reference_is_grouped_for_its_readers():
    assert REFERENCE.index("## For learners") < REFERENCE.index("## For authors")
