"""Vectors of papers: their files, and the nearest of them."""
