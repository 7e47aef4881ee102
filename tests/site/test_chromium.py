"""The tests' browser is found, or the error says what to install."""

import pytest

from proxygap.errors import SetupError
from proxygap.site import chromium


def fake_browser(path, code: int):
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_the_given_browser_is_taken(tmp_path, monkeypatch):
    browser = fake_browser(tmp_path / "mine", 0)
    monkeypatch.setenv("PROXYGAP_CHROMIUM", str(browser))
    assert chromium.ensure() == browser


def test_a_placeholder_that_does_not_start_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.delenv("PROXYGAP_CHROMIUM", raising=False)
    fake_browser(tmp_path / "chromium", 1)
    works = fake_browser(tmp_path / "google-chrome", 0)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(chromium, "NAMES", ("chromium", "google-chrome"))
    assert chromium.find() == works


def test_a_given_browser_that_does_not_start_is_not_replaced_by_another(tmp_path, monkeypatch):
    monkeypatch.setenv("PROXYGAP_CHROMIUM", str(tmp_path / "missing"))
    with pytest.raises(SetupError, match="apt install chromium"):
        chromium.ensure()
