"""Strategies: the ways in which a search is answered, one for each mode."""
