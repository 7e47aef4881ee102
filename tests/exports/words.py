"""What a text says, whatever its markup."""

import re
from html import unescape


def in_source(markdown):
    """Return the words of an author's text; addresses and the numbers of a list do not count."""
    return set(re.findall(r"[^\W\d]\w+", re.sub(r"\]\([^)]*\)", " ", markdown)))


def in_html(html):
    """Return the words that a reader of `html` sees."""
    return set(re.findall(r"[^\W\d]\w+", unescape(re.sub(r"<[^>]+>", " ", html))))
