"""Finding papers by words."""
