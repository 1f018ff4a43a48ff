"""Sources of papers: dumps, their compression, and their records."""
