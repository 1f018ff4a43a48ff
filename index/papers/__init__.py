"""What a paper is, and how a dump is read."""
