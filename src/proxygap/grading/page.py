"""Grade in the page: what the Python worker calls, JSON in and JSON out.

This grading is formative: whoever can read the page can read the checks.
"""

from __future__ import annotations

import json

from proxygap.grading import exercises, runner


def grade(payload: str) -> str:
    """Grade ``{"slug", "source"}``; with ``"only_run": true``, run the code without checking it.

    Returns
    -------
    str
        The report as JSON, the same that ``proxygap check --json`` prints.
    """
    asked = json.loads(payload)
    exercise = exercises.find(asked["slug"])
    answer = runner.run_only if asked.get("only_run") else runner.grade
    return json.dumps(answer(exercise, asked["source"]).as_json())
