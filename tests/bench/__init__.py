"""Benchmarks: `make bench`, or `python -m tests.bench NAME …`. See README.md here."""
