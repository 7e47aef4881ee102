"""A way to a section of the course."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a section of a chapter. In a notebook it only says where to read.

    Parameters
    ----------
    id : str
        Unique in the view.
    title, text : str
        Words before the link, the first of them in bold.
    link : str
        What the link says.
    chapter, section : str
        Slug of the chapter, and anchor of its heading.
    """

    id: str
    title: str
    text: str
    link: str
    chapter: str
    section: str
    kind: Literal["pagelink"] = field(default="pagelink", init=False)

    def __post_init__(self) -> None:
        """Refuse anything but plain names, so that no link leads out of the course."""
        for name in (self.chapter, self.section):
            if not NAME.fullmatch(name):
                raise ValueError(f"'{name}' is no name of a chapter or a section.")
