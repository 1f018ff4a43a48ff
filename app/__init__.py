"""The web service and the command line."""

__version__ = "0.2.0"
"""The only place that states the version; the package, the API and the CLI read it."""
