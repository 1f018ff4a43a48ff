"""Builds of snapshots: rebuild and update."""
