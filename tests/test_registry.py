"""A module is found by its name; one that does not declare what it should is named."""

import sys
from dataclasses import dataclass

import pytest

from proxygap.errors import ContentError, UsageError
from proxygap.registry import Registry


@dataclass
class Toy:
    slug: str


@pytest.fixture
def toys(tmp_path, monkeypatch):
    """Return a writer of modules, and the registry of their package."""
    folder = tmp_path / "toy_box"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    def _write(name: str, text: str) -> Registry[Toy]:
        (folder / f"{name}.py").write_text(f"from {__name__} import Toy\n{text}")
        return Registry("toy_box", "TOY", Toy, apart=frozenset({"keeper"}))

    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    yield _write
    for name in [name for name in sys.modules if name.startswith("toy_box")]:
        del sys.modules[name]


def test_public_modules_are_slices_in_alphabetical_order(toys):
    for name in ("wooden_horse", "ball", "_helper", "keeper"):
        registry = toys(name, f"TOY = Toy('{name.replace('_', '-')}')")
    assert registry.slugs() == ("ball", "wooden-horse")
    assert list(registry.discover().values()) == [Toy("ball"), Toy("wooden-horse")]
    assert registry.get("ball") is registry.discover()["ball"]


def test_an_unknown_slug_suggests_the_nearest(toys):
    registry = toys("ball", "TOY = Toy('ball')")
    with pytest.raises(UsageError, match=r"^Unknown toy 'bal'\. Did you mean 'ball'\? All toys:"):
        registry.get("bal")


@pytest.mark.parametrize("text", ["", "TOY = 'a string'"])
def test_a_module_that_declares_nothing_is_named(toys, text, tmp_path):
    registry = toys("ball", text)
    with pytest.raises(ContentError, match=r"the module must define TOY = Toy\(…\)") as error:
        registry.get("ball")
    assert str(error.value).startswith(f"{tmp_path / 'toy_box' / 'ball.py'}:1: ")


def test_a_slice_and_its_file_have_one_name(toys):
    registry = toys("ball", "TOY = Toy('bat')")
    with pytest.raises(ContentError, match="TOY is called 'bat', and its file 'ball'"):
        registry.get("ball")
