"""Exports of papers: BibTeX, biblatex, RIS, CSL-JSON and Markdown."""
