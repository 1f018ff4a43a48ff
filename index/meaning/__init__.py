"""Meaning: encoders, keywords, vectors, related papers and search by meaning."""
