"""Benchmarks: `make bench`, or `python -m benchmarks NAME …`. See README.md here."""
