"""Rebuilds and updates: from papers to a published snapshot."""
