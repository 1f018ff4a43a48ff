"""People: names of authors, read, cleaned, told from groups and leftovers."""
