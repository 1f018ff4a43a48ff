"""Highlights: where papers match a query, and a snippet of what matches best."""
