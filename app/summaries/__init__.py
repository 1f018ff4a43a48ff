"""Summaries: Markdown documents about papers, stored, shown, imported and exported."""
