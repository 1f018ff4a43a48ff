"""Feeds of lists: Atom, RSS and JSON Feed."""
