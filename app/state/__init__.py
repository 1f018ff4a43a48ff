"""The database that changes while the service runs: summaries and stars."""
