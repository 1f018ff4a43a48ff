"""The categories of arXiv: how many papers each has, and their trends."""
