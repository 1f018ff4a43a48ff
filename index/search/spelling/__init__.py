"""Spelling: words that no paper has, corrected with those of the corpus."""
