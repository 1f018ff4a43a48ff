"""Papers for reference managers and notes: BibTeX, RIS, CSL-JSON and Markdown."""
