"""Papers: the record of a paper, its id, categories, authors and formulas."""
