"""Keyword extraction from titles and abstracts."""
