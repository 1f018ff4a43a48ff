"""Atom: elements that feeds and arXiv's API are made of."""
