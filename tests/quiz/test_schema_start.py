"""Reading an item bank starts quickly, and leaves the interpreter as it was."""

import subprocess
import sys

import pytest

READ = """
import sys
from proxygap.quiz import load_quiz, schema
load_quiz("specification-gaming")
assert "jsonschema" in sys.modules
assert schema.ADDRESSES not in sys.modules
"""


def test_the_grammar_of_web_addresses_is_not_loaded():
    ran = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_whoever_needs_the_grammar_can_load_it_afterwards():
    pytest.importorskip("rfc3987_syntax")
    code = f"{READ}\nimport rfc3987_syntax"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
