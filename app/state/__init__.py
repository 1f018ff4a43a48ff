"""The state database, which changes while the service runs: summaries and stars."""
