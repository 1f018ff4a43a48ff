"""A paper in a list: its card on a page, and its JSON."""
