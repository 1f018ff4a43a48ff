"""Categories of arXiv: their numbers of papers and their trends."""
