"""Related papers, the map of their neighbourhood, and keywords."""
