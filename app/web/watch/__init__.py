"""Watching: the id of a request, log lines, metrics."""
