"""One paper among others, as pages and JSON show it."""
