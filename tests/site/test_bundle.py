"""The bundle: what pages need, in a size that loads fast."""

import gzip
import shutil
import subprocess

import pytest

from proxygap.content import checkout_root
from proxygap.errors import SetupError
from proxygap.site import bundle, node
from proxygap.site.pyodide import RELEASE
from proxygap.site.steps import Step, step

EAGER_KILOBYTES = 8  # of gzipped script that every page loads before anything is near


@pytest.fixture(scope="module", autouse=True)
def _built():
    with step("Front end") as current:
        bundle.build_bundle(current)


def test_it_holds_what_every_page_asks_for():
    assert bundle.is_built()


def test_the_script_that_every_page_loads_is_small():
    eager = [bundle.BUNDLE / name for name in ("proxygap.mjs", "theme.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in eager) < EAGER_KILOBYTES * 1024


@pytest.mark.parametrize("name", ["proxygap.mjs", "theme.js", "interactive.mjs", "proxygap.css"])
def test_it_names_no_other_origin(name):
    text = (bundle.BUNDLE / name).read_text(encoding="utf-8")
    for host in ("unpkg", "jsdelivr", "cdnjs", "googleapis"):
        assert host not in text


@pytest.mark.parametrize(
    "name", ["d3-scale", "@codemirror/view", "idb", "katex", f"Pyodide {RELEASE.version},"]
)
def test_the_licences_of_what_is_bundled_come_with_it(name):
    assert f"{name} " in (bundle.BUNDLE / "licences.txt").read_text(encoding="utf-8")


def test_a_second_build_does_nothing(capsys):
    with step("Front end") as current:
        bundle.build_bundle(current)
    assert "up to date" in capsys.readouterr().err


def test_a_missing_bundle_is_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "BUNDLE", tmp_path)
    with pytest.raises(SetupError, match="make bundle"):
        bundle.require_bundle()


def test_the_fingerprint_follows_the_sources(tmp_path):
    web = tmp_path / "web"
    (web / "src").mkdir(parents=True)
    for name in ("build.mjs", "package-lock.json", "licences.mjs", "src/a.ts"):
        (web / name).write_text("1")
    before = bundle.fingerprint(web)
    (web / "src/a.ts").write_text("2")
    assert bundle.fingerprint(web) != before


def test_a_source_that_does_not_compile_is_named_with_its_line(tmp_path, monkeypatch):
    web = tmp_path / "web"
    skip = shutil.ignore_patterns("node_modules")
    shutil.copytree(checkout_root() / "web", web, ignore=skip)
    (web / "node_modules").symlink_to(checkout_root() / "web/node_modules")
    (web / "src/elements.ts").write_text("const x = ;\n")
    command = [str(node.executable()), "build.mjs", "--out", str(tmp_path / "out")]
    with pytest.raises(SetupError, match=r"elements\.ts:1:10"):
        bundle._run(command, web, "The front end was not bundled")
    assert not (tmp_path / "out").exists()


def test_a_step_says_how_it_came_out_even_when_it_fails(capsys):
    with pytest.raises(ValueError, match="no"), step("Sailing"):
        raise ValueError("no")
    assert capsys.readouterr().err == "Sailing … failed\n"


def test_a_step_is_silent_between_start_and_end_in_a_log(tmp_path):
    with (tmp_path / "log").open("w+") as log:
        Step("Sailing", log).update("on the way")
        log.seek(0)
        assert log.read() == ""


def test_the_compilers_pass(tmp_path):
    ran = subprocess.run(
        [node.executable(), "node_modules/typescript/bin/tsc", "--noEmit"],
        cwd=checkout_root() / "web", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
