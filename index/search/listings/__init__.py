"""Listings by category and day, in the order of days or of preference."""
