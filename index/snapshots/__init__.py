"""Snapshots: building, publishing and opening what is on disk."""
