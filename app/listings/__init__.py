"""Listings: the papers of a day, a week or a month in some categories."""
