"""Changes: what came, changed or went since a mark, for those who follow the library."""
