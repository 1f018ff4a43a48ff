"""Sources of papers: dumps, how they are packed, and what a record in them says."""
