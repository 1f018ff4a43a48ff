"""Prose of titles, abstracts and comments, as a person would write it."""
