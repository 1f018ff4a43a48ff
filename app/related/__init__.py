"""Papers like others, the picture of their neighbourhood, and keywords."""
