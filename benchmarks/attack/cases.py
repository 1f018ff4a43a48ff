"""The list of all cases; each table stands in the module of its kind."""

from benchmarks.attack import papers, queries, wire

CASES = (*wire.CASES, *papers.CASES, *queries.CASES)
