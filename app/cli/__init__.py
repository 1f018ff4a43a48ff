"""The `winnow` command."""
