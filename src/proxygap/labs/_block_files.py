"""Files: one that the learner saves, one that the learner brings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

LARGEST = 2_000_000
"""Characters that a file may have which is read into a lab."""

SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Download:
    """A button that saves a text file.

    Parameters
    ----------
    id, label : str
        Its name and what the button says.
    file_name : str
        Small letters, digits, dots and hyphens.
    media_type : str
        What it is: ``application/json``, ``text/markdown``.
    text : str
        What is in it.
    """

    id: str
    label: str
    file_name: str
    media_type: Literal["application/json", "text/markdown", "text/plain", "text/csv"]
    text: str
    kind: Literal["download"] = field(default="download", init=False)

    def __post_init__(self) -> None:
        """Refuse a name that some system cannot keep."""
        if not SAFE_NAME.fullmatch(self.file_name):
            raise ValueError(
                f"The file cannot be called '{self.file_name}'. Allowed: small letters, digits, "
                "dots, hyphens and underscores, and a suffix."
            )


@dataclass(frozen=True, slots=True)
class Upload:
    """A text file that the learner brings: chosen, or dropped. It stays on the machine.

    Parameters
    ----------
    id, label, hint : str
        Its name, what the learner reads, and a line of help.
    accept : str
        Suffixes that are offered first: ``.json``.
    problem : str
        What was wrong with the file that came last; empty when nothing was.
    largest : int
        How many characters it may have. A larger file is refused before it is sent.
    action : str
        Type of the action that sends the text of the file.
    """

    id: str
    label: str
    hint: str = ""
    accept: str = ".json"
    problem: str = ""
    largest: int = LARGEST
    action: str = "upload"
    kind: Literal["upload"] = field(default="upload", init=False)
