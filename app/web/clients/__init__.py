"""Clients: which address a request came from, and how many requests it may send."""
