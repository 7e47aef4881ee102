"""Formulas are rendered by one KaTeX, which is waited for until it listens."""

import subprocess
import sys

import pytest
from sphinxcontrib.katex import KaTeXError, KaTeXServer

from proxygap.content import checkout_root
from proxygap.site import bundle, formulas, node
from proxygap.site.steps import step


@pytest.fixture
def katex(monkeypatch):
    """The extension's module, with our Node and KaTeX, and nothing started."""
    with step("Front end") as current:
        bundle.build_bundle(current)
    monkeypatch.setattr("sphinxcontrib.katex.NODEJS_BINARY", str(node.executable()))
    monkeypatch.setattr(KaTeXServer, "katex_path", str(checkout_root() / formulas.KATEX))
    return KaTeXServer


def test_formula_after_formula_comes_back_as_html(katex, tmp_path):
    process, connection = formulas.start(katex, tmp_path, timeout=60)
    server = katex(tmp_path, process, connection)
    try:
        for latex, letter in ((r"\beta", "β"), (r"\pi_\theta", "θ")):
            reply = server.render({"latex": latex, "katex_options": {}}, timeout=60)
            assert letter in reply["html"]
    finally:
        server.terminate()


class Fails:
    """A server that ends before it listens."""

    timeout_error = KaTeXServer.timeout_error

    @staticmethod
    def build_command(socket):
        return [sys.executable, "-c", "", socket]


def test_a_server_that_ends_before_it_listens_is_an_error_and_not_a_wait(tmp_path):
    with pytest.raises(KaTeXError):
        formulas.start(Fails, tmp_path, timeout=60)


class Hangs(Fails):
    """A server that never listens."""

    @staticmethod
    def build_command(socket):
        return [sys.executable, "-c", "import time; time.sleep(600)", socket]


def test_a_server_that_never_listens_is_given_up_and_ended(tmp_path, monkeypatch):
    started = []
    real = subprocess.Popen

    def remember(*arguments, **options):
        started.append(real(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(formulas.subprocess, "Popen", remember)
    with pytest.raises(KaTeXError):
        formulas.start(Hangs, tmp_path, timeout=0.2)
    assert started[0].wait(timeout=60) != 0
