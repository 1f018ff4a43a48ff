"""The history of a library: which papers came, changed or went with which build."""
