"""Harvests: what a server has and the live snapshot has not."""
