"""Sweeps: one simulation over many seeds, on this machine or on a cluster, and what came out.

The seeds are cut into chunks of a fixed size. A chunk's numbers depend on nothing but the chunk:
not on who computed it, when, or beside what. They are kept in a journal under a key that is a
fingerprint of everything they depend on, so that a sweep that was killed goes on where it stopped,
and every way to compute it gives the same result, bit for bit.
"""

from proxygap.sweep._chunks import Chunk, fingerprint, plan, run_chunk
from proxygap.sweep._journal import Journal, default_journal
from proxygap.sweep._runners import Runner, on_cluster, on_cores
from proxygap.sweep._summary import report, summarise
from proxygap.sweep._work import collect

__all__ = [
    "Chunk",
    "Journal",
    "Runner",
    "collect",
    "default_journal",
    "fingerprint",
    "on_cluster",
    "on_cores",
    "plan",
    "report",
    "run_chunk",
    "summarise",
]
