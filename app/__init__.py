"""The web service and the command line."""

__version__ = "0.1.0"
"""The one place of the version: the package, the API and `winnow --version` read it."""
