"""Discovery: files that tell programs what is here, and what of it is for them."""
