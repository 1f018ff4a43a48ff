"""One paper: its page, its JSON, and batches by id."""
