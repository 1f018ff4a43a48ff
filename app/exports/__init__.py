"""Exports of papers: BibTeX, RIS, CSL-JSON and Markdown."""
