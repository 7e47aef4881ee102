"""Download files piece by piece: what has arrived is kept, and a broken download goes on."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

Progress = Callable[[str], None]
"""Hears, in words, how far something is."""

CHUNK = 1 << 16
TIMEOUT_SECONDS = 15.0
ATTEMPTS = 3

_FAILURES = (urllib.error.URLError, http.client.HTTPException, OSError)


class Interrupted(OSError):  # noqa: N818
    """The connection ended before the file did."""


def download(url: str, part: Path, progress: Progress) -> None:
    """Fetch `url` into `part`, going on from the bytes that `part` holds already.

    Raises
    ------
    OSError
        If the file could not be had; what arrived stays in `part`.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _attempt(url, part, progress)
        except urllib.error.HTTPError as error:
            # The server has spoken: asking again changes nothing.
            raise OSError(f"HTTP {error.code} {error.reason}") from error
        except _FAILURES as error:
            if attempt == ATTEMPTS or not isinstance(error, Interrupted):
                raise OSError(_reason(error)) from error
        else:
            return


def _attempt(url: str, part: Path, progress: Progress) -> None:
    have = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            continues = answer.status == http.HTTPStatus.PARTIAL_CONTENT
            with part.open("ab" if continues else "wb") as file:
                _copy(answer, file, have if continues else 0, progress)
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        # Nothing follows what we have: it is the whole file, or not this file at all.
        # Its fingerprint will tell.


def _copy(
    answer: http.client.HTTPResponse, file: IO[bytes], arrived: int, progress: Progress
) -> None:
    total = arrived + (answer.length or 0)
    while chunk := _read(answer):
        file.write(chunk)
        arrived += len(chunk)
        progress(f"{arrived / 1e6:.1f} of {total / 1e6:.1f} MB" if total else f"{arrived} bytes")
    if arrived < total:
        raise Interrupted(f"the connection ended after {arrived} of {total} bytes")


def _read(answer: http.client.HTTPResponse) -> bytes:
    try:
        return answer.read(CHUNK)
    except (http.client.IncompleteRead, ConnectionError, TimeoutError) as error:
        raise Interrupted(f"the connection ended: {error}") from error


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(cause) or type(cause).__name__
