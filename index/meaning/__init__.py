"""Finding by likeness: keywords, vectors, related papers, search by meaning."""
