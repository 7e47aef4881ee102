"""The local server: right types, the base path, nothing outside the folder."""

import urllib.error
import urllib.request

import pytest

from proxygap.errors import SetupError
from proxygap.site import local
from proxygap.site.server import make_server, serve


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    for name in ("index.html", "a.mjs", "a.wasm", "a.css", "a.woff2", "a.whl", "a.bin"):
        (pages / name).write_text("hello")
    return pages


def fetch(address: str):
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
        return answer.read().decode(), answer.headers["Content-Type"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.css", "text/css"),
        ("a.woff2", "font/woff2"),
        ("a.whl", "application/zip"),
        ("a.bin", "application/octet-stream"),
    ],
)
def test_each_file_has_the_type_that_browsers_demand(folder, name, kind):
    with serve(folder) as address:
        assert fetch(address + name) == ("hello", kind)


def test_a_folder_answers_with_its_index(folder):
    with serve(folder, base="/sub/") as address:
        assert address.endswith("/sub/")
        assert fetch(address)[0] == "hello"


@pytest.mark.parametrize("path", ["/index.html", "/other/index.html"])
def test_outside_the_base_path_there_is_nothing(folder, path):
    with serve(folder, base="/sub/") as address:
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            fetch(address.removesuffix("/sub/") + path)
        refused.value.close()


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt"])
def test_files_outside_the_folder_are_out_of_reach(folder, path):
    with serve(folder) as address:
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            fetch(address + path)
        refused.value.close()


def test_a_taken_port_is_passed_over(folder):
    taken = make_server(folder)
    try:
        server = local._listen(folder, taken.server_port, "127.0.0.1")
        assert server.server_port > taken.server_port
        server.server_close()
    finally:
        taken.server_close()


def test_when_every_port_is_taken_the_error_names_the_option(folder, monkeypatch):
    taken = make_server(folder)
    monkeypatch.setattr(local, "TRIED_PORTS", 1)
    try:
        with pytest.raises(SetupError, match="--port"):
            local._listen(folder, taken.server_port, "127.0.0.1")
    finally:
        taken.server_close()


def test_without_a_display_no_browser_is_opened(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not local.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert local.has_display()
