"""The words for what cannot be used."""
